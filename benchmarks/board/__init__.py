"""Verdicts on text of known contrast: rendering it, and scoring Janus and other algorithms on it."""
