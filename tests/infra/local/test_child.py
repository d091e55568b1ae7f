"""Children end with their parent, however it ends."""

import os
import signal
import subprocess
import sys

import pytest

from infra import PROJECT
from infra.local import child

PARENT = """
import os, time
from infra.local import child
lingering = child.start("lingering", "tests.infra.local.lingering", environment=os.environ)
time.sleep(3600)
"""


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_child_ends_with_its_parent(ending: signal.Signals) -> None:
    with subprocess.Popen(  # noqa: S603 - what the test says, nothing from outside
        [sys.executable, "-c", PARENT],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"here\n"
        parent.send_signal(ending)
        assert parent.stdout.read() == b""  # ends only when nobody can write to it any more, the child included


def test_a_stopped_child_ends_well() -> None:
    lingering = child.start("lingering", "tests.infra.local.lingering", environment=os.environ)
    lingering.stop()
    assert lingering.process.returncode == 0
