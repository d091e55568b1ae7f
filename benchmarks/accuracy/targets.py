"""Accuracy of target size checks against axe-core: `python -m benchmarks.accuracy.targets FOLDER [--show]`.

FOLDER contains NAME.png and NAME.json as described in `truth.pages`; the name states the scale. Only what is wholly in
the viewport counts: of the truth's `axe`, the entries with the rule `target-size`, and all of its `targets`.

- recall: the share of axe-core's violations that a flagged check overlaps.
- precision: the share of flagged checks that overlap a violation. Flagged is `failed`, or `failed` and `cantTell`.
- coverage: the share of interactive elements that a control found by Janus overlaps.

Two boxes overlap if they share half of the area of either one.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks.truth.pages import Box, area, shared_area
from januslens.accessibility.check import Check, Outcome
from januslens.accessibility.evidence import Evidence
from januslens.accessibility.measure.target_spacing import targets_near
from januslens.accessibility.rules.target_size import TARGET_SIZE
from januslens.accessibility.targets import find_targets
from januslens.decode import geometry
from januslens.decode.image import decode
from januslens.decode.scale import Scale, stated_scale
from januslens.layout.control import Control
from januslens.layout.controls import find_controls
from januslens.raster.areas import find_areas
from januslens.raster.indexed_image import IndexedImage
from januslens.text.detector import detect_lines
from januslens.text.measure_text import measure_text
from januslens.text.paragraphs import text_lines

RULE: Final = "target-size"
OVERLAP: Final = 0.5
MAX_PIXELS: Final = 100_000_000


@dataclass(frozen=True, slots=True)
class KnownTargets:
    """The true boxes of a page, wholly in the viewport, in CSS px: axe-core's violations, and interactive elements."""

    name: str
    violations: tuple[Box, ...]
    elements: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class FoundTargets:
    """The boxes that Janus finds on a page, in CSS px: of failed checks, of open (cantTell) checks, and of controls."""

    failed: tuple[Box, ...]
    open: tuple[Box, ...]
    controls: tuple[Box, ...]


@dataclass(slots=True)
class Score:
    """Counts over all pages for recall, precision and coverage; "flagged" is failed or cantTell (see the module)."""

    violations: int = 0
    recalled: dict[str, int] = field(default_factory=lambda: {"failed": 0, "flagged": 0})
    claims: dict[str, int] = field(default_factory=lambda: {"failed": 0, "flagged": 0})
    right: dict[str, int] = field(default_factory=lambda: {"failed": 0, "flagged": 0})
    elements: int = 0
    covered: int = 0

    def add(self, known: KnownTargets, found: FoundTargets) -> None:
        """Count the known and the found targets of a page."""
        self.violations += len(known.violations)
        for name, claims in (("failed", found.failed), ("flagged", (*found.failed, *found.open))):
            self.recalled[name] += sum(_meets(box, claims) for box in known.violations)
            self.claims[name] += len(claims)
            self.right[name] += sum(_meets(box, known.violations) for box in claims)
        self.elements += len(known.elements)
        self.covered += sum(_meets(box, found.controls) for box in known.elements)

    def rows(self) -> Iterator[str]:
        """Yield recall and precision of failed and of flagged checks, and the coverage of controls."""
        for name in ("failed", "flagged"):
            yield f"{name:8} recall    {_share(self.recalled[name], self.violations)}"
            yield f"{name:8} precision {_share(self.right[name], self.claims[name])}"
        yield f"{'controls':8} coverage  {_share(self.covered, self.elements)}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures and, on request, missed violations and wrong flags; return 0."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy.targets", description=(__doc__ or "").partition(":")[0]
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="also list missed violations and wrong flags")
    options = parser.parse_args(arguments)
    score = Score()
    for path in sorted(options.folder.glob("*.json")):
        known, found = read_known(path), find(path.with_suffix(".png"))
        score.add(known, found)
        if options.show:
            sys.stdout.writelines(f"{line}\n" for line in mistakes(known, found))
    sys.stdout.writelines(f"{row}\n" for row in score.rows())
    return 0


def read_known(path: Path) -> KnownTargets:
    """Read the truth about a page from its JSON file."""
    page = json.loads(path.read_text())
    width, height = page["viewport"]
    violations = (entry for entry in page["axe"] if entry["rule"] == RULE and entry["kind"] == "violations")
    return KnownTargets(
        path.stem, tuple(_in_sight(violations, width, height)), tuple(_in_sight(page["targets"], width, height))
    )


def find(path: Path) -> FoundTargets:
    """Return the boxes of target size checks and controls that Janus finds in an image file.

    The scale is that in the file's name, or else 1.
    """
    image = decode(path.read_bytes(), max_pixels=MAX_PIXELS)
    scale = stated_scale(None, path.name, image.density) or Scale(1.0, "assumed")
    cores = detect_lines(image.pixels, scale.value)
    runs = measure_text(image.pixels, cores, scale=scale.value, loss=image.loss)
    indexed = IndexedImage.of(image.pixels, scale.value)
    controls = find_controls(indexed, find_areas(indexed), runs, scale.value)
    targets = find_targets(controls, text_lines(runs, scale.value), scale.value)
    evidence = Evidence(
        scale=scale,
        whole=geometry.Box(0, 0, image.width, image.height),
        targets=targets,
        near=tuple(targets_near(targets, scale.value)),
    )
    checks = list(TARGET_SIZE.check(evidence))
    return FoundTargets(
        failed=tuple(_boxes((check for check in checks if check.outcome is Outcome.FAILED), scale.value)),
        open=tuple(_boxes((check for check in checks if check.outcome is Outcome.CANT_TELL), scale.value)),
        controls=tuple(_boxes(controls, scale.value)),
    )


def mistakes(known: KnownTargets, found: FoundTargets) -> Iterator[str]:
    """Yield one tab-separated row per violation that no check overlaps, and per flagged check that overlaps none.

    Boxes are left, top, width, height in CSS px.
    """
    flags = [("failed", box) for box in found.failed] + [("cantTell", box) for box in found.open]
    wrong = [(kind, box) for kind, box in flags if not _meets(box, known.violations)]
    missed = [("missed", box) for box in known.violations if not _meets(box, [box for _, box in flags])]
    return (f"{known.name}\t{kind}\t{' '.join(f'{side:g}' for side in box)}" for kind, box in (*missed, *wrong))


def _in_sight(entries: Iterable[dict[str, Any]], width: float, height: float) -> Iterator[Box]:
    for left, top, wide, high in (entry["rect"] for entry in entries if entry["rect"]):
        if left >= 0 and top >= 0 and left + wide <= width and top + high <= height and wide > 0 and high > 0:
            yield left, top, wide, high


def _boxes(placed: Iterable[Check | Control], scale: float) -> Iterator[Box]:
    for entry in placed:
        box = entry.box
        yield box.x / scale, box.y / scale, box.width / scale, box.height / scale


def _meets(box: Box, others: Iterable[Box]) -> bool:
    return any(shared_area(box, other) >= OVERLAP * min(area(box), area(other)) for other in others)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:6.1%} ({part} of {whole})" if whole else "none"


if __name__ == "__main__":
    sys.exit(main())
