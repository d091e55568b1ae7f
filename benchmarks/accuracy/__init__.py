"""Comparison of results with the browser's truth: contrast, colors, measures, targets, roles, scale, design systems."""
