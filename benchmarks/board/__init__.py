"""Verdicts on rendered text of known contrast, by Janus and by other algorithms."""
