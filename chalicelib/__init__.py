"""Janus."""
