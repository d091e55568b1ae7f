"""Three flashes or below threshold: whether an animated image flashes in a way that can cause seizures."""
