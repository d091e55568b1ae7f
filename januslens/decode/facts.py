"""What was analyzed."""

from dataclasses import dataclass

from januslens.decode.scale import ScaleSource


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What was analyzed: sizes in pixels, scale in pixels a CSS pixel, notes on what was done to the pixels.

    scale_confidence is the confidence in the scale, 0 (assumed) to 1 (stated).
    """

    format: str
    width: int
    height: int
    scale: float
    scale_source: ScaleSource
    notes: tuple[str, ...]
    scale_confidence: float = 1.0
