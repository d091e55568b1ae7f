"""Pictures to upload, made here so that what is true of them is known."""

import io
from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import FilePayload

GRAY_ON_WHITE: Final = ("#999999", "#ffffff", "2.84:1")  # WebAIM's checker says 2.84:1, of which AA needs 4.5
RED: Final = (200, 30, 40)
FONT_PIXELS: Final = 16


def gray_on_white(name: str = "gray.png") -> FilePayload:
    """A page of one color with a single line of text on it, too pale to read."""
    return _gray_lines(name, (80,))


def three_lines() -> FilePayload:
    """The same line three times."""
    return _gray_lines("three.png", (20, 80, 140))


def red_card() -> FilePayload:
    """A red area, and below it the line."""
    picture = Image.open(io.BytesIO(gray_on_white()["buffer"]))
    picture.paste(RED, (0, 0, 400, 60))
    content = io.BytesIO()
    picture.save(content, "PNG")
    return {"name": "card.png", "mimeType": "image/png", "buffer": content.getvalue()}


def as_jpeg(name: str, media_type: str) -> FilePayload:
    """The line as JPEG, under a name and the media type that a system has for it."""
    content = io.BytesIO()
    Image.open(io.BytesIO(gray_on_white()["buffer"])).save(content, "JPEG", quality=95)
    return {"name": name, "mimeType": media_type, "buffer": content.getvalue()}


def _gray_lines(name: str, tops: Sequence[int]) -> FilePayload:
    foreground, background, _ = GRAY_ON_WHITE
    picture = Image.new("RGB", (400, 200), background)
    font = ImageFont.load_default(FONT_PIXELS)
    for top in tops:
        ImageDraw.Draw(picture).text((40, top), "Delivered on Thursday morning", foreground, font)
    content = io.BytesIO()
    picture.save(content, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": content.getvalue()}


def cut_short() -> FilePayload:
    whole = gray_on_white("cut-short.png")
    return {**whole, "buffer": whole["buffer"][:200]}
