"""Which tests belong to a module: `tests/` mirrors the packages."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

UNNAMED: Final = "chalicelib"  # tests/ mirrors what is below it; januslens and other folders with their own name


class NoMirror(Exception):
    """A module has no tests in its place."""

    def __init__(self, module: Path) -> None:
        super().__init__(f"{module} has no tests that mirror it")


def mirrored_tests(module: Path, project: Path) -> tuple[Path, ...]:
    """Return the test files of a module, or the folder that mirrors its package; paths are relative to the project.

    `chalicelib/services/images.py` is tested by `tests/services/test_images.py` and `test_images_*.py` beside it. Where
    there is no such file, a test file of this name higher up counts, then the package's folder or `test_<package>.py`.
    Raises NoMirror if there is none of them.
    """
    parts = module.parts[1:] if module.parts[0] == UNNAMED else module.parts
    folders = list(_mirrored_folders(project / "tests", parts[:-1]))
    for folder in folders:
        files = sorted({*folder.glob(f"test_{module.stem}.py"), *folder.glob(f"test_{module.stem}_*.py")})
        if files:
            return tuple(file.relative_to(project) for file in files)
    for folder in folders:
        for place in (folder, folder.with_name(f"test_{folder.name}.py")):
            if place.exists():
                return (place.relative_to(project),)
    raise NoMirror(module)


def _mirrored_folders(tests: Path, package: tuple[str, ...]) -> Iterator[Path]:
    """Yield the folder that mirrors a package, then those around it, but for `tests` itself."""
    for depth in range(len(package), 0, -1):
        yield tests.joinpath(*package[:depth])
