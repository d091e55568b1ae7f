"""All rules on an image whose text was made by hand."""

from januslens.accessibility.engine import check_image
from januslens.decode.image import DecodedImage
from januslens.decode.lossy import NO_LOSS
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
