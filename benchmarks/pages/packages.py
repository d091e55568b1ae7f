"""npm packages with pages, fetched at a pinned version and unpacked once.

The pin is npm's own integrity string, a Subresource Integrity hash (https://www.w3.org/TR/SRI/) of the tarball, so that
a package cannot change under the figures.
"""

import base64
import hashlib
import subprocess
import tarfile
from pathlib import Path
from typing import Final

HASH: Final = "sha512"
UNPACKED: Final = "package"  # the one folder at the top of every npm tarball


class PackageChanged(Exception):
    """The integrity of the registry's tarball differs from the pinned one."""


def fetch(name: str, version: str, integrity: str, folder: Path) -> Path:
    """Return the folder with the files of an npm package, below `folder`.

    The package is fetched and unpacked if it is missing. Raises PackageChanged if the tarball does not have this
    integrity, and CalledProcessError if npm fails.
    """
    target = folder / f"{name.removeprefix('@').replace('/', '-')}-{version}"
    if not target.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(  # noqa: S603  the list of pages is ours
            ["npm", "pack", "--silent", f"{name}@{version}"],  # noqa: S607  npm is where its installer put it
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
        )
        tarball = folder / packed.stdout.split()[-1]
        _unpack(tarball, integrity, target)
        tarball.unlink()
    return target


def _unpack(tarball: Path, integrity: str, target: Path) -> None:
    digest = base64.b64encode(hashlib.new(HASH, tarball.read_bytes()).digest()).decode()
    if f"{HASH}-{digest}" != integrity:
        raise PackageChanged(f"{tarball.name} has the integrity {HASH}-{digest}, not {integrity}")
    unfinished = target.with_name(target.name + ".unfinished")
    with tarfile.open(tarball) as archive:
        archive.extractall(unfinished, filter="data")
    next(unfinished.iterdir()).rename(target)
    unfinished.rmdir()
