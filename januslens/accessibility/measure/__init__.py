"""What the rules judge, measured by the pixels: a module per kind of evidence."""
