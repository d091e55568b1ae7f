"""Tokens derived from observed colors, and marked as derived."""
