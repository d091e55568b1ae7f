"""An underline changes neither the color nor the size of the text that it is under."""

from typing import Final

import pytest

from chalicelib.vision.accessibility.check import Check
from chalicelib.vision.accessibility.rules import TEXT_CONTRAST
from tests.vision.metamorphic.conftest import SCALES, Render, checks_of, pixels_of
from tests.vision.metamorphic.relations import of

SIZE_TOLERANCE: Final = 0.05  # of the size
TOUCHED: Final = pytest.mark.xfail(
    strict=True, reason="a line that descenders hang on is taken for the bottom of the low letters"
)
LINKS: Final = [
    "Read the guide",
    "Opening hours",
    "Change your plan",
    pytest.param("Privacy policy", marks=TOUCHED),
]


def check_of(render: Render, text: str, decoration: str, scale: int) -> Check:
    font = '16px "Liberation Sans", Arial, sans-serif'
    body = f"<p style='margin: 20px; color: #1a65a6; font: {font}; text-decoration: {decoration}'>{text}</p>"
    (check,) = of([TEXT_CONTRAST], checks_of(pixels_of(render(body, 200, scale)), scale))
    return check


@pytest.mark.parametrize("scale", SCALES, ids="@{}".format)
@pytest.mark.parametrize("text", LINKS)
def test_underlined_text_has_the_contrast_and_size_of_other_text(render: Render, text: str, scale: int) -> None:
    plain, underlined = (check_of(render, text, decoration, scale) for decoration in ("none", "underline"))
    assert (underlined.outcome, underlined.interval) == (plain.outcome, plain.interval)
    assert (underlined.foreground, underlined.background) == (plain.foreground, plain.background)
    assert underlined.size
    assert plain.size
    assert underlined.size.value == pytest.approx(plain.size.value, rel=SIZE_TOLERANCE)
