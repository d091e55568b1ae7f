"""The color of text, from its anti-aliased pixels."""
