"""An underline changes neither the color nor the size of the text that it is under."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

import pytest

from januslens.accessibility.check import Check
from januslens.accessibility.rules.text_contrast import TEXT_CONTRAST
from tests.januslens.metamorphic.conftest import SCALES, Render, checks_of, pixels_of
from tests.januslens.metamorphic.relations import of

SIZE_TOLERANCE: Final = 0.05  # of the size
STYLE: Final = 'margin: 20px; color: #1a65a6; font: 16px "Liberation Sans", Arial, sans-serif'
LINKS: Final = ("Read the guide", "Opening hours", "Change your plan", "Privacy policy")

Decorated = Callable[[str, int], Mapping[str, Check]]


@pytest.fixture(scope="module")
def decorated(render: Render) -> Decorated:
    """Draw the links with a text decoration at a scale, and return the check of each."""

    @cache
    def draw(decoration: str, scale: int) -> Mapping[str, Check]:
        body = "".join(f"<p style='{STYLE}; text-decoration: {decoration}'>{link}</p>" for link in LINKS)
        return dict(zip(LINKS, of([TEXT_CONTRAST], checks_of(pixels_of(render(body, 200, scale)), scale)), strict=True))

    return draw


@pytest.mark.parametrize("scale", SCALES, ids="@{}".format)
@pytest.mark.parametrize("link", LINKS)
def test_underlined_text_has_the_contrast_and_size_of_other_text(decorated: Decorated, link: str, scale: int) -> None:
    plain, underlined = (decorated(decoration, scale)[link] for decoration in ("none", "underline"))
    assert (underlined.outcome, underlined.interval) == (plain.outcome, plain.interval)
    assert (underlined.foreground, underlined.background) == (plain.foreground, plain.background)
    assert underlined.size
    assert plain.size
    assert underlined.size.value == pytest.approx(plain.size.value, rel=SIZE_TOLERANCE)
