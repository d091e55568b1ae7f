"""Design tokens in the formats of other tools: pure functions of the DTCG document, one format per module."""
