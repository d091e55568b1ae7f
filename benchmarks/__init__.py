"""Benchmarks that reproduce the figures in the README; see README.md in this folder."""
