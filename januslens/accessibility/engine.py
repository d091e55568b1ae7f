"""All rules on one image: its accessibility report."""

from januslens.accessibility.evidence import Evidence
from januslens.accessibility.fixes import palette_fixes, with_fixes
from januslens.accessibility.flashing.analysis import analyze_flashing
from januslens.accessibility.measure.controls import measure_controls
from januslens.accessibility.measure.links_in_text import find_links_in_text
from januslens.accessibility.measure.merging_areas import find_merging_areas
from januslens.accessibility.measure.target_spacing import targets_near
from januslens.accessibility.measure.text_contrast import measure_texts
from januslens.accessibility.ocr_text import with_ocr_text
from januslens.accessibility.report import AccessibilityReport
from januslens.accessibility.rules import RULES
from januslens.accessibility.targets import find_targets
from januslens.decode.animation.frames import Animation
from januslens.decode.geometry import Box
from januslens.decode.image import DecodedImage
from januslens.decode.scale import Scale
from januslens.layout.control import Observations
from januslens.raster.indexed_image import IndexedImage
from januslens.text.paragraphs import text_lines


def check_image(
    image: DecodedImage,
    indexed: IndexedImage,
    observations: Observations,
    animation: Animation | None,
    scale: Scale,
    *,
    quote: bool,
) -> AccessibilityReport:
    """Check an image against all rules and return its accessibility report.

    indexed is the same image as palette indices; observations are its text and controls; animation has its frames, None
    for a still image. quote says whether to read by OCR the text at the worst places of the report's issues. Checks are
    sorted from top to bottom, then from left to right. Raises ModelMissing if text is to be read and the network for it
    is not installed.
    """
    evidence = _evidence(image, indexed, observations, animation, scale)
    found = with_fixes(check for rule in RULES for check in rule.check(evidence))
    checks = sorted(found, key=lambda check: (check.box.y, check.box.x))
    if quote:
        checks = with_ocr_text(image.pixels, checks, scale.value)
    used = {check.rule for check in checks}
    inapplicable = tuple(rule for rule in RULES if rule not in used)
    return AccessibilityReport(tuple(checks), palette_fixes(checks), inapplicable)


def _evidence(
    image: DecodedImage, indexed: IndexedImage, observations: Observations, animation: Animation | None, scale: Scale
) -> Evidence:
    """Measure what the rules judge."""
    lines = text_lines(observations.runs, scale.value)
    targets = find_targets(observations.controls, lines, scale.value)
    near = {each: tuple(targets_near(targets, each)) for each in {scale.low, scale.value, scale.high}}
    return Evidence(
        scale=scale,
        whole=Box(0, 0, image.width, image.height),
        lossy=image.lossy,
        texts=measure_texts(observations.runs, scale.value, image.loss),
        lines=lines,
        links=tuple(find_links_in_text(image.pixels, lines)),
        controls=measure_controls(observations.controls),
        targets=targets,
        near=near[scale.value],
        surely_near=near[scale.low],
        perhaps_near=near[scale.high],
        areas=tuple(find_merging_areas(indexed)),
        stride=indexed.stride,
        flashes=None if animation is None else analyze_flashing(animation, scale.value),
    )
