"""Accounts: registration, sessions, keys, and what their owners do with them."""
