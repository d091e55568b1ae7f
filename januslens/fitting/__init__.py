"""Models fitted to measurements: least squares, gradients, shadows, corners."""
