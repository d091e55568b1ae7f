"""Models fitted to measurements: least squares, weighted median, gradients, shadows, corners."""
