"""Only the command `python -m chalicelib.design_system`, which callers outside this repository use."""
