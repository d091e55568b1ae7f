"""Passwords, tokens, keys, and one-time codes."""
