"""Accuracy of scale estimates: `python -m benchmarks.accuracy.scales [FOLDER] [--show]`.

The folder has the pictures and the index that `benchmarks.pages.scales` writes; names are hidden from the estimate.
Prints, for each kind of device and half of the packages: how often the true scale is in the 98 % set, how often the
nearest of the displays' densities is the true one, and the share of checks that are open only because of the scale:
open ones at a place where the same rule decides once the true scale is stated. Then, for each span of confidences, how
often the estimate is right to within a tenth: calibrated, as often as the confidence says.
"""

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Final

from benchmarks.pages.render import BUILD
from benchmarks.pages.scales import INDEX
from januslens import analyze
from januslens.accessibility.check import Check, Outcome
from januslens.decode.facts import ImageFacts
from januslens.decode.geometry import Box, holding_middle
from januslens.decode.scale_prior import DENSITIES

MAX_PIXELS: Final = 100_000_000
CONFIDENCES: Final = (0.0, 0.6, 0.8, 0.95, 1.01)
NEARLY: Final = 1.1  # times the true scale, as in the definition of the confidence
SAME: Final = 1e-3  # in the logarithm: 1280 * 0.6667 pixels


@dataclass(frozen=True, slots=True)
class Estimate:
    """The estimate for one picture, its true scale, and the numbers of its checks: all, and those open by the scale."""

    file: str
    kind: str
    half: str
    true: float
    image: ImageFacts
    checks: int
    open_by_scale: int

    @property
    def is_held(self) -> bool:
        """Whether the true scale is in the 98 % set."""
        low, high = self.image.scale_interval or (0.0, 0.0)
        return low * (1 - SAME) <= self.true <= high * (1 + SAME)

    @property
    def is_near(self) -> bool:
        """Whether the scale is right to within a tenth."""
        return abs(math.log(self.image.scale / self.true)) <= math.log(NEARLY)

    @property
    def has_density(self) -> bool:
        """Whether the true scale and the estimate have the same display density nearest to them."""
        return _density(self.image.scale) == _density(self.true)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how good the estimates are and, on request, those that miss the truth; return 0."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy.scales", description=(__doc__ or "").partition(":")[0]
    )
    parser.add_argument("folder", nargs="?", type=Path, default=BUILD / "scales", help="default: %(default)s")
    parser.add_argument("--show", action="store_true", help="also list the estimates that miss the true scale")
    parser.add_argument("--every", type=int, default=1, help="use only each n-th picture; default: %(default)s")
    options = parser.parse_args(arguments)
    estimates = list(estimated(options.folder, options.every))
    if options.show:
        sys.stdout.writelines(
            f"{found.file}\t{found.image.scale:g} in {found.image.scale_interval}\n"
            for found in estimates
            if not found.is_held or not found.is_near
        )
    sys.stdout.writelines(f"{row}\n" for row in rows(estimates))
    return 0


def estimated(folder: Path, every: int = 1) -> Iterator[Estimate]:
    """Yield the estimate for each picture of a folder's index, or for each n-th."""
    for entry in json.loads((folder / INDEX).read_text())[::every]:
        data, true = (folder / entry["file"]).read_bytes(), entry["scale"]
        found = analyze(data, max_pixels=MAX_PIXELS, quote=False)
        stated = analyze(data, scale=true, max_pixels=MAX_PIXELS, quote=False)
        if found.accessibility is None or stated.accessibility is None:
            raise ValueError(f"{entry['file']} could not be analyzed")
        checks, decided = found.accessibility.checks, _decided(stated.accessibility.checks)
        unsettled = sum(check.outcome is Outcome.CANT_TELL and _is_among(check, decided) for check in checks)
        yield Estimate(entry["file"], entry["kind"], entry["half"], true, found.image, len(checks), unsettled)


def rows(estimates: Sequence[Estimate]) -> Iterator[str]:
    """Yield the shares by kind and half, then those by confidence."""
    by_group = sorted(estimates, key=lambda found: (found.kind, found.half))
    for (kind, half), group in groupby(by_group, key=lambda found: (found.kind, found.half)):
        found = list(group)
        checks, unsettled = sum(one.checks for one in found), sum(one.open_by_scale for one in found)
        yield f"{kind}, {half}: {len(found)} pictures"
        yield f"  in the set {_share(one.is_held for one in found)}"
        yield f"  right to a tenth {_share(one.is_near for one in found)}"
        yield f"  nearest density {_share(one.has_density for one in found)}"
        yield f"  open only by the scale {unsettled} of {checks} checks, {unsettled / checks:.1%}"
    yield f"all: in the set {_share(found.is_held for found in estimates)}"
    for low, high in pairwise(CONFIDENCES):
        within = [found for found in estimates if low <= found.image.scale_confidence < high]
        if within:
            mean = sum(found.image.scale_confidence for found in within) / len(within)
            yield f"{low:.2f} to {min(high, 1):.2f} sure ({mean:.3f}): right {_share(one.is_near for one in within)}"


def _decided(checks: Sequence[Check]) -> dict[str, list[Box]]:
    decided: dict[str, list[Box]] = {}
    for check in checks:
        if check.outcome is not Outcome.CANT_TELL:
            decided.setdefault(check.rule.id, []).append(check.box)
    return decided


def _is_among(check: Check, decided: Mapping[str, Sequence[Box]]) -> bool:
    return any(True for _ in holding_middle(check.box, decided.get(check.rule.id, ())))


def _density(scale: float) -> float:
    return min(DENSITIES, key=lambda density: abs(math.log(density / scale)))


def _share(hits: Iterator[bool]) -> str:
    counted = Counter(hits)
    return f"{counted[True]} of {counted.total()}, {counted[True] / counted.total():.1%}"


if __name__ == "__main__":
    sys.exit(main())
