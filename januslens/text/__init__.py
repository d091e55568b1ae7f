"""Detection, measurement and recognition of text."""
