"""Color science, an algorithm a file."""
