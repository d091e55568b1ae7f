"""Accessibility checks: the engine and the report, and one file per rule in `rules`."""
