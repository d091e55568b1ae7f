"""Views of an analysis: an overlay of the issues, and simulations of color vision deficiencies."""
