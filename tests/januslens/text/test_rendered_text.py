"""What the report says of text that Chromium drew, against the CSS that it was drawn with."""

import base64
import io
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pytest
from PIL import Image

from januslens import analyze
from januslens.accessibility.check import Check, Outcome, Reason
from januslens.accessibility.rules.text_contrast import TEXT_CONTRAST
from januslens.color.notation import hex_color
from tests.januslens.conftest import Rendering
from tests.januslens.css_text import Sample

WIDTH = 760


def html(sample: Sample, name: str) -> str:
    block = f"background: {sample.background}; width: 340px; padding: 12px 20px; float: left; height: 36px"
    return f'<div style="{block}"><span id="{name}" style="{sample.style}">{sample.text}</span></div>'


SAMPLES = {
    "4.54 at 14 px": Sample("Forgotten passwords", "#767676", "#ffffff", 14),
    "4.48 at 14 px": Sample("Forgotten passwords", "#777777", "#ffffff", 14),
    "4.54 at 16 px bold": Sample("Delivery address", "#767676", "#ffffff", 16, 700),
    "4.48 at 16 px bold": Sample("Delivery address", "#777777", "#ffffff", 16, 700),
    "4.60 light on dark": Sample("Notifications", "#7b7b7b", "#000000", 14),
    "4.35 light on dark": Sample("Notifications", "#777777", "#000000", 14),
    "4.55 in blue": Sample("Download all of it", "#ffffff", "#0f73e3", 16),
    "4.41 in blue": Sample("Download all of it", "#ffffff", "#1676e3", 16),
    "3.03 at 32 px": Sample("Billing history", "#949494", "#ffffff", 32),
    "2.99 at 32 px": Sample("Billing history", "#959595", "#ffffff", 32),
    "3.03 at 24 px": Sample("Billing history", "#949494", "#ffffff", 24),
    "2.99 at 24 px": Sample("Billing history", "#959595", "#ffffff", 24),
    "3.03 at 24 px bold": Sample("Billing history", "#949494", "#ffffff", 24, 700),
    "3.03 at 18.66 px bold": Sample("Billing history", "#949494", "#ffffff", 18.66, 700),
    "2.99 at 18.66 px bold": Sample("Billing history", "#959595", "#ffffff", 18.66, 700),
    "3.03 at 16 px": Sample("Billing history", "#949494", "#ffffff", 16),
} | {
    f"{size} px, {weight}, {'dark' if color < background else 'light'}": Sample(
        "Save changes", color, background, size, weight
    )
    for size in (11, 12, 13, 14, 16, 18, 20, 24, 28, 32)
    for weight in (400, 700)
    for color, background in (("#2f3b45", "#f4f1ea"), ("#e8ecef", "#1a2332"))
}

PHOTO = Image.fromarray(np.random.default_rng(7).integers(0, 256, (12, 60, 3), dtype=np.uint8)).resize((760, 60))
LARGE_BUT_LOW = {
    text: Sample(text, "#949494", "#ffffff", size) for text, size in (("see references", 25), ("Preferences", 26))
}
THIN = {"Illustrations": Sample("Illustrations", "#2f3b45", "#f4f1ea", 13)}


def data_url(image: Image.Image) -> str:
    file = io.BytesIO()
    image.save(file, "PNG")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"


def span(name: str, color: str, text: str, more: str = "") -> str:
    return f'<span id="{name}" style="color: {color}; {more}">{text}</span>'


CHIPS = [("paid", "#14613d", "#d8efe2", "Paid today"), ("due", "#e2703a", "#fbe3d6", "Overdue"),
         ("draft", "#cfe3da", "#173f35", "Draft only")]  # fmt: skip
LINES = {
    "link": ("#ffffff", [
        span("before", "#222222", "Read the"),
        span("link", "#0b66d0", "privacy policy"),
        span("after", "#222222", "before you sign"),
    ]),
    "night": ("#101820", [
        span("calm", "#e0e0e0", "Read the"),
        span("glow", "#4da3ff", "terms of service"),
        span("rest", "#e0e0e0", "before you sign"),
    ]),
    "muted": ("#ffffff", [span("strong", "#111111", "Total price"), span("weak", "#949494", "including all tax")]),
    "chips": ("#ffffff", [span(*chip[:2], chip[3], f"background: {chip[2]}; padding: 5px 12px") for chip in CHIPS]),
    "gradient": ("linear-gradient(90deg, #222222, #eeeeee)", [
        span("across", "#ffffff", "Text that stands across a whole gradient, from dark to light"),
    ]),
    "legible gradient": ("linear-gradient(90deg, #102030, #20304a)", [
        span("deep", "#ffffff", "Text on a dark gradient is legible all the way along it"),
    ]),
    "photo": (f"url({data_url(PHOTO)})", [
        span("sky", "#ffffff", "White text on a picture of many colors", "font-size: 22px"),
    ]),
    "cross": ("#ffffff", [span("times", "#999999", "×")]),
    "letter": ("#ffffff", [span("capital", "#999999", "A")]),
    "arrow": ("#ffffff", [span("chevron", "#999999", "&rsaquo;")]),
}  # fmt: skip


def grid(samples: Iterable[Sample]) -> str:
    return "".join(html(sample, f"sample-{number}") for number, sample in enumerate(samples))


def page() -> str:
    lines = "".join(
        f'<p id="line-{name}" style="clear: both; margin: 0; padding: 18px 20px; font: 16px {Sample.font}; '
        f'background: {background}">{" ".join(parts)}</p>'
        for name, (background, parts) in LINES.items()
    )
    return grid(SAMPLES.values()) + lines


@dataclass(frozen=True)
class Reading:
    """A rendering and what the report says of it."""

    rendering: Rendering
    checks: tuple[Check, ...]

    def within(self, name: str) -> list[Check]:
        """The checks whose middle lies in an element, from left to right."""
        left, top, right, bottom = self.rendering.rectangles[name]
        inside = [
            check
            for check in self.checks
            if left <= check.box.x + check.box.width / 2 <= right
            and top <= check.box.y + check.box.height / 2 <= bottom
        ]
        return sorted(inside, key=lambda check: check.box.x)

    def of(self, sample: str) -> list[Check]:
        return self.within(f"sample-{list(SAMPLES).index(sample)}")


def reading_of(rendering: Rendering, data: bytes) -> Reading:
    report = analyze(data, scale=rendering.scale).accessibility
    assert report is not None
    return Reading(rendering, report.of(TEXT_CONTRAST))


@pytest.fixture(scope="module", params=[1, 2])
def rendering(request: pytest.FixtureRequest, render: Callable[[str, int, float], Rendering]) -> Rendering:
    """The page at one and at two device pixels a CSS pixel."""
    return render(page(), WIDTH, request.param)


@pytest.fixture(scope="module")
def exact(rendering: Rendering) -> Reading:
    return reading_of(rendering, rendering.png)


@pytest.fixture(scope="module")
def lossy(rendering: Rendering) -> Reading:
    """The same pixels as a JPEG of quality 90 shows them."""
    file = io.BytesIO()
    Image.open(io.BytesIO(rendering.png)).convert("RGB").save(file, "JPEG", quality=90)
    return reading_of(rendering, file.getvalue())


def colors(check: Check) -> tuple[str, str]:
    assert check.foreground
    assert check.background
    return hex_color(check.foreground), hex_color(check.background)


def interval(check: Check) -> tuple[float, float]:
    assert check.interval
    return check.interval


ALL_SAMPLES = pytest.mark.parametrize("name", SAMPLES)


@ALL_SAMPLES
def test_every_sample_is_seen(exact: Reading, name: str) -> None:
    assert exact.of(name)


@ALL_SAMPLES
def test_both_colors_are_exact_or_the_interval_holds_the_true_ratio(exact: Reading, name: str) -> None:
    sample = SAMPLES[name]
    for check in exact.of(name):
        low, high = interval(check)
        assert colors(check) == (sample.color, sample.background) or low < high
        assert low - 1e-3 <= sample.ratio <= high + 1e-3


@ALL_SAMPLES
def test_a_verdict_is_the_truth(exact: Reading, name: str) -> None:
    truth = Outcome.PASSED if SAMPLES[name].passes else Outcome.FAILED
    assert {check.outcome for check in exact.of(name)} <= {truth, Outcome.CANT_TELL}


DECIDED = [name for name in SAMPLES if not re.fullmatch(r"3\.03 at (24|18\.66) px.*", name)]


@pytest.mark.parametrize("name", DECIDED)
def test_a_verdict_is_given_where_the_size_decides_nothing(exact: Reading, name: str) -> None:
    truth = Outcome.PASSED if SAMPLES[name].passes else Outcome.FAILED
    assert {check.outcome for check in exact.of(name)} == {truth}


@pytest.mark.parametrize("name", sorted(SAMPLES.keys() - DECIDED))
def test_text_on_the_edge_of_large_is_given_the_benefit_of_the_doubt(exact: Reading, name: str) -> None:
    for check in exact.of(name):
        assert (check.outcome, check.reason) in [(Outcome.CANT_TELL, Reason.TEXT_SIZE), (Outcome.PASSED, None)]


@ALL_SAMPLES
def test_the_size_interval_holds_the_font_size(exact: Reading, name: str) -> None:
    for check in exact.of(name):
        assert check.size
        assert check.size.low <= SAMPLES[name].size <= check.size.high


@ALL_SAMPLES
def test_boxes_lie_where_the_browser_put_the_text(exact: Reading, name: str) -> None:
    pixel = exact.rendering.scale
    left, top, right, bottom = exact.rendering.rectangles[f"sample-{list(SAMPLES).index(name)}"]
    for box in (check.box for check in exact.of(name)):
        assert left - pixel <= box.x < box.x + box.width <= right + pixel
        assert top - pixel <= box.y < box.y + box.height <= bottom + pixel


@ALL_SAMPLES
def test_boxes_cover_the_text(exact: Reading, name: str) -> None:
    left, _, right, _ = exact.rendering.rectangles[f"sample-{list(SAMPLES).index(name)}"]
    boxes = [check.box for check in exact.of(name)]
    assert sum(box.width for box in boxes) >= 0.85 * (right - left)  # a wide first or last letter may be left out
    assert min(box.height for box in boxes) >= 0.5 * SAMPLES[name].size * exact.rendering.scale


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("link", [("#222222", "#ffffff"), ("#0b66d0", "#ffffff"), ("#222222", "#ffffff")]),
        ("night", [("#e0e0e0", "#101820"), ("#4da3ff", "#101820"), ("#e0e0e0", "#101820")]),
        ("muted", [("#111111", "#ffffff"), ("#949494", "#ffffff")]),
        ("chips", [("#14613d", "#d8efe2"), ("#e2703a", "#fbe3d6"), ("#cfe3da", "#173f35")]),
    ],
)
def test_each_color_of_a_line_is_a_check_of_its_own(exact: Reading, line: str, expected: list[tuple[str, str]]) -> None:
    assert [colors(check) for check in exact.within(f"line-{line}")] == expected


@pytest.mark.parametrize(
    "name", ["before", "link", "after", "calm", "glow", "rest", "strong", "weak", "paid", "due", "draft"]
)
def test_a_check_within_a_line_ends_where_its_color_does(exact: Reading, name: str) -> None:
    (check,) = exact.within(name)
    left, _, right, _ = exact.rendering.rectangles[name]
    padding = 12 * exact.rendering.scale if name in ("paid", "due", "draft") else 0
    ends = (check.box.x, check.box.x + check.box.width)
    assert ends == pytest.approx((left + padding, right - padding), abs=2 * exact.rendering.scale)


@pytest.mark.parametrize(
    ("name", "outcome"), [("weak", Outcome.FAILED), ("due", Outcome.FAILED), ("strong", Outcome.PASSED)]
)
def test_what_fails_in_a_line_fails_alone(exact: Reading, name: str, outcome: Outcome) -> None:
    (check,) = exact.within(name)
    assert check.outcome is outcome


@pytest.mark.parametrize(("line", "reason"), [("gradient", Reason.GRADIENT), ("photo", Reason.IMAGE)])
def test_where_the_background_decides_no_verdict_is_given(exact: Reading, line: str, reason: Reason) -> None:
    assert [(check.outcome, check.reason) for check in exact.within(f"line-{line}")] == [(Outcome.CANT_TELL, reason)]


def test_text_that_is_legible_on_all_of_a_gradient_never_fails(exact: Reading) -> None:
    outcomes = {check.outcome for check in exact.within("line-legible gradient")}
    assert outcomes
    assert outcomes <= {Outcome.PASSED, Outcome.CANT_TELL}


@pytest.mark.parametrize("line", ["cross", "letter", "arrow"])
def test_a_single_shape_is_never_said_to_fail(exact: Reading, line: str) -> None:
    found = [(check.outcome, check.reason) for check in exact.within(f"line-{line}")]
    assert found in ([], [(Outcome.CANT_TELL, Reason.SHORT_TEXT)])


def test_a_single_letter_is_seen(exact: Reading) -> None:
    assert len(exact.within("line-letter")) == 1


@ALL_SAMPLES
def test_a_jpeg_fails_nothing_that_passes_and_passes_nothing_that_fails(lossy: Reading, name: str) -> None:
    truth = Outcome.PASSED if SAMPLES[name].passes else Outcome.FAILED
    outcomes = {check.outcome for check in lossy.of(name)}
    assert outcomes
    assert outcomes <= {truth, Outcome.CANT_TELL}


@pytest.mark.parametrize("name", [name for name in SAMPLES if re.match(r"4\.[345]\d ", name)])
def test_what_a_jpeg_may_have_changed_is_not_decided(lossy: Reading, name: str) -> None:
    for check in lossy.of(name):
        assert (check.outcome, check.reason) == (Outcome.CANT_TELL, Reason.LOSSY_IMAGE)


def test_a_jpegs_interval_holds_the_true_ratio_of_nearly_every_line(lossy: Reading) -> None:
    held = [
        low <= sample.ratio <= high for name, sample in SAMPLES.items() for low, high in map(interval, lossy.of(name))
    ]
    assert np.mean(held) >= 0.95  # what LOSSY_RATIOS promises


@pytest.fixture(scope="module")
def doubtful(render: Callable[[str, int, float], Rendering]) -> Reading:
    """Samples that are known to be misread, at one device pixel a CSS pixel."""
    drawn = render(grid([*LARGE_BUT_LOW.values(), *THIN.values()]), WIDTH, 1)
    return reading_of(drawn, drawn.png)


@pytest.mark.parametrize("text", ["see references", "Preferences"])
def test_large_text_of_low_letters_is_never_judged_as_small(doubtful: Reading, text: str) -> None:
    (check,) = doubtful.within(f"sample-{list(LARGE_BUT_LOW).index(text)}")
    assert check.outcome is not Outcome.FAILED


@pytest.mark.parametrize("text", THIN)
def test_thin_letters_are_not_cut_out_of_their_word(doubtful: Reading, text: str) -> None:
    (check,) = doubtful.within(f"sample-{len(LARGE_BUT_LOW) + list(THIN).index(text)}")
    assert colors(check) == ("#2f3b45", "#f4f1ea")


def test_a_second_analysis_gives_the_same_bytes(doubtful: Reading) -> None:
    one, other = (json.dumps(analyze(doubtful.rendering.png, scale=1).to_json()) for _ in range(2))
    assert one == other
