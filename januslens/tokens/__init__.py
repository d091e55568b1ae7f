"""Design tokens, a family a file."""
