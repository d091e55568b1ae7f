"""The accessibility checks, one file per rule."""
