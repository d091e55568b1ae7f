"""Animated images, as a browser plays them."""
