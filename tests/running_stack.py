"""The whole local stack in a process of its own, as `make run` starts it."""

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from infra.local import child

SECONDS_TO_START: Final = 60
SECONDS_TO_END: Final = 20
BANNER_END: Final = "All data is in memory"


class NotStarted(Exception):
    """The stack ended, or was ended, before it said where it is."""


@dataclass(frozen=True)
class RunningStack:
    api_url: str
    aws_url: str


@contextmanager
def start() -> Iterator[RunningStack]:
    """Run the stack on free ports until the block ends."""
    with subprocess.Popen(
        [sys.executable, "-m", "infra.local", "--port", "0", "--aws-port", "0"],
        cwd=child.PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield _read_banner(process)
        finally:
            process.terminate()
            try:
                process.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()


def _read_banner(process: subprocess.Popen[str]) -> RunningStack:
    too_late = threading.Timer(SECONDS_TO_START, process.kill)
    too_late.start()
    banner = ""
    for line in process.stdout or ():
        banner += line
        if line.startswith(BANNER_END):
            break
    else:
        raise NotStarted(banner)
    too_late.cancel()
    api_url, aws_url = (re.search(rf"{what} +(http\S+)", banner)[1] for what in ("Page and API", "AWS services"))
    return RunningStack(api_url, aws_url)
