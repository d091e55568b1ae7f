"""A page that is drawn with twice the pixels is the same page."""

from dataclasses import replace
from typing import Final

import pytest

from januslens.accessibility.check import Check, Outcome
from januslens.accessibility.rules import RULES
from januslens.accessibility.rules.text_size import TEXT_SIZE
from januslens.decode.geometry import Box
from tests.januslens.metamorphic.conftest import SCALES, Draw
from tests.januslens.metamorphic.pages import PAGES
from tests.januslens.metamorphic.relations import of, outside, unconfirmed

NEAR: Final = 2  # CSS px

every_page = pytest.mark.parametrize("name", PAGES)


def in_css_pixels(box: Box, scale: int) -> Box:
    left, top = box.x // scale, box.y // scale
    right, bottom = -(-(box.x + box.width) // scale), -(-(box.y + box.height) // scale)
    return Box(left, top, right - left, bottom - top)


def reports(drawn: Draw, name: str) -> tuple[list[Check], list[Check]]:
    """What is said of a page at each scale, but of icons that were taken for text."""
    one, two = (
        [replace(check, box=in_css_pixels(check.box, page.scale)) for check in outside(page.icons, page.checks)]
        for page in (drawn(name, scale) for scale in SCALES)
    )
    return one, two


@every_page
def test_the_same_verdicts_are_given_at_each_scale(drawn: Draw, name: str) -> None:
    rules = [rule for rule in RULES if rule is not TEXT_SIZE]
    one, two = (of(rules, checks) for checks in reports(drawn, name))
    levels = drawn(name, 1).levels
    assert unconfirmed(one, two, tolerance=NEAR, levels=levels) == []
    assert unconfirmed(two, one, tolerance=NEAR, levels=levels) == []


@every_page
def test_of_the_size_of_text_no_more_than_a_doubt_is_decided_by_the_scale(drawn: Draw, name: str) -> None:
    """It is measured in pixels, so that twice as many tell it twice as well."""
    one, two = (of([TEXT_SIZE], checks) for checks in reports(drawn, name))
    for checks, others in ((one, two), (two, one)):
        decided = [check for check in checks if check.outcome is not Outcome.CANT_TELL]
        agreeing = [replace(other, outcome=check.outcome, reason=check.reason) for check in decided for other in others
                    if other.outcome in (check.outcome, Outcome.CANT_TELL)]  # fmt: skip
        assert unconfirmed(decided, agreeing, tolerance=NEAR, levels=drawn(name, 1).levels) == []
