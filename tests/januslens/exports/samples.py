"""Reports with something of everything, and the pictures that they are about."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from januslens.accessibility.check import Check, Fixes, Outcome, PaletteFix, Reason
from januslens.accessibility.report import AccessibilityReport
from januslens.accessibility.rules import RULES
from januslens.accessibility.rules.flashing import FLASHING
from januslens.accessibility.rules.images_of_text import IMAGES_OF_TEXT
from januslens.accessibility.rules.link_distinguishable import LINK_DISTINGUISHABLE
from januslens.accessibility.rules.non_text_contrast import NON_TEXT_CONTRAST
from januslens.accessibility.rules.target_size import TARGET_SIZE
from januslens.accessibility.rules.text_contrast import TEXT_CONTRAST
from januslens.accessibility.rules.text_contrast_enhanced import TEXT_CONTRAST_ENHANCED
from januslens.accessibility.rules.text_size import TEXT_SIZE
from januslens.accessibility.rules.text_spacing_tight import TEXT_SPACING_TIGHT
from januslens.color.notation import Fix
from januslens.decode.facts import ImageFacts
from januslens.decode.geometry import Box
from januslens.exports.reports.subject import Subject
from januslens.text.run import Size

GRAY, DARKER_GRAY, WHITE, BLUE, BLACK = (119, 119, 119), (112, 112, 112), (255, 255, 255), (35, 72, 176), (0, 0, 0)
NOON = datetime(2026, 3, 1, 12, 30, 15, 250_000, tzinfo=UTC)
HOSTILE = '"><script>window.hacked = 1</script><img src=x onerror="window.hacked = 2">\'</style>]]>--><b>{{7*7}}'
UNICODE = "Grüße, 世界 שלום \u202e👩‍👩‍👧 e\u0301 \x00\x1b\ud83d\uffff"

FAILED = Check(
    rule=TEXT_CONTRAST,
    outcome=Outcome.FAILED,
    reason=None,
    box=Box(20, 20, 100, 16),
    message="Text #777777 on #ffffff has a contrast of 4.47:1; it needs 4.5:1.",
    severity=0.4,
    text="Forgot password?",
    foreground=GRAY,
    background=WHITE,
    ratio=4.478,
    interval=(4.478, 4.478),
    size=Size(14.0, 12.9, 15.2),
    required=4.5,
    fixes=Fixes(Fix(DARKER_GRAY, 4.954, 2.6), None),
)
ENHANCED = replace(FAILED, rule=TEXT_CONTRAST_ENHANCED, required=7.0, severity=0.6, fixes=None)
GRADIENT = replace(
    FAILED,
    outcome=Outcome.CANT_TELL,
    reason=Reason.GRADIENT,
    box=Box(20, 100, 120, 20),
    background=(200, 210, 250),
    interval=(2.13, 5.6),
    text=None,
    fixes=None,
    message="Text #777777 on a gradient has a contrast of between 2.13:1 and 5.60:1; it needs 4.5:1.",
)
PASSED = replace(
    FAILED,
    outcome=Outcome.PASSED,
    box=Box(20, 140, 90, 16),
    severity=0.0,
    foreground=BLACK,
    ratio=21.0,
    interval=(21.0, 21.0),
    fixes=None,
    message="Text #000000 on #ffffff has a contrast of 21.00:1; it needs 4.5:1.",
)
LINK = replace(
    FAILED,
    rule=LINK_DISTINGUISHABLE,
    box=Box(200, 60, 60, 16),
    foreground=BLUE,
    background=BLACK,
    ratio=2.5,
    interval=None,
    required=3.0,
    fixes=None,
    message="What stands out as #2348b0 in text of #000000 differs from it by 2.50:1; it needs 3:1.",
)
TARGET = Check(
    rule=TARGET_SIZE,
    outcome=Outcome.FAILED,
    reason=None,
    box=Box(300, 20, 32, 32),
    severity=0.3,
    size=Size(16.0, 15.5, 16.5),
    required=24.0,
    message="A target of 16 by 16 CSS px is smaller than 24 by 24.",
)
CONTROL = replace(
    FAILED,
    rule=NON_TEXT_CONTRAST,
    outcome=Outcome.CANT_TELL,
    reason=Reason.LABELED,
    box=Box(200, 120, 150, 40),
    foreground=(221, 221, 221),
    ratio=1.35,
    interval=(1.35, 1.35),
    size=None,
    required=3.0,
    text=None,
    fixes=None,
    message="A boundary of #dddddd on #ffffff has a contrast of 1.35:1; it needs 3:1.",
)
SMALL = replace(
    FAILED,
    rule=TEXT_SIZE,
    outcome=Outcome.CANT_TELL,
    reason=Reason.ADVISORY,
    box=Box(20, 180, 60, 8),
    ratio=None,
    interval=None,
    size=Size(9.0, 8.1, 9.9),
    required=12.0,
    fixes=None,
    message="Text is about 9 CSS px large; below 12 many find it hard to read.",
)
TIGHT = replace(
    SMALL,
    rule=TEXT_SPACING_TIGHT,
    box=Box(20, 200, 200, 60),
    ratio=1.134,
    interval=(1.1, 1.16),
    required=1.2,
    message="Lines are 15.8 CSS px apart, 1.13 times the text's size.",
)
CHECKS = (
    FAILED,
    replace(FAILED, box=Box(20, 40, 80, 16), text="Help", severity=0.2),
    replace(FAILED, box=Box(20, 60, 90, 16), text=None, severity=0.1),
    ENHANCED,
    TARGET,
    LINK,
    GRADIENT,
    CONTROL,
    PASSED,
    SMALL,
    TIGHT,
)
PALETTE_FIX = PaletteFix(GRAY, (WHITE, (245, 247, 251)), Fix((106, 106, 106), 4.904, 4.6))
REPORT = AccessibilityReport(CHECKS, (PALETTE_FIX,), (IMAGES_OF_TEXT, FLASHING))
EMPTY = AccessibilityReport(())
FACTS = ImageFacts("PNG", 400, 300, 2.0, "given", ())


def picture(format_name: str = "PNG", **options: Any) -> bytes:
    """Draw roughly what the report is about."""
    image = Image.new("RGB", (FACTS.width, FACTS.height), WHITE)
    draw = ImageDraw.Draw(image)
    for check in CHECKS:
        box = check.box
        draw.rectangle((box.x, box.y, box.x + box.width, box.y + box.height), fill=check.foreground or BLUE)
    written = io.BytesIO()
    image.save(written, format_name, **options)
    return written.getvalue()


def subject(report: AccessibilityReport = REPORT, name: str = "sign-in@2x.png", **changes: Any) -> Subject:
    """Return a report on the sample picture."""
    return Subject(**{"report": report, "image": FACTS, "name": name, "at": NOON, "picture": picture(), **changes})


def with_text(text: str) -> Subject:
    """Return a subject whose picture is called, shows and has noted one and the same text."""
    checks = tuple(replace(check, text=text, message=text) for check in CHECKS)
    return subject(replace(REPORT, checks=checks), text, image=replace(FACTS, notes=(text,)))


colors = st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))
ratios = st.floats(1, 21)
texts = st.text(st.characters(codec=None), max_size=20)
fixes = st.builds(Fix, colors, ratios, st.floats(0, 100))
checks = st.builds(
    Check,
    rule=st.sampled_from(RULES),
    outcome=st.sampled_from(Outcome),
    reason=st.none() | st.sampled_from(Reason),
    box=st.builds(Box, *[st.integers(0, 390)] * 2, *[st.integers(1, 400)] * 2),
    message=texts,
    severity=st.floats(0, 1),
    text=st.none() | texts,
    foreground=st.none() | colors,
    background=st.none() | colors,
    ratio=st.none() | ratios,
    interval=st.none() | st.tuples(ratios, ratios).map(lambda pair: (min(pair), max(pair))),
    size=st.none() | st.floats(1, 200).map(lambda size: Size(size, size * 0.9, size * 1.1)),
    required=st.none() | st.sampled_from((3.0, 4.5, 7.0, 24.0)),
    fixes=st.none() | st.builds(Fixes, st.none() | fixes, st.none() | fixes),
)
palette_fixes = st.builds(PaletteFix, colors, st.lists(colors, min_size=1, max_size=3).map(tuple), fixes)


def _report(found: list[Check], palette: list[PaletteFix]) -> AccessibilityReport:
    used = {check.rule.id for check in found}
    return AccessibilityReport(tuple(found), tuple(palette), tuple(rule for rule in RULES if rule.id not in used))


reports: st.SearchStrategy[AccessibilityReport] = st.builds(
    _report, st.lists(checks, max_size=8), st.lists(palette_fixes, max_size=2)
)
subjects = st.builds(subject, reports, texts)

few = settings(max_examples=12)
"""For tests with whole reports, of which each example is many."""
