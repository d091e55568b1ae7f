"""Pixels of an indexed image: components, areas of one color, boxes."""
