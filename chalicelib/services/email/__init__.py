"""Emails to account holders, and their texts."""
