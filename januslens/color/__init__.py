"""Color science, one algorithm per module."""
