"""Decoding of image files: formats, color spaces, scale, animation."""
