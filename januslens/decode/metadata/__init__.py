"""Removal of metadata from image files: what describes the picture goes, what decides how it looks stays."""
