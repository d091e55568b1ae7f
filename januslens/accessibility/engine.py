"""All rules on one picture: its accessibility report."""

from collections.abc import Iterator

from januslens.accessibility.check import Check
from januslens.accessibility.fixes import palette_fixes, with_fixes
from januslens.accessibility.flashing.analysis import analyze_flashing
from januslens.accessibility.ocr_text import with_ocr_text
from januslens.accessibility.report import AccessibilityReport
from januslens.accessibility.rules.catalog import RULES
from januslens.accessibility.rules.color_vision import check_color_vision
from januslens.accessibility.rules.flashing import check_flashing
from januslens.accessibility.rules.images_of_text import check_images_of_text
from januslens.accessibility.rules.link_distinguishable import check_links
from januslens.accessibility.rules.non_text_contrast import check_non_text_contrast
from januslens.accessibility.rules.target_size import check_target_size
from januslens.accessibility.rules.target_size_enhanced import check_target_size_enhanced
from januslens.accessibility.rules.text_contrast import check_text_contrast
from januslens.accessibility.rules.text_contrast_enhanced import check_text_contrast_enhanced
from januslens.accessibility.rules.text_size import check_text_size
from januslens.accessibility.rules.text_spacing_tight import check_text_spacing
from januslens.accessibility.targets import find_targets
from januslens.decode.animation.frames import Animation
from januslens.decode.geometry import Box
from januslens.decode.image import DecodedImage
from januslens.decode.scale import Scale
from januslens.layout.controls import Observations
from januslens.raster.indexed_image import IndexedImage
from januslens.text.paragraphs import text_lines


def check_image(
    picture: DecodedImage,
    flat: IndexedImage,
    seen: Observations,
    animation: Animation | None,
    scale: Scale,
    *,
    quote: bool,
) -> AccessibilityReport:
    """Check a picture against all rules; flat is its palette, seen its text and controls, animation its frames if any.

    quote says whether text is read where something is found.
    """
    found = list(with_fixes(_checks(picture, flat, seen, scale)))
    if animation is not None:
        whole = Box(0, 0, picture.width, picture.height)
        found.append(check_flashing(analyze_flashing(animation, scale.value), whole, scale))
    checks = sorted(found, key=lambda check: (check.box.y, check.box.x))
    if quote:
        checks = with_ocr_text(picture.pixels, checks, scale.value)
    used = {check.rule.id for check in checks}
    inapplicable = tuple(rule for rule in RULES if rule.id not in used)
    return AccessibilityReport(tuple(checks), palette_fixes(checks), inapplicable)


def _checks(picture: DecodedImage, flat: IndexedImage, seen: Observations, scale: Scale) -> Iterator[Check]:
    runs, controls = seen.runs, seen.controls
    lines = text_lines(runs, scale.value)
    yield from check_text_contrast(runs, scale, loss=picture.loss)
    yield from check_text_contrast_enhanced(runs, scale, loss=picture.loss)
    yield from check_text_size(runs, scale)
    yield from check_text_spacing(lines, scale.value)
    yield from check_links(picture.pixels, lines, scale.value)
    yield from check_images_of_text(runs)
    yield from check_color_vision(flat)
    targets = find_targets(controls, lines, scale.value)
    yield from check_target_size(targets, scale)
    yield from check_target_size_enhanced(targets, scale)
    yield from check_non_text_contrast(controls, scale)
