"""Output on the terminal. The functions' log lines go to a file instead."""

import sys


def say(text: str) -> None:
    """Write a text and a line break to standard output, and flush it."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def warn(text: str) -> None:
    """Write a text as one line, prefixed with "janus: ", to standard error, and flush it."""
    sys.stderr.write(f"janus: {' '.join(text.split())}\n")
    sys.stderr.flush()
