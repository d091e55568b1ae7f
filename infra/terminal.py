"""What the person at the terminal reads; the functions' own log lines go to a file."""

import sys


def say(text: str) -> None:
    """Write a line, or several, to standard output."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def warn(text: str) -> None:
    """Write one line to standard error."""
    sys.stderr.write(f"janus: {' '.join(text.split())}\n")
    sys.stderr.flush()
