"""Properties of an analyzed image, as stated in its result."""

from dataclasses import dataclass

from januslens.decode.scale import ScaleSource


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """The properties of an analyzed image, as stated in its result.

    format is the file format by its content, such as PNG. width and height are in pixels, after rotation by EXIF. scale
    is the number of device pixels per CSS pixel; scale_source says how it was determined: given by the caller, by pixel
    density or file name, that of an animation, estimated from the image's size and text, or assumed. scale_confidence
    is the probability that it is right to within a tenth, from 0 (assumed) to 1 (stated). scale_interval is from the
    smallest to the largest scale that the image may have, and None in results written before there was one.

    notes are sentences for people on how the image was decoded, such as the application of a color profile, or that
    only the first frame of an animation was analyzed.
    """

    format: str
    width: int
    height: int
    scale: float
    scale_source: ScaleSource
    notes: tuple[str, ...]
    scale_confidence: float = 1.0
    scale_interval: tuple[float, float] | None = None
