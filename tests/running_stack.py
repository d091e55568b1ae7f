"""The whole local stack in a process of its own, as `make run` starts it."""

import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from infra import PROJECT

SECONDS_TO_START: Final = 60
SECONDS_TO_END: Final = 20
SECONDS_TO_MAIL: Final = 20
BANNER_END: Final = "All data is in memory"


class NotStarted(Exception):
    """The stack ended, or was ended, before it said where it is."""


@dataclass(frozen=True)
class RunningStack:
    api_url: str
    aws_url: str
    said: list[str]

    def emailed_link(self, address: str, purpose: str) -> str:
        """The last link for a purpose in a mail to an address, which the stack says as it sends it."""
        waited_until = time.monotonic() + SECONDS_TO_MAIL
        while time.monotonic() < waited_until:
            for mail, link in reversed(list(pairwise(self.said))):
                if mail.startswith(f"Email to {address}:") and f"#{purpose}=" in link:
                    return link.strip()
            time.sleep(0.1)
        raise AssertionError(f"no mail to {address} holds a link to {purpose}")


@contextmanager
def start(*options: str) -> Iterator[RunningStack]:
    """Run the stack on free ports, with more options, until the block ends."""
    with subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "infra.local", "--port", "0", "--aws-port", "0", *options],
        cwd=PROJECT,
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
    said: list[str] = []
    threading.Thread(target=lambda: said.extend(process.stdout or ()), daemon=True).start()
    urls = re.search(r"Page and API +(http\S+).*AWS services +(http\S+)", banner, re.DOTALL)
    assert urls, banner
    api_url, aws_url = urls.groups()
    return RunningStack(api_url, aws_url, said)
