"""Measurement of the evidence from pixels: one module per kind."""
