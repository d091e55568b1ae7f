"""What docs/security.md and docs/asvs.md say of tests and requirements is true."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ASVS = (ROOT / "docs/asvs.md").read_text(encoding="utf-8")
SECURITY = (ROOT / "docs/security.md").read_text(encoding="utf-8")
TESTS = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))

# How many requirements of each section are of level 1 or 2. Those of level 3 come after them in these sections.
SECTIONS = {
    "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "9.1": 3, "9.2": 4,
    "14.1": 2, "14.2": 4, "14.3": 3,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
}  # fmt: skip
REQUIREMENTS = [f"{section}.{number}" for section, count in SECTIONS.items() for number in range(1, count + 1)]


def rows() -> list[tuple[list[str], str]]:
    """Return the requirements of each row of the chapters' tables, and the row."""
    chapters = ASVS[ASVS.index("\n## V2") :]
    return [(numbers(row), row) for row in chapters.splitlines() if re.match(r"\| \d", row)]


def numbers(row: str) -> list[str]:
    first, *others = re.findall(r"\d+\.\d+\.\d+", row.split("|")[1])
    if re.search(r"\d to \d", row.split("|")[1]):
        section, start = first.rsplit(".", 1)
        return [f"{section}.{number}" for number in range(int(start), int(others[0].rsplit(".", 1)[1]) + 1)]
    return [first, *others]


def test_every_requirement_of_level_1_or_2_has_one_row() -> None:
    assert [number for found, _ in rows() for number in found] == REQUIREMENTS


@pytest.mark.parametrize(("found", "row"), rows(), ids=[found[0] for found, _ in rows()])
def test_a_requirement_is_tested_or_not_applicable_or_open(found: list[str], row: str) -> None:
    *_, how, test, _ = row.split("|")
    assert test.strip() or how.strip() == "n/a" or "**open**" in how, found


@pytest.mark.parametrize("document", [ASVS, SECURITY], ids=["asvs", "security"])
def test_every_test_that_is_named_exists(document: str) -> None:
    functions = re.findall(r"`(test_\w+|Test\w+)`", document)
    files = re.findall(r"`(tests/[\w/]+\.py)`", document)
    assert functions
    assert [name for name in functions if not re.search(rf"(def|class) {name}\b", TESTS)] == []
    assert [name for name in files if not (ROOT / name).exists()] == []


def test_what_is_open_is_listed_first() -> None:
    listed = re.findall(r"^\| (\d+\.\d+\.\d+): ", ASVS[: ASVS.index("\n## V2")], re.MULTILINE)
    assert listed == [found[0] for found, row in rows() if "**open**" in row]
