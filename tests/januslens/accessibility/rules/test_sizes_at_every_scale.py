"""The size that a check states: measured at the estimated scale, with bounds for every possible scale."""

import pytest

from januslens.accessibility.check import Check
from januslens.accessibility.evidence import Evidence
from januslens.accessibility.rules import RULES
from januslens.accessibility.rules.images_of_text import IMAGES_OF_TEXT
from januslens.accessibility.rules.link_distinguishable import LINK_DISTINGUISHABLE
from januslens.accessibility.rules.target_size import TARGET_SIZE
from januslens.accessibility.rules.target_size_enhanced import TARGET_SIZE_ENHANCED
from januslens.accessibility.rules.text_contrast import TEXT_CONTRAST
from januslens.accessibility.rules.text_contrast_enhanced import TEXT_CONTRAST_ENHANCED
from januslens.accessibility.rules.text_size import TEXT_SIZE
from januslens.accessibility.rules.text_spacing_tight import TEXT_SPACING_TIGHT
from januslens.decode.scale import Scale
from januslens.layout.control import Kind
from januslens.text.paragraphs import text_lines
from januslens.text.run import Backdrop
from tests.januslens.accessibility.evidence import evidence
from tests.januslens.accessibility.shown import BLUE, control
from tests.januslens.accessibility.texts import text

SCALE = Scale(2.0, "estimated", 0.9, (1.6, 2.5))
OF_TEXT = {
    TEXT_CONTRAST,
    TEXT_CONTRAST_ENHANCED,
    TEXT_SIZE,
    IMAGES_OF_TEXT,
    LINK_DISTINGUISHABLE,
    TEXT_SPACING_TIGHT,
}


def judged() -> Evidence:
    """Text of 16 px, known to a twentieth, in each place that a rule of text looks at, and a button of 40 px."""
    paragraph = [text(0, 20 + 46 * row, width=400) for row in range(3)]
    sentence = [text(0, 180, width=200, letters=30), text(210, 180, width=80, color=BLUE, letters=10)]
    return evidence(
        scale=SCALE,
        runs=[text(), text(0, 190, backdrop=Backdrop.IMAGE)],
        lines=text_lines([*paragraph, *sentence], SCALE.value),
        controls=[control(Kind.BUTTON, (420, 20, 200, 80))],
    )


def checks() -> list[Check]:
    return [check for rule in RULES for check in rule.check(judged()) if check.size is not None]


def test_every_rule_that_states_a_size_is_tried() -> None:
    assert {check.rule for check in checks()} == {*OF_TEXT, TARGET_SIZE, TARGET_SIZE_ENHANCED}


@pytest.mark.parametrize("rule_id", sorted(rule.id for rule in OF_TEXT))
def test_the_size_of_text_has_bounds_for_every_scale(rule_id: str) -> None:
    for check in (check for check in checks() if check.rule.id == rule_id):
        assert check.size is not None
        assert (check.size.value, check.size.low, check.size.high) == pytest.approx(
            (16, 0.95 * 16 * 2 / 2.5, 1.05 * 16 * 2 / 1.6)
        )


@pytest.mark.parametrize("rule_id", [TARGET_SIZE.id, TARGET_SIZE_ENHANCED.id])
def test_the_size_of_a_target_has_bounds_for_every_scale(rule_id: str) -> None:
    (check,) = (check for check in checks() if check.rule.id == rule_id)
    assert check.size is not None
    assert (check.size.value, check.size.low, check.size.high) == pytest.approx((40, 39 * 2 / 2.5, 41 * 2 / 1.6))
