"""The background of a line of text."""
