"""Reading of the DTCG document from which every token format is written."""
