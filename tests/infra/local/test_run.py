"""The errors of `python -m infra.local` on the terminal."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra import PROJECT
from infra.local import listening

pytestmark = pytest.mark.slow  # starts the stack as a process of its own
LOCAL = "import runpy, sys; runpy.run_module('infra.local', run_name='__main__')"


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - what the test says, nothing from outside
        command,
        cwd=PROJECT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def run_local(**environment: str) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "-m", "infra.local", **environment)


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server((listening.HOST, 0)) as other:
        yield other.getsockname()[1]


@pytest.mark.parametrize(("taken", "free"), [("PORT", "AWS_PORT"), ("AWS_PORT", "PORT")])
def test_a_taken_port_is_one_line(taken_port: int, taken: str, free: str) -> None:
    ended = run_local(**{taken: str(taken_port), free: "0"})
    assert (
        ended.stderr == f"janus: Port {taken_port} is in use by another program; set PORT or AWS_PORT to another one.\n"
    )
    assert (ended.returncode, ended.stdout) == (2, "")


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_an_invalid_port_is_an_error(port: str) -> None:
    ended = run_local(PORT=port)
    assert ended.stderr.endswith(f"{port!r} is not a valid port\n")
    assert ended.returncode == 2


def test_a_missing_package_is_one_line() -> None:
    without_site_packages = "-S"
    ended = run(sys.executable, without_site_packages, "-m", "infra.local")
    assert ended.stderr == "janus: The package argon2-cffi is not installed; `make run` installs it.\n"
    assert (ended.returncode, ended.stdout) == (2, "")


def test_another_python_is_one_line() -> None:
    ended = run(sys.executable, "-c", f"import sys; sys.version_info = (3, 12, 1); {LOCAL}")
    assert ended.stderr == "janus: Python 3.13 is required, but this is Python 3.12.\n"
    assert (ended.returncode, ended.stdout) == (2, "")


def test_find_python_fails_with_one_line_without_python(tmp_path: Path) -> None:
    shim = tmp_path / "python3"
    shim.write_text("#!/bin/sh\nexit 127\n")  # pyenv's, for a version that isn't installed
    shim.chmod(0o755)
    ended = run("/bin/sh", "infra/find_python", PATH=str(tmp_path))
    assert ended.stderr == "janus: Python 3.13 is required, but neither python3.13 nor python3 is one.\n"
    assert (ended.returncode, ended.stdout) == (2, "")
