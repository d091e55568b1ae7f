"""One design system from the tokens of many pictures, and how it drifts. Pure: documents in, documents out."""
