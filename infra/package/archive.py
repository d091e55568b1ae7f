"""Reproducible ZIP archives: their bytes depend on nothing but their content."""

import compileall
import py_compile
import shutil
import stat
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

MIN_TIME: Final = (1980, 1, 1, 0, 0, 0)  # the earliest time in the ZIP format
BEST_COMPRESSION: Final = 9
NEVER_RUN: Final = ("**/__pycache__", "**/tests", "**/*.pyi", "**/*.pyx", "**/*.pxd", "**/*.c", "**/*.h", "**/*.a")
INSTALLATION_RECORDS: Final = ("*.dist-info/RECORD", "*.dist-info/INSTALLER", "*.dist-info/REQUESTED", "bin")


def remove(tree: Path, patterns: Iterable[str]) -> None:
    """Remove the files and folders below a folder that match one of the glob patterns, which are relative to it."""
    for pattern in patterns:
        for path in sorted(tree.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def trim(tree: Path) -> None:
    """Remove files that no function runs, such as tests and headers, and pip's records of the installation."""
    remove(tree, (*NEVER_RUN, *INSTALLATION_RECORDS))


def compile_sources(tree: Path) -> None:
    """Compile all Python sources below a folder, whose bytecode is then packaged with them.

    Lambda's folders are read-only, so that otherwise each cold start would compile them again. The bytecode is not
    checked against the sources at import, as the archive has no modification times.
    """
    compileall.compile_dir(
        tree, quiet=1, stripdir=tree, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH, workers=1
    )


def write(tree: Path, archive: Path) -> None:
    """Write all files below a folder to a ZIP archive, sorted by name, without owners and modification times."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=BEST_COMPRESSION) as packed:
        for path in sorted(path for path in tree.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(tree).as_posix(), MIN_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            executable = path.stat().st_mode & stat.S_IXUSR
            entry.external_attr = (stat.S_IFREG | (0o755 if executable else 0o644)) << 16
            packed.writestr(entry, path.read_bytes())
