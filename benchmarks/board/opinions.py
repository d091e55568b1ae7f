"""Opinions of Janus and the algorithms of `compared` on the board's texts.

Janus gets each image and its scale; it has to find the texts and estimate their sizes itself. The others get the box,
size and weight of each text. To compare colors alone, there is also the opinion that Janus would have if it knew the
sizes and weights: pass if its interval reaches the required ratio, fail if it ends below it, else open, as is anything
that it is not sure to be text.

Where a text lies across two colors, a claim is about the pixels behind the glyphs in its box, except for the outermost
ones and for BEYOND of the others.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.accuracy.contrast import CANT_TELL, FAILED, PASSED, TOUCHED
from benchmarks.board.compared import ALGORITHMS, Algorithm
from benchmarks.board.known_text import Behind, BoardPage, KnownText, Verdict, read_behind, verdict_of
from benchmarks.board.snippets import Kind
from benchmarks.truth.pages import Box, area, shared_area
from benchmarks.truth.results import RULE
from januslens import analyze

JANUS: Final = "Janus"
JANUS_TOLD: Final = "Janus, told sizes"
SHORT_TEXT: Final = "shortTextContent"
BEYOND: Final = 0.03  # of the pixels behind the glyphs: a box cannot follow a slanted or round border of two colors
CLAIMED: Final = {PASSED: Verdict.PASS, FAILED: Verdict.FAIL, CANT_TELL: Verdict.OPEN}


class AnalysisIncomplete(Exception):
    """An analysis has no accessibility report."""


@dataclass(frozen=True, slots=True)
class Check:
    """A text contrast check of Janus on an image of the board.

    box is in CSS px; verdict corresponds to its outcome; doubt is the reason for an open verdict, or None; interval
    contains the lowest and highest ratio; reason describes the check in words.
    """

    box: Box
    verdict: Verdict
    doubt: str | None
    interval: tuple[float, float]
    reason: str

    def is_of(self, text: KnownText) -> bool:
        """Return whether more than 5 % of the check's box lies in the box of a text."""
        return shared_area(self.box, text.box) > TOUCHED * area(self.box)

    def told(self, texts: Iterable[KnownText]) -> "Check":
        """Return the check with the verdict that it would have if Janus knew the size and weight of its text.

        A check of no text, or one that is in doubt about a short text, is returned unchanged.
        """
        text = self.text_among(texts)
        if text is None or self.doubt == SHORT_TEXT:
            return self
        return replace(self, verdict=verdict_of(self.interval, text.required))

    def text_among(self, texts: Iterable[KnownText]) -> KnownText | None:
        """Return the text with which the check shares most area, if it is of that text; otherwise None."""
        text = max(texts, key=lambda text: shared_area(self.box, text.box))
        return text if self.is_of(text) else None


@dataclass(frozen=True, slots=True)
class Claim:
    """A verdict that is claimed about a text or a part of it, and the true bounds of the contrast ratio there.

    text is None if the claim is about no text, and bounds is None if there is no glyph.
    """

    said: Verdict
    text: KnownText | None
    bounds: tuple[float, float] | None
    reason: str

    @property
    def truth(self) -> Verdict | None:
        """The true verdict on the claim's place; None where there is no text or no glyph."""
        return verdict_of(self.bounds, self.text.required) if self.text and self.bounds else None

    @property
    def is_false(self) -> bool:
        """Whether a claimed pass or fail is not the true verdict. Passing something that is not text is not false."""
        harmless = self.said is Verdict.PASS and self.truth is None
        return self.said is not Verdict.OPEN and self.said is not self.truth and not harmless


@dataclass(frozen=True, slots=True)
class Opinion:
    """A verdict on a whole text of an image, and its reason; the verdict is None if the text was not found."""

    text: KnownText
    verdict: Verdict | None
    reason: str

    @property
    def is_wrong(self) -> bool:
        """Whether the verdict is pass and the true one fail, or the other way around."""
        return {self.verdict, self.text.verdict} == {Verdict.PASS, Verdict.FAIL}


@dataclass(frozen=True, slots=True)
class Judged:
    """All opinions and claims of one algorithm, named by `who`, on one image file."""

    image: str
    who: str
    opinions: tuple[Opinion, ...]
    claims: tuple[Claim, ...]

    @property
    def group(self) -> str:
        """The name of the image's set and its encoding, such as "gray-1x q75.jpg"."""
        name, _, encoding = self.image.partition(".")
        return f"{name.rpartition('-')[0]} {encoding}"


def judge_image(page: BoardPage, path: Path) -> list[Judged]:
    """Return the opinions and claims of Janus, of Janus with known sizes, and of the other algorithms on an image.

    Raises AnalysisIncomplete if the analysis has no accessibility report.
    """
    pixels = np.asarray(Image.open(path).convert("RGB"))
    others = [_other(path.name, page, algorithm, pixels) for algorithm in ALGORITHMS]
    return [*_janus(path, page, read_behind(path.parent, page)), *others]


def _janus(path: Path, page: BoardPage, behind: Behind) -> Iterator[Judged]:
    document = analyze(path.read_bytes(), scale=page.scale, quote=False).to_json()["accessibility"]
    if document is None:
        raise AnalysisIncomplete(path)
    checks = [_check(check, page.scale) for check in document["checks"] if check["rule"] == RULE]
    for who, own in ((JANUS, checks), (JANUS_TOLD, [check.told(page.texts) for check in checks])):
        opinions = tuple(overall(text, [check for check in own if check.is_of(text)]) for text in page.texts)
        yield Judged(path.name, who, opinions, tuple(_claim(check, page.texts, behind) for check in own))


def _check(check: dict[str, Any], scale: float) -> Check:
    x, y, width, height = (check["box"][name] for name in ("x", "y", "width", "height"))
    low, high = check["interval"]
    reason = f", {check['reason']}" if check["reason"] else ""
    return Check(
        box=(x / scale, y / scale, width / scale, height / scale),
        verdict=CLAIMED[check["outcome"]],
        doubt=check["reason"],
        interval=(low, high),
        reason=f"{check['outcome']} {check['foreground']} on {check['background']} {low:.2f}–{high:.2f} of "
        f"{check['required']:g}, {check['size']['value']:g} px at {x},{y} {width}×{height}{reason}",
    )


def overall(text: KnownText, checks: Sequence[Check]) -> Opinion:
    """Return the opinion on a text that follows from the checks of it: fail if one fails, else open, else pass.

    The verdict is None without checks.
    """
    said = {check.verdict for check in checks}
    worst = next((verdict for verdict in (Verdict.FAIL, Verdict.OPEN, Verdict.PASS) if verdict in said), None)
    return Opinion(text, worst, "; ".join(check.reason for check in checks))


def _claim(check: Check, texts: Iterable[KnownText], behind: Behind) -> Claim:
    text = check.text_among(texts)
    if text is None:
        bounds = None
    elif text.kind is Kind.SPLIT:
        bounds = behind.bounds(text.color, inner(check.box, behind.scale), left_out=BEYOND)
    else:
        bounds = behind.bounds(text.color, check.box)
    return Claim(check.verdict, text, bounds, check.reason)


def inner(box: Box, scale: float) -> Box:
    """Return a box in CSS px without its outermost device pixels, but at least its middle third.

    scale is in device pixels per CSS px.
    """
    left, top, width, height = box
    across, down = min(1 / scale, width / 3), min(1 / scale, height / 3)
    return left + across, top + down, width - 2 * across, height - 2 * down


def _other(image: str, page: BoardPage, algorithm: Algorithm, pixels: NDArray[np.uint8]) -> Judged:
    opinions = tuple(_opinion(text, algorithm, pixels, page.scale) for text in page.texts)
    claims = (
        Claim(opinion.verdict, opinion.text, (opinion.text.lowest, opinion.text.highest), opinion.reason)
        for opinion in opinions
        if opinion.verdict is not None
    )
    return Judged(image, algorithm.name, opinions, tuple(claims))


def _opinion(text: KnownText, algorithm: Algorithm, pixels: NDArray[np.uint8], scale: float) -> Opinion:
    ratio = algorithm.compute(_cut(pixels, text.box, algorithm.margin, scale))
    if ratio is None:
        return Opinion(text, None, "one color")
    verdict = Verdict.PASS if ratio >= text.required - algorithm.tolerance else Verdict.FAIL
    return Opinion(text, verdict, f"{ratio:.2f}")


def _cut(pixels: NDArray[np.uint8], box: Box, margin: float, scale: float) -> NDArray[np.uint8]:
    left, top = (max(0, floor((edge - margin) * scale)) for edge in box[:2])
    right, bottom = (ceil((box[axis] + box[axis + 2] + margin) * scale) for axis in (0, 1))
    return pixels[top:bottom, left:right]
