"""Evidence of what a test has made by hand."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from januslens.accessibility.evidence import Evidence
from januslens.accessibility.flashing.result import FlashAnalysis
from januslens.accessibility.measure.controls import measure_controls
from januslens.accessibility.measure.links_in_text import find_links_in_text
from januslens.accessibility.measure.merging_areas import find_merging_areas
from januslens.accessibility.measure.target_spacing import targets_near
from januslens.accessibility.measure.text_contrast import measure_texts
from januslens.accessibility.targets import find_targets
from januslens.decode.geometry import Box
from januslens.decode.lossy import NO_LOSS, Loss
from januslens.decode.scale import Scale
from januslens.layout.control import Control
from januslens.raster.indexed_image import IndexedImage
from januslens.text.paragraphs import TextLine
from januslens.text.run import TextRun

GIVEN, ASSUMED = Scale(1.0, "given"), Scale(1.0, "assumed", 0.0, (2.0, 3.0))
BLANK = np.full((200, 700, 3), 255, np.uint8)


def evidence(
    *,
    scale: Scale = GIVEN,
    runs: Sequence[TextRun] = (),
    lines: Sequence[TextLine] = (),
    controls: Sequence[Control] = (),
    pixels: NDArray[np.uint8] = BLANK,
    loss: Loss = NO_LOSS,
    flashes: FlashAnalysis | None = None,
) -> Evidence:
    """Measure runs, lines, controls and pixels that need not belong together."""
    targets = find_targets(controls, lines, scale.value)
    indexed = IndexedImage.of(pixels, scale.value)
    return Evidence(
        scale=scale,
        whole=Box(0, 0, pixels.shape[1], pixels.shape[0]),
        lossy=loss != NO_LOSS,
        texts=measure_texts(runs, scale.value, loss),
        lines=lines,
        links=tuple(find_links_in_text(pixels, lines)),
        controls=measure_controls(controls),
        targets=targets,
        near=tuple(targets_near(targets, scale.value)),
        surely_near=tuple(targets_near(targets, scale.low)),
        perhaps_near=tuple(targets_near(targets, scale.high)),
        areas=tuple(find_merging_areas(indexed)),
        stride=indexed.stride,
        flashes=flashes,
    )
