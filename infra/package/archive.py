"""Archives whose bytes depend on what is in them and on nothing else."""

import compileall
import py_compile
import shutil
import stat
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

DAY_ONE: Final = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP archive can say
BEST: Final = 9
NEVER_RUN: Final = ("**/__pycache__", "**/tests", "**/*.pyi", "**/*.pyx", "**/*.pxd", "**/*.c", "**/*.h", "**/*.a")
OF_THE_INSTALLATION: Final = ("*.dist-info/RECORD", "*.dist-info/INSTALLER", "*.dist-info/REQUESTED", "bin")


def remove(tree: Path, patterns: Iterable[str]) -> None:
    """Remove from a folder what some patterns name."""
    for pattern in patterns:
        for path in sorted(tree.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def trim(tree: Path) -> None:
    """Remove what no function ever runs, and what says when and by whom it was installed."""
    remove(tree, (*NEVER_RUN, *OF_THE_INSTALLATION))


def compile_sources(tree: Path) -> None:
    """Compile all sources: Lambda's folders can't be written to, so each cold start would do it anew.

    What is compiled names the source by its hash, as files in an archive have no time, and isn't checked against it.
    """
    compileall.compile_dir(
        tree, quiet=1, stripdir=tree, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH, workers=1
    )


def write(tree: Path, archive: Path) -> None:
    """Write all files of a folder into an archive, in their names' order, as nobody's and of no time."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=BEST) as packed:
        for path in sorted(path for path in tree.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(tree).as_posix(), DAY_ONE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            executable = path.stat().st_mode & stat.S_IXUSR
            entry.external_attr = (stat.S_IFREG | (0o755 if executable else 0o644)) << 16
            packed.writestr(entry, path.read_bytes())
