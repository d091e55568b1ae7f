"""Builds what is deployed: a template and the archives that it names. The same input gives the same bytes."""
