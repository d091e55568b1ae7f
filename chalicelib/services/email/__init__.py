"""Emails to account holders."""
