"""Child processes that end with their parent.

A child's standard input is a pipe that its parent holds open and never writes to. When the parent ends, even by
SIGKILL, the pipe closes and the child exits. No signal has to be forwarded.
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
    """A child process that runs a module of this project."""

    name: str
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """Ask the child to exit by closing its standard input; kill it if it does not exit within 5 seconds."""
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
    """Run `python -m module` as a child process, and return the child.

    It has its own session, so that Ctrl-C in the terminal reaches the parent only. keep_open lists the file descriptors
    that the child inherits. output receives its standard output, by default the parent's; errors may be
    subprocess.STDOUT.
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
    """Exit this process with status 0 as soon as its parent ends or calls `Child.stop`; return immediately."""

    def watch() -> None:
        # Not through sys.stdin: holding its lock would abort an interpreter that exits for another reason.
        while os.read(sys.stdin.fileno(), 1):
            pass
        os._exit(0)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
