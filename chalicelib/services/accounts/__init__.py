"""Accounts: registration, sessions, API keys, second factors, data exports, deletion."""
