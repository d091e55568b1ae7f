"""Rendering of held-out pages and of pages in the classes of ten design systems, with the browser's own truth."""
