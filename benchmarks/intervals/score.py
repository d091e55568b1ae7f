"""Scores of stated intervals: `python -m benchmarks.intervals.score PAGES RESULTS.jsonl [--show N] [--group NAME]`.

PAGES was written by `benchmarks.intervals.render`, RESULTS is the output of `python -m januslens.cli.analyze --jsonl`
for its images. A text contrast check is *of* the line with which it shares most area, if that is more than 5 % of the
check's box; a line is *seen* if there is a check of it. Per group of lines (by script, weight, scale, anti-aliasing and
background):

- ratio: seen lines whose true ratio lies in the interval of every check of it, give or take 0.01.
- size: seen lines whose true font size lies in the size interval of every check of it, give or take 0.05 CSS px.
- pieces: checks per seen line.
- whole: seen lines whose checks reach to within 0.6 times the font size of both of its ends.
- decided: seen lines of which no check is `cantTell`.
- wrong pass, wrong fail: lines with a `passed` check though the true ratio is too low, or a `failed` one though it is
  not.

The targets are in `missed_targets`; the exit code is 1 if any is missed or a page has no result.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Final

from benchmarks.accuracy.contrast import CANT_TELL, FAILED, PASSED, TOUCHED
from benchmarks.intervals.known_lines import KnownLine, LinesPage, read_lines
from benchmarks.truth.css_color import rgb
from benchmarks.truth.pages import area, shared_area
from benchmarks.truth.results import Check, read_results
from benchmarks.truth.wcag import luminance

RATIO_ROUNDING: Final = 0.01
SIZE_ROUNDING: Final = 0.05  # CSS px: sizes are stated to a tenth
END: Final = 0.6  # of the font size: a narrow letter and its bearing
MIN_HOLDING: Final = 0.995
MAX_PIECES: Final = 1.1
DARK: Final = 0.18  # relative luminance of a background that black and white text contrast with equally
ALL: Final = "all"
SAID: Final = 3  # checks of a line that are shown
HEADINGS: Final = ("lines", "seen", "ratio", "size", "pieces", "whole", "decided", "wrong pass", "wrong fail")


@dataclass(frozen=True, slots=True)
class MeasuredLine:
    """A line of a page and the checks of it; there are none if it was not seen."""

    page: LinesPage
    line: KnownLine
    checks: tuple[Check, ...]

    @property
    def groups(self) -> Iterator[str]:
        """The names of the groups to which the line belongs."""
        yield ALL
        yield self.page.script
        yield f"weight {self.line.weight}"
        yield f"{self.page.scale:g}x"
        yield self.page.antialiasing
        yield "dark" if luminance(rgb(self.line.background)) < DARK else "light"

    @property
    def ratio_error(self) -> float:
        """The distance of the true ratio from the farthest interval that misses it, as a logarithm; 0 if none does."""
        return max((_distance(self.line.ratio, check.interval, RATIO_ROUNDING) for check in self.checks), default=0.0)

    @property
    def size_error(self) -> float:
        """The distance of the true size from the farthest interval that misses it, as a logarithm; 0 if none does."""
        return max((_distance(self.line.size, check.size, SIZE_ROUNDING) for check in self.checks), default=0.0)

    @property
    def is_whole(self) -> bool:
        """Whether the checks of the line reach from one of its ends to the other."""
        left, right = self.line.box[0], self.line.box[0] + self.line.box[2]
        first = min(check.box[0] for check in self.checks)
        last = max(check.box[0] + check.box[2] for check in self.checks)
        return max(first - left, right - last) <= END * self.line.size

    @property
    def is_decided(self) -> bool:
        """Whether no check of the line is open."""
        return all(check.outcome != CANT_TELL for check in self.checks)

    @property
    def wrong(self) -> str | None:
        """The outcome of a check that is the opposite of the truth, or None."""
        opposite = PASSED if self.line.ratio < self.line.required else FAILED
        return opposite if any(check.outcome == opposite for check in self.checks) else None


def _distance(true: float, interval: tuple[float, float] | None, rounding: float) -> float:
    if interval is None:
        return 0.0
    low, high = interval[0] - rounding, interval[1] + rounding
    return max(log(low / true) if low > 0 else 0.0, log(true / high), 0.0)


def measure(page: LinesPage, checks: Iterable[Check]) -> Iterator[MeasuredLine]:
    """Yield each line of a page with the checks of it."""
    own: defaultdict[KnownLine, list[Check]] = defaultdict(list)
    for check in checks:
        line = max(page.lines, key=lambda line: shared_area(line.box, check.box))
        if shared_area(line.box, check.box) > TOUCHED * area(check.box):
            own[line].append(check)
    return (MeasuredLine(page, line, tuple(own[line])) for line in page.lines)


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of a group of lines, as the module defines them; shares are from 0 to 1, and 1 without seen lines."""

    lines: int
    seen: int
    ratio: float
    size: float
    pieces: float
    whole: float
    decided: float
    wrong_passes: int
    wrong_fails: int

    def __str__(self) -> str:
        """Return the cells of the score's row in the Markdown table, in the order of HEADINGS."""
        return (
            f"{self.lines:5} | {self.seen / self.lines:6.1%} | {self.ratio:7.2%} | {self.size:7.2%} | "
            f"{self.pieces:6.3f} | {self.whole:6.1%} | {self.decided:6.1%} | {self.wrong_passes:3} | "
            f"{self.wrong_fails:3}"
        )


def score(lines: Sequence[MeasuredLine]) -> Score:
    """Return the score of at least one line."""
    seen = [line for line in lines if line.checks]
    return Score(
        lines=len(lines),
        seen=len(seen),
        ratio=_mean(line.ratio_error == 0 for line in seen),
        size=_mean(line.size_error == 0 for line in seen),
        pieces=_mean(len(line.checks) for line in seen),
        whole=_mean(line.is_whole for line in seen),
        decided=_mean(line.is_decided for line in seen),
        wrong_passes=sum(line.wrong == PASSED for line in seen),
        wrong_fails=sum(line.wrong == FAILED for line in seen),
    )


def _mean(values: Iterable[float]) -> float:
    numbers = [*values]
    return sum(numbers) / len(numbers) if numbers else 1.0


def scores(lines: Iterable[MeasuredLine]) -> dict[str, Score]:
    """Return the score of each group of lines, and of all."""
    groups: defaultdict[str, list[MeasuredLine]] = defaultdict(list)
    for line in lines:
        for group in line.groups:
            groups[group].append(line)
    return {group: score(groups[group]) for group in sorted(groups, key=_order)}


def _order(group: str) -> tuple[int, float, str]:
    """Order groups: all, by script and anti-aliasing, by weight, by scale."""
    number = group.removeprefix("weight ").removesuffix("x")
    is_number = number.replace(".", "").isdigit()
    kind = 0 if group == ALL else 1 if not is_number else 2 if number in group.split() else 3
    return kind, float(number) if is_number else 0, group


def missed_targets(found: dict[str, Score]) -> Iterator[str]:
    """Yield one line per group that misses a target."""
    for group, own in found.items():
        missed = [
            f"{share:.2%} of {name}s"
            for name, share in (("ratio", own.ratio), ("size", own.size))
            if share < MIN_HOLDING
        ]
        missed += [f"{own.pieces:.3f} pieces"] if own.pieces > MAX_PIECES else []
        missed += [f"{own.wrong_passes} wrong passes"] if own.wrong_passes else []
        if missed:
            yield f"missed: {group}: {', '.join(missed)}"


def table(found: dict[str, Score]) -> Iterator[str]:
    """Yield the rows of the scores as a Markdown table."""
    yield f"| {'':11} | {' | '.join(HEADINGS)} |"
    yield "|---" + "|--:" * len(HEADINGS) + "|"
    for group, own in found.items():
        yield f"| {group:11} | {own} |"


def worst(lines: Iterable[MeasuredLine], most: int) -> Iterator[str]:
    """Yield one row per line with a wrong verdict or an interval that misses the truth, at most `most`, worst first."""
    missing = [line for line in lines if line.wrong or line.ratio_error or line.size_error]
    missing.sort(key=lambda line: (line.wrong != PASSED, line.wrong is None, -line.ratio_error - line.size_error))
    return (_row(line) for line in missing[:most])


def _row(measured: MeasuredLine) -> str:
    line, page = measured.line, measured.page
    kinds = [f"wrong {measured.wrong}"] if measured.wrong else []
    kinds += [name for name, error in (("ratio", measured.ratio_error), ("size", measured.size_error)) if error]
    box = " ".join(f"{number:.0f}" for number in line.box)
    said = "; ".join(_said(check) for check in measured.checks[:SAID])
    more = f" and {len(measured.checks) - SAID} more" if len(measured.checks) > SAID else ""
    return (
        f"{', '.join(kinds)}\t{page.name} {line.weight} {line.size:g} px [{box}] {line.text}\tis {line.foreground} on "
        f"{line.background} {line.ratio:.2f}\tsaid {said}{more}"
    )


def _said(check: Check) -> str:
    low, high = check.interval or (1.0, 21.0)
    size = "" if check.size is None else f" {check.size[0]:g}–{check.size[1]:g} px"
    reason = f" {check.reason}" if check.reason else ""
    return f"{check.outcome}{reason} {check.foreground} on {check.background} {low:.2f}–{high:.2f}{size}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the worst lines on request, the table and the missed targets; return 1 if a target is missed, otherwise 0.

    A page without a result counts as a missed target.
    """
    options = _parser().parse_args(arguments)
    results, pages = read_results(options.results), [*read_lines(options.pages)]
    measured = (line for page in pages if page.name in results for line in measure(page, results[page.name].checks))
    lines = [line for line in measured if {*options.group} <= {*line.groups}]
    found = scores(lines)
    missed = [f"missed: {page.name}: no result" for page in pages if page.name not in results]
    missed += missed_targets(found)
    sys.stdout.write("\n".join([*worst(lines, options.show), *table(found), *missed]) + "\n")
    return int(bool(missed))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.intervals.score", description=(__doc__ or "").partition(":")[0]
    )
    parser.add_argument("pages", type=Path, help="output folder of python -m benchmarks.intervals.render")
    parser.add_argument("results", type=Path, help="the output of python -m januslens.cli.analyze --jsonl")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="also list the N worst lines")
    parser.add_argument(
        "--group",
        action="append",
        default=[],
        metavar="NAME",
        help="only lines of this group, such as thai or 2x; repeatable",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
