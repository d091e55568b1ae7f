"""Decoding of animated images, as browsers play them."""
