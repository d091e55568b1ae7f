"""No false alarm, and no clear failure missed, over text of random colors, sizes, weights and fonts in one page."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import pytest

from januslens import analyze
from januslens.accessibility.check import Check, Outcome
from januslens.accessibility.rules.text_contrast import TEXT_CONTRAST
from tests.januslens.conftest import Rendering
from tests.januslens.css_text import Sample

COUNT: Final = 150
COLUMNS: Final = 5
CELL: Final = (290, 52)  # CSS px
LEAST_RATIO: Final = 1.5  # below it text is not meant to be read
CLEAR: Final = 0.9  # of the ratio required
TEXT: Final = (
    "Settings Account Billing history Save changes Download invoice Reset password Your team Overview Search results "
    "Updated Shipping address Profile Notifications Language Continue Privacy policy Terms Help Sign out 2024 12:30 75%"
)
FONTS: Final = ("sans-serif", "serif", "monospace", "Arial", "Verdana", "Georgia")
SIZES: Final = (11, 12, 13, 14, 15, 16, 18, 18.66, 20, 22, 24, 26, 28, 32)


def pick[T](random: np.random.Generator, options: Sequence[T]) -> T:
    return options[int(random.integers(len(options)))]


def random_color(random: np.random.Generator) -> str:
    return f"#{random.integers(1 << 24):06x}"


def random_sample(random: np.random.Generator) -> Sample:
    size = pick(random, SIZES)
    words = [pick(random, TEXT.split()) for _ in range(random.integers(1, 4))]
    while len(words) > 1 and 0.75 * size * len(" ".join(words)) > CELL[0] - 20:
        words.pop()
    background = pick(random, ["#ffffff", random_color(random), random_color(random)])
    while True:
        color = pick(random, ["#000000", "#ffffff", *(random_color(random) for _ in range(3))])
        weight, font = pick(random, [400, 400, 700]), pick(random, FONTS)
        sample = Sample(" ".join(words), color, background, size, weight, font)
        if sample.ratio >= LEAST_RATIO:
            return sample


def samples() -> list[Sample]:
    random = np.random.default_rng(2026)
    return [random_sample(random) for _ in range(COUNT)]


def page() -> str:
    width, height = CELL
    return "".join(
        f'<div style="float: left; overflow: hidden; width: {width}px; height: {height}px; background: {s.background}">'
        f'<span id="{number}" style="display: inline-block; margin: 4px 10px; {s.style}">'
        f"{s.text}</span></div>"
        for number, s in enumerate(samples())
    )


Judged = list[tuple[Sample, list[Check]]]


@pytest.fixture(scope="module")
def judged(render: Callable[[str, int, float], Rendering]) -> Judged:
    """Each sample with the checks whose middle lies in its text."""
    rendering = render(page(), CELL[0] * COLUMNS, 1)
    report = analyze(rendering.png, scale=1).accessibility
    assert report is not None
    found: Judged = []
    for number, sample in enumerate(samples()):
        left, top, right, bottom = rendering.rectangles[str(number)]
        middles = [(c, c.box.x + c.box.width / 2, c.box.y + c.box.height / 2) for c in report.of(TEXT_CONTRAST)]
        found.append((sample, [c for c, x, y in middles if left <= x <= right and top <= y <= bottom]))
    return found


def test_nearly_all_text_is_seen(judged: Judged) -> None:
    assert sum(bool(checks) for _, checks in judged) >= 0.98 * COUNT


def test_text_that_passes_is_never_said_to_fail(judged: Judged) -> None:
    alarms = [
        (sample, check)
        for sample, checks in judged
        for check in checks
        if check.outcome is Outcome.FAILED and sample.passes
    ]
    assert alarms == []


def test_text_that_fails_is_never_said_to_pass(judged: Judged) -> None:
    missed = [
        (sample, check)
        for sample, checks in judged
        for check in checks
        if check.outcome is Outcome.PASSED and not sample.passes
    ]
    assert missed == []


def test_text_that_clearly_fails_is_found(judged: Judged) -> None:
    clear = [checks for sample, checks in judged if sample.ratio < CLEAR * sample.required and sample.size < 20]
    found = [any(check.outcome is Outcome.FAILED for check in checks) for checks in clear]
    assert len(clear) >= 20
    assert sum(found) >= 0.9 * len(clear)


def test_no_interval_is_far_from_the_true_ratio(judged: Judged) -> None:
    misses = [
        (sample, check)
        for sample, checks in judged
        for check in checks
        if check.interval is None or not 0.98 * check.interval[0] <= sample.ratio <= 1.02 * check.interval[1]
    ]
    assert misses == []
