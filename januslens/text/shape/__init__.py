"""The shape of text: strokes, words, serifs, size."""
