"""Design tokens, one family per module."""
