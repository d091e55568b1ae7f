"""Wheels for Lambda: Python 3.13 on Amazon Linux 2023, on any machine."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

# Amazon Linux 2023 has glibc 2.34; a wheel's platform names the oldest glibc that it supports.
PLATFORMS: Final = ("manylinux_2_34_x86_64", "manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64")


def install(target: Path, *requirements: Path) -> None:
    """Install the wheels of all packages in requirement files, without their dependencies, into a folder.

    They are those for Lambda (Python 3.13, x86-64), whatever this machine is. Raises CalledProcessError if pip fails,
    for example without a matching wheel.
    """
    platforms = [option for platform in PLATFORMS for option in ("--platform", platform)]
    files = [option for path in requirements for option in ("-r", str(path))]
    subprocess.run(  # noqa: S603 - our own tool
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"),
            *("--no-deps", "--only-binary=:all:", "--python-version", "3.13", "--implementation", "cp"),
            *("--target", str(target)),
            *platforms,
            *files,
        ],
        check=True,
        env=environment(),
    )


def environment() -> Mapping[str, str]:
    """Return the environment for packaging: this process's, without AWS_ and JANUS_ variables.

    The region and the hash seed are fixed, so that the same input results in the same package.
    """
    excluded = ("AWS_", "JANUS_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(excluded)}
    return kept | {"AWS_DEFAULT_REGION": "us-east-1", "PYTHONHASHSEED": "0"}
