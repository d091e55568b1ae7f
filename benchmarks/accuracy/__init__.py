"""Comparison of Janus's results with the browser's truth."""
