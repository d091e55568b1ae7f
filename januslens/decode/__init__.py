"""Image files to pixels: formats, color spaces, scale, animation."""
