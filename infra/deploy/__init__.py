"""Puts packages onto AWS, looks after what is there, and takes it away."""
