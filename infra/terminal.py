"""Output on the terminal. The functions' log lines go to a file instead."""

import sys


def say(text: str) -> None:
    """Write one or more lines to standard output."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def warn(text: str) -> None:
    """Write one line to standard error."""
    sys.stderr.write(f"janus: {' '.join(text.split())}\n")
    sys.stderr.flush()
