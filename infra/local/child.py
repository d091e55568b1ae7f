"""Processes that end with the one that started them.

A child's standard input is a pipe that its parent holds open and never writes to. However the parent ends, by Ctrl-C or
by kill -9, the pipe closes, and the child goes with it. No signal has to reach anybody.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Final

from infra import PROJECT

SECONDS_TO_END: Final = 5.0


@dataclass(frozen=True)
class Child:
    """A running module of ours."""

    name: str
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """End the child, by force if it doesn't end by itself."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            self.process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start(
    name: str,
    module: str,
    arguments: Sequence[str] = (),
    *,
    environment: Mapping[str, str],
    keep_open: Sequence[int] = (),
    output: IO[bytes] | None = None,
    errors: int | None = None,
) -> Child:
    """Run `python -m module` in a session of its own, so that the terminal's Ctrl-C reaches the parent only.

    keep_open lists the file descriptors that the child inherits. output takes its standard output, which else goes
    where the parent's goes; errors may be subprocess.STDOUT.
    """
    process = subprocess.Popen(  # noqa: S603 - this Python and a module of this project
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=errors,
        cwd=PROJECT,
        env={**environment, "PYTHONUNBUFFERED": "1"},
        pass_fds=keep_open,
        start_new_session=True,
    )
    return Child(name, process)


def end_with_parent() -> None:
    """From now on, end this process at once when its parent ends or calls stop()."""

    def watch() -> None:
        # Not through sys.stdin: its lock, held here, would abort an interpreter that ends for another reason.
        while os.read(sys.stdin.fileno(), 1):
            pass
        os._exit(0)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
