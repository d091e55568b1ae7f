"""Structure of an image's pixels: palette indices, connected components, areas of one color, their surroundings."""
