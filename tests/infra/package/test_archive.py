"""Reproducible archives: what they contain, and what they do not depend on."""

import importlib.util
import os
import zipfile
from pathlib import Path

import pytest

from infra.package import archive


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (
        "app.py",
        "package/code.py",
        "package/code.pyi",
        "package/fast.pyx",
        "package/fast.pxd",
        "package/fast.c",
        "package/fast.h",
        "package/fast.a",
        "package/data.json",
        "package/tests/test_code.py",
        "package/__pycache__/code.pyc",
        "package-1.0.dist-info/RECORD",
        "package-1.0.dist-info/INSTALLER",
        "package-1.0.dist-info/REQUESTED",
        "package-1.0.dist-info/METADATA",
        "bin/command",
    ):
        file = tmp_path / "tree" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("ANSWER = 42\n")
    return tmp_path / "tree"


def files(tree: Path) -> set[str]:
    return {path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file()}


def test_only_what_runs_and_the_metadata_stay(tree: Path) -> None:
    archive.trim(tree)
    assert files(tree) == {"app.py", "package/code.py", "package/data.json", "package-1.0.dist-info/METADATA"}


def test_patterns_remove_files_and_folders(tree: Path) -> None:
    archive.remove(tree, ["package/fast.*", "package-*", "missing/*"])
    assert files(tree) == {
        "app.py",
        "bin/command",
        "package/code.py",
        "package/code.pyi",
        "package/data.json",
        "package/tests/test_code.py",
        "package/__pycache__/code.pyc",
    }


def test_an_archive_does_not_depend_on_times_and_modes(tree: Path, tmp_path: Path) -> None:
    archive.write(tree, tmp_path / "one.zip")
    os.utime(tree / "app.py", (1, 1))
    (tree / "app.py").chmod(0o600)
    archive.write(tree, tmp_path / "other.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


def test_an_archive_has_its_files_in_order_compressed_and_without_a_time(tree: Path, tmp_path: Path) -> None:
    (tree / "bin/command").chmod(0o755)
    archive.write(tree, tmp_path / "archive.zip")
    with zipfile.ZipFile(tmp_path / "archive.zip") as written:
        entries = {entry.filename: entry for entry in written.infolist()}
        assert written.read("app.py") == b"ANSWER = 42\n"
    assert list(entries) == [path.relative_to(tree).as_posix() for path in sorted(tree.rglob("*")) if path.is_file()]
    assert {entry.date_time for entry in entries.values()} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.compress_type for entry in entries.values()} == {zipfile.ZIP_DEFLATED}
    assert entries["app.py"].external_attr >> 16 == 0o100644
    assert entries["bin/command"].external_attr >> 16 == 0o100755


def test_bytecode_is_not_checked_against_the_source(tree: Path) -> None:
    archive.compile_sources(tree)
    bytecode = Path(importlib.util.cache_from_source(str(tree / "app.py"))).read_bytes()
    assert int.from_bytes(bytecode[4:8], "little") == 0b01  # PEP 552: hash-based, not checked
    assert str(tree).encode() not in bytecode
