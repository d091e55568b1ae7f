"""The checks of accessibility, a rule a file."""
