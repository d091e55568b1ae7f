"""Design tokens in the formats of other tools: pure functions of the DTCG document, a file a format."""
