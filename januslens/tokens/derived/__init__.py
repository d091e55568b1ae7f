"""Tokens that are derived from observed colors, and marked as derived."""
