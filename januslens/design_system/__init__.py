"""Design systems: merging the tokens of many images, and comparing token sets. Pure functions on documents."""
