"""The analysis of an image, and the form in which its result is stored."""
