"""Properties of an analyzed image, as stated in its result."""

from dataclasses import dataclass

from januslens.decode.scale import ScaleSource


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """The properties of an analyzed image.

    format is the file format by its content, such as PNG. width and height are in pixels, after rotation by EXIF. scale
    is the number of device pixels per CSS pixel, scale_source says how it was determined (see `decode.scale`), and
    scale_confidence is its probability, from 0 (assumed) to 1 (stated).

    notes are sentences for people on how the pixels were changed while decoding, such as the application of a color
    profile.
    """

    format: str
    width: int
    height: int
    scale: float
    scale_source: ScaleSource
    notes: tuple[str, ...]
    scale_confidence: float = 1.0
