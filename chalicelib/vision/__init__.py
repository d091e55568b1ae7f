"""Only the command `python -m chalicelib.vision`, which callers outside this repository use."""
