"""All rules on an image whose text was made by hand."""

import pytest

from januslens.accessibility.engine import check_image
from januslens.decode.image import DecodedImage
from januslens.decode.lossy import NO_LOSS
from januslens.decode.scale import Scale
from januslens.layout.control import Observations
from januslens.raster.indexed_image import IndexedImage
from tests.januslens.accessibility.evidence import BLANK, GIVEN
from tests.januslens.accessibility.texts import text


def test_checks_are_in_reading_order() -> None:
    picture = DecodedImage(BLANK, "PNG", None, NO_LOSS, animated=False, notes=())
    seen = Observations([text(0, 120), text(300, 20), text(0, 20)], ())
    report = check_image(picture, IndexedImage.of(BLANK, 1.0), seen, None, GIVEN, quote=False)
    boxes = [(check.box.x, check.box.y) for check in report.checks if check.rule.id == "text-contrast"]
    assert boxes == [(0, 8), (300, 8), (0, 108)]


def test_the_size_of_a_check_has_bounds_for_every_scale() -> None:
    picture = DecodedImage(BLANK, "PNG", None, NO_LOSS, animated=False, notes=())
    scale = Scale(2.0, "estimated", 0.9, (1.6, 2.5))
    report = check_image(
        picture, IndexedImage.of(BLANK, 2.0), Observations([text(size=16)], ()), None, scale, quote=False
    )
    (check,) = (check for check in report.checks if check.rule.id == "text-contrast")
    assert check.size is not None
    assert (check.size.value, check.size.low, check.size.high) == pytest.approx((16, 15.2 * 2 / 2.5, 16.8 * 2 / 1.6))
