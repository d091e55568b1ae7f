"""Where in a picture a check looked, for machines and for people.

Source: Media Fragments URI 1.0, section 4.2.2, https://www.w3.org/TR/media-frags/#naming-space
"""

from typing import Final

from januslens.accessibility.check import Check
from januslens.decode.geometry import Box

SPECIFICATION: Final = "http://www.w3.org/TR/media-frags/"


def fragment(box: Box) -> str:
    """Return a box as a media fragment, in the picture's pixels: `xywh=10,20,100,16`."""
    return f"xywh={box.x},{box.y},{box.width},{box.height}"


def place(check: Check) -> str:
    """Say where a check looked, and at which text if it was read."""
    box = check.box
    where = f"{box.x}, {box.y} ({box.width} × {box.height} px)"
    return f"“{check.text}” at {where}" if check.text else f"At {where}"
