"""Benchmark of intervals: lines of text in many scripts, weights and scales, and the bounds that Janus states."""
