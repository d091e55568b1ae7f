"""Measurement of the shape of text: strokes, words, serifs, size."""
