"""Measurement of text color from anti-aliased pixels."""
