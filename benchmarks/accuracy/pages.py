"""Accuracy on pages drawn by a browser: `python -m benchmarks.accuracy.pages PAGES RESULTS.jsonl`.

PAGES is a folder of NAME.png and NAME.json (see `truth.pages`), RESULTS the output of `python -m januslens.cli.analyze
--jsonl` for them. A page without a result counts as a page without findings.

Figures, where a *line* is one line of a text node judged by axe-core (see `contrast`):

- recall of failures: violating lines whose check is `failed`, of all violating lines.
- precision of failures: violating lines whose check is `failed`, of these, the passing lines whose check is `failed`
  and the stray alarms together.
- precision, check by check: alarms that are right, of those that are right, wrong or stray. It includes alarms on a
  part of a line for which another check speaks.
- passes that are real: lines without a violation, of all lines whose check is `passed`.
- lines found: lines covered by a check, of all lines.
- ratios within 5 %: found lines whose ratio is at most 1.05 times axe-core's and at least a 1.05th of it.
- intervals that hold: found lines whose interval contains axe-core's ratio, give or take 3 %, as axe-core and Chromium
  round colors under opacity to different levels.
- lines left open: found lines whose check is `cantTell`.

For colors (see `colors`):

- recall of colors: true colors that look like a claimed one, of all true colors.
- recall of colors with 12 pixels: the same, of those that at least 12 pixels of the image have exactly.
- precision of colors: claimed colors that are real, of those that are real or false.

For font sizes and radii (see `sizes_and_radii`): recall and precision.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.accuracy.colors import MIN_PIXELS, ClaimedColor, TrueColor, compare
from benchmarks.accuracy.contrast import (
    CANT_TELL,
    FAILED,
    PASSED,
    Alarm,
    MatchedLine,
    Verdict,
    judge_alarms,
    match_lines,
)
from benchmarks.accuracy.sizes_and_radii import FONT_SIZE, RADIUS, Agreement
from benchmarks.truth.css_color import to_hex
from benchmarks.truth.pages import Line, Truth, read_folder
from benchmarks.truth.results import Check, Result, read_results

RATIO_TOLERANCE: Final = 1.05
ROUNDING: Final = 1.03  # of a ratio, by one level of each color


@dataclass(slots=True)
class Comparison:
    """The compared lines, alarms, colors and measures of all pages, and the names of the pages without a result."""

    pages: int = 0
    without_result: list[str] = field(default_factory=list)
    lines: list[MatchedLine] = field(default_factory=list)
    alarms: list[Alarm] = field(default_factory=list)
    true_colors: list[TrueColor] = field(default_factory=list)
    claimed_colors: list[ClaimedColor] = field(default_factory=list)
    font_sizes: Agreement = field(default_factory=lambda: Agreement(FONT_SIZE))
    radii: Agreement = field(default_factory=lambda: Agreement(RADIUS))

    def add(self, truth: Truth, result: Result | None) -> None:
        """Compare the truth about a page with Janus's result for it; None counts as a result without findings."""
        self.pages += 1
        if result is None:
            self.without_result.append(truth.name)
            result = Result()
        self.lines += match_lines(truth, result.checks)
        self.alarms += judge_alarms(truth, result.checks)
        true, claimed = compare(truth, truth.pixels(), result.colors)
        self.true_colors += true
        self.claimed_colors += claimed
        self.font_sizes.add(truth.font_sizes, result.font_sizes)
        self.radii.add(truth.radii, result.radii)


@dataclass(frozen=True, slots=True)
class Figure:
    """A named ratio of two counts: part divided by whole."""

    name: str
    part: int
    whole: int

    def __str__(self) -> str:
        """Return the row of the table: the name, the percentage (a dash if whole is 0), and both counts."""
        share = f"{self.part / self.whole:7.1%}" if self.whole else "      –"
        return f"{self.name:<34}{share}  {self.part} of {self.whole}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures and, on request, the disagreements; return 1 if a page has no result, otherwise 0."""
    options = _parser().parse_args(arguments)
    results = read_results(options.results)
    total = Comparison()
    for truth in read_folder(options.pages):
        total.add(truth, results.get(truth.name))
    rows = [*disagreements(total)] if options.disagreements else []
    rows += [f"{name}: no result" for name in total.without_result]
    rows += [f"{total.pages} pages", *(str(figure) for figure in figures(total))]
    sys.stdout.write("\n".join(rows) + "\n")
    return int(bool(total.without_result))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy.pages",
        description=(__doc__ or "").partition(":")[0],
    )
    parser.add_argument("pages", type=Path, help="a folder of NAME.png and NAME.json")
    parser.add_argument("results", type=Path, help="the output of python -m januslens.cli.analyze --jsonl")
    parser.add_argument(
        "--disagreements", action="store_true", help="also print every line, alarm and color in dispute"
    )
    return parser


def figures(total: Comparison) -> Iterator[Figure]:
    """Yield the figures defined in the module docstring, in its order."""
    seen = [(entry.line, entry.check) for entry in total.lines if entry.check is not None]
    violating = Counter(entry.outcome for entry in total.lines if entry.line.violates)
    passing = Counter(entry.outcome for entry in total.lines if not entry.line.violates)
    verdicts = Counter(alarm.verdict for alarm in total.alarms)
    hits, right = violating[FAILED], verdicts[Verdict.RIGHT]
    yield Figure("recall of failures", hits, violating.total())
    yield Figure("precision of failures", hits, hits + passing[FAILED] + verdicts[Verdict.STRAY])
    yield Figure("precision, check by check", right, right + verdicts[Verdict.WRONG] + verdicts[Verdict.STRAY])
    yield Figure("passes that are real", passing[PASSED], passing[PASSED] + violating[PASSED])
    yield Figure("lines found", len(seen), len(total.lines))
    yield Figure("ratios within 5 %", sum(_is_close(line, check) for line, check in seen), len(seen))
    stated = [(line, check) for line, check in seen if check.interval]
    yield Figure("intervals that hold", sum(_holds(line, check) for line, check in stated), len(stated))
    yield Figure("lines left open", violating[CANT_TELL] + passing[CANT_TELL], len(seen))

    visible = [color for color in total.true_colors if color.pixels >= MIN_PIXELS]
    decided = [color for color in total.claimed_colors if color.real is not None]
    yield Figure("recall of colors", sum(color.found for color in total.true_colors), len(total.true_colors))
    yield Figure(f"recall of colors with {MIN_PIXELS} pixels", sum(color.found for color in visible), len(visible))
    yield Figure("precision of colors", sum(bool(color.real) for color in decided), len(decided))

    for name, agreement in (("font sizes", total.font_sizes), ("radii", total.radii)):
        yield Figure(f"recall of {name}", agreement.found, agreement.true)
        yield Figure(f"precision of {name}", agreement.real, agreement.claimed)


def _is_close(line: Line, check: Check) -> bool:
    return 1 / RATIO_TOLERANCE < check.ratio / line.ratio < RATIO_TOLERANCE


def _holds(line: Line, check: Check) -> bool:
    low, high = check.interval or (1.0, 21.0)
    return low / ROUNDING <= line.ratio <= high * ROUNDING


def disagreements(total: Comparison) -> Iterator[str]:
    """Yield one tab-separated row per line, alarm and color on which Janus and the browser disagree.

    Boxes are left, top, width, height in CSS px.
    """
    for entry in total.lines:
        kind = _dispute(entry)
        if kind:
            yield _row(kind, entry.page, entry.line, entry.check)
    for alarm in total.alarms:
        if alarm.verdict in (Verdict.WRONG, Verdict.STRAY):
            yield _row(f"{alarm.verdict} alarm", alarm.page, alarm.line, alarm.check)
    for color in total.true_colors:
        if not color.found:
            yield f"color not found\t{color.page}\t{to_hex(color.rgb)}\t{color.pixels} pixels"
    yield from _false_colors(total.claimed_colors)


def _dispute(entry: MatchedLine) -> str | None:
    if entry.line.violates and entry.outcome != FAILED:
        return f"failure {entry.outcome or 'missed'}"
    if not entry.line.violates and entry.outcome == FAILED:
        return "false failure"
    if entry.check is None:
        return "missed"
    if not _is_close(entry.line, entry.check):
        return "ratio off"
    return None if _holds(entry.line, entry.check) else "interval off"


def _row(kind: str, page: str, line: Line | None, check: Check | None) -> str:
    true = f"{_box(line.box)} {line.foreground} on {line.background} {line.ratio:g}" if line else "nothing"
    said = f"{_box(check.box)} {check.foreground} on {check.background} {check.ratio:g}" if check else "nothing"
    reason = f" {check.reason}" if check and check.reason else ""
    return f"{kind}\t{page}\tis {true}\tsaid {said}{reason}"


def _false_colors(colors: Iterable[ClaimedColor]) -> Iterator[str]:
    return (f"false color\t{color.page}\t{to_hex(color.rgb)}" for color in colors if color.real is False)


def _box(box: Sequence[float]) -> str:
    return "[" + " ".join(f"{number:g}" for number in box) + "]"


if __name__ == "__main__":
    sys.exit(main())
