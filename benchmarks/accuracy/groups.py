"""Accuracy by script, theme, anti-aliasing and scale: `python -m benchmarks.accuracy.groups PAGES RESULTS.jsonl`.

PAGES and RESULTS are those of `accuracy.pages`, which defines the figures. The groups of a page follow from its name,
PACKAGE--PAGE-WORDS-WIDTH@SCALE: its words may contain a language of `sentences.toml`, `dark` and `lcd`; without a
language it is in English, or code if it is a page of an editor or highlighter.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.accuracy.contrast import PASSED
from benchmarks.accuracy.pages import Comparison, Figure, figures
from benchmarks.pages.held_out import DARK, LCD
from benchmarks.pages.sentences import read_scripts
from benchmarks.truth.pages import Truth, read_folder
from benchmarks.truth.results import read_results

ALL: Final = "all"
CODE: Final = "code"
CODE_PACKAGES: Final = ("prismjs", "codemirror", "highlight")
ENGLISH: Final = "en"
LANGUAGES: Final = tuple(script.language.partition("-")[0] for script in read_scripts().values())
NAME: Final = re.compile(r"(?P<package>.*?)--(?P<page>.*)-\d+@[\d.]+")
SHOWN: Final = {
    "recall of failures": "recall",
    "precision of failures": "precision",
    "passes that are real": "real passes",
    "lines found": "found",
    "ratios within 5 %": "within 5 %",
    "intervals that hold": "hold",
    "lines left open": "open",
    "recall of font sizes": "sizes",
    "precision of font sizes": "real sizes",
}
"""Names of figures, and the headings of their columns."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of each group as a Markdown table; return 1 if a page has no result, otherwise 0."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy.groups", description=(__doc__ or "").partition(":")[0]
    )
    parser.add_argument("pages", type=Path, help="a folder of NAME.png and NAME.json")
    parser.add_argument("results", type=Path, help="the output of python -m januslens.cli.analyze --jsonl")
    options = parser.parse_args(arguments)
    results = read_results(options.results)
    totals: dict[str, Comparison] = {}
    for truth in read_folder(options.pages):
        for group in groups(truth):
            totals.setdefault(group, Comparison()).add(truth, results.get(truth.name))
    missing = totals[ALL].without_result if ALL in totals else []
    rows = [*table(totals), *(f"{name}: no result" for name in missing)]
    sys.stdout.write("\n".join(rows) + "\n")
    return int(bool(missing))


def groups(truth: Truth) -> Iterator[str]:
    """Yield the names of a page's groups: all, its script, theme, anti-aliasing and scale."""
    match = NAME.fullmatch(truth.name)
    words = match["page"].split("-") if match else []
    is_code = match is not None and match["package"].startswith(CODE_PACKAGES)
    yield ALL
    yield CODE if is_code else next((word for word in words[::-1] if word in LANGUAGES), ENGLISH)
    yield DARK if DARK in words else "light"
    yield LCD if LCD in words else "gray"
    yield f"{truth.scale:g}x"


def table(totals: dict[str, Comparison]) -> Iterator[str]:
    """Yield a row per group with the figures in SHOWN, the lines that axe-core calls violations, and those passed."""
    yield f"| | pages | violations | passed | {' | '.join(SHOWN.values())} |"
    yield "|---|" + "--:|" * (3 + len(SHOWN))
    for group in sorted(totals, key=_order):
        total = totals[group]
        violations = [entry for entry in total.lines if entry.line.violates]
        counts = total.pages, len(violations), sum(entry.outcome == PASSED for entry in violations)
        yield f"| {group} | {' | '.join(map(str, counts))} | {' | '.join(_cells(figures(total)))} |"


def _order(group: str) -> tuple[int, str]:
    kinds = ((ALL,), (*LANGUAGES, CODE), ("light", DARK), ("gray", LCD))
    return next((number for number, kind in enumerate(kinds) if group in kind), len(kinds)), group


def _cells(found: Iterable[Figure]) -> Iterator[str]:
    own = {figure.name: figure for figure in found}
    for name in SHOWN:
        figure = own[name]
        yield f"{figure.part / figure.whole:.1%}" if figure.whole else "–"


if __name__ == "__main__":
    sys.exit(main())
