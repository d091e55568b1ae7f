"""Files that others collected to break decoders: all are analyzed or rejected, in bounded time and memory.

Seconds are of computing, on all cores together, so that other work on the machine counts for nothing.
"""

import hashlib
import json
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from januslens import MAX_PIXELS
from januslens.decode.image import decode
from januslens.decode.rejection import ImageRejected
from tests.januslens.png import GRAY, png
from tests.shared import SHARED, needs_shared

pytestmark = pytest.mark.slow  # analyzes every file of the corpus
PROJECT = Path(__file__).parents[2]
CORPUS = SHARED / "corpora" / "images"
PNG_SUITE = sorted((CORPUS / "pngsuite").glob("*.png"))
MAX_SECONDS = 5.0
MAX_MEGABYTES = 1500.0
HANG = 300  # seconds, for all files


@dataclass(frozen=True)
class Analyzed:
    """What became of a file; megabytes are the most that the process had taken up to its end."""

    path: str
    outcome: str
    seconds: float
    megabytes: float


def is_readable(path: Path) -> bool:
    """PngSuite's corrupt files begin with x; of xcsn0g01 only the pixels' checksum is wrong, and browsers show it."""
    return not path.name.startswith("x") or path.stem == "xcsn0g01"


def distinct(files: list[Path]) -> list[Path]:
    """Leave out files with the content of another."""
    return list({hashlib.sha256(path.read_bytes()).digest(): path for path in files}.values())


def analyze_all(files: list[Path]) -> list[Analyzed]:
    """Analyze files in one process of their own; fewer come back if it died, at the one that killed it."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.analyzing"],
        cwd=PROJECT,
        input="\n".join(map(str, files)),
        capture_output=True,
        text=True,
        timeout=HANG,
        check=False,
    )
    return [Analyzed(**json.loads(line)) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def files() -> list[Path]:
    return distinct(sorted(path for path in CORPUS.rglob("*") if path.is_file()))


@pytest.fixture(scope="module")
def results(files: list[Path]) -> list[Analyzed]:
    return analyze_all(files)


@needs_shared
def test_no_file_ends_the_process(files: list[Path], results: list[Analyzed]) -> None:
    assert len(PNG_SUITE) == 175
    assert [result.path for result in results] == [str(path) for path in files]


@needs_shared
def test_every_file_is_analyzed_whole_or_rejected(results: list[Analyzed]) -> None:
    accepted = {"analyzed", "image_corrupt", "image_too_large", "format_unsupported"}
    assert [result for result in results if result.outcome not in accepted] == []


@needs_shared
def test_no_file_takes_long(results: list[Analyzed]) -> None:
    slowest = max(results, key=lambda result: result.seconds)
    assert slowest.seconds < MAX_SECONDS, slowest


@needs_shared
def test_no_file_takes_much_memory(results: list[Analyzed]) -> None:
    largest = next(result for result in results if result.megabytes == results[-1].megabytes)
    assert largest.megabytes < MAX_MEGABYTES, largest


@needs_shared
@pytest.mark.parametrize("path", [path for path in PNG_SUITE if is_readable(path)], ids=lambda path: path.stem)
def test_png_suites_good_files_are_read(path: Path) -> None:
    data = path.read_bytes()
    picture = decode(data, max_pixels=MAX_PIXELS)
    assert (picture.width, picture.height) == struct.unpack(">II", data[16:24])


@needs_shared
@pytest.mark.parametrize("path", [path for path in PNG_SUITE if not is_readable(path)], ids=lambda path: path.stem)
def test_png_suites_corrupt_files_are_refused(path: Path) -> None:
    with pytest.raises(ImageRejected):
        decode(path.read_bytes(), max_pixels=MAX_PIXELS)


def test_a_narrow_image_takes_no_more_memory_than_a_page(tmp_path: Path) -> None:
    paths = []
    for width, height in [(1440, 900), (100_000, 1), (1, 100_000)]:
        paths.append(tmp_path / f"{width}x{height}.png")
        paths[-1].write_bytes(png((width, height), 8, GRAY, [bytes(width)] * height))
    page, wide, high = (result.megabytes for result in analyze_all(paths))
    assert max(wide, high) < 1.25 * page
