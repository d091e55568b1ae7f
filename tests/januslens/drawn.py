"""Text drawn by FreeType: its colors and its place are known, because whoever draws it chose them.

The font is the one inside Pillow, Aileron: capitals are 0.70 em high, ascenders 0.75, the x-height is 0.54.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from januslens.color.notation import Rgb

X_HEIGHT: Final = 0.54
MARGIN: Final = 1.0  # em, around the text
STRIPES: Final = 3  # of a pixel of an LCD: red, green, blue
LCD_FILTER: Final = np.array([0x08, 0x4D, 0x56, 0x4D, 0x08]) / 256  # FreeType's FT_LCD_FILTER_DEFAULT


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Rgb, Rgb]:
    """Text and background of which one is lighter in every channel, so that contrast grows all the way between them."""
    one, other = (draw(st.tuples(*[st.integers(0, 255)] * 3)) for _ in range(2))
    darker, lighter = (tuple(map(pick, one, other)) for pick in (min, max))
    return (darker, lighter) if draw(st.booleans()) else (lighter, darker)


@dataclass(frozen=True)
class Drawing:
    """A line of text: pixels of shape (height, width, 3), and left, top, right, bottom of its letters' x-height."""

    pixels: NDArray[np.uint8]
    core: NDArray[np.float64]


def coverage(text: str, size: float) -> NDArray[np.float64]:
    """Return how much of each pixel the text covers, 0 to 1, with room around it."""
    font = ImageFont.load_default(size)
    margin = round(MARGIN * size)
    image = Image.new("L", (round(font.getlength(text)) + 2 * margin, round(size) + 2 * margin))
    ImageDraw.Draw(image).text((margin, margin + round(size)), text, fill=255, font=font, anchor="ls")
    return np.asarray(image) / 255


def mixed(covered: NDArray[np.float64], foreground: Rgb, background: Rgb) -> NDArray[np.uint8]:
    """Paint over a background with coverage of shape (height, width) or, by channel, (height, width, 3)."""
    share = covered if covered.ndim == 3 else covered[..., None]
    behind, paint = np.array(background, np.float64), np.array(foreground, np.float64)
    return (behind + share * (paint - behind)).round().astype(np.uint8)


def drawing_of(pixels: NDArray[np.uint8], covered: NDArray[np.float64], size: float) -> Drawing:
    """Say where the x-height is in a picture of a text's coverage."""
    columns = np.flatnonzero(covered.max(axis=0))
    baseline = round(MARGIN * size) + round(size)
    core = np.array([columns[0], baseline - round(X_HEIGHT * size), columns[-1] + 1, baseline], float)
    return Drawing(pixels, core)


def draw(text: str, foreground: Rgb, background: Rgb, size: float) -> Drawing:
    """Draw a line of text with gray anti-aliasing."""
    covered = coverage(text, size)
    return drawing_of(mixed(covered, foreground, background), covered, size)


def draw_on_lcd(text: str, foreground: Rgb, background: Rgb, size: int) -> Drawing:
    """Draw a line of text with subpixel anti-aliasing: each channel has the coverage of its own stripe."""
    fine = coverage(text, size * STRIPES)
    fine = fine[: len(fine) // STRIPES * STRIPES, : fine.shape[1] // STRIPES * STRIPES]
    stripes = fine.reshape(-1, STRIPES, fine.shape[1]).mean(axis=1)
    filtered = np.array([np.convolve(row, LCD_FILTER, "same") for row in stripes])
    covered = filtered.reshape(len(filtered), -1, STRIPES)
    return drawing_of(mixed(np.clip(covered, 0, 1), foreground, background), covered.max(axis=2), size)


def in_one_line(parts: Sequence[tuple[str, Rgb]], background: Rgb, size: int) -> tuple[Drawing, list[tuple[int, int]]]:
    """Draw words of several colors in one line; also return the first and last (exclusive) column of each."""
    font = ImageFont.load_default(size)
    margin, space = round(MARGIN * size), round(font.getlength(" "))
    widths = [round(font.getlength(text)) for text, _ in parts]
    width = sum(widths) + space * (len(parts) - 1) + 2 * margin
    pixels = np.full((size + 2 * margin, width, 3), background, np.uint8)
    whole, extents, left = np.zeros(pixels.shape[:2]), [], margin
    for (text, color), advance in zip(parts, widths, strict=True):
        image = Image.new("L", (width, len(pixels)))
        ImageDraw.Draw(image).text((left, margin + size), text, fill=255, font=font, anchor="ls")
        covered = np.asarray(image) / 255
        columns = np.flatnonzero(covered.max(axis=0))
        extents.append((int(columns[0]), int(columns[-1]) + 1))
        pixels = np.where(covered[..., None] > 0, mixed(covered, color, background), pixels)
        whole = np.maximum(whole, covered)
        left += advance + space
    return drawing_of(pixels, whole, size), extents
