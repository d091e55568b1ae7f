"""Entities, value types, limits and domain errors. Imports nothing of ours."""
