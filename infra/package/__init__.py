"""Packages for deployment: a template and its archives. The same input results in the same bytes."""
