"""The DTCG document that every token format is written from."""
