"""Everything of Janus that is not a function: the resource template, the local stack, the smoke test."""
