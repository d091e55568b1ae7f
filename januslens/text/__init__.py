"""Text: where it is, and what its pixels prove of it."""
