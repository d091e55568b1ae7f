"""Restoration of chroma at full resolution, where a JPEG stores one value per 2 x 2 pixels (4:2:0).

Enlarged chroma bleeds over edges: a thin blue letter turns gray, and its surroundings turn bluish. Luma is stored for
every pixel, and where two colors meet chroma follows it, because all mixes of two colors lie on a straight line. So in
each small window the line that best fits chroma to luma is found and evaluated at the luma of each pixel. Where luma
does not predict chroma, as in many photographs, chroma is left unchanged.

Sources: K. He, J. Sun, X. Tang, "Guided Image Filtering", IEEE TPAMI 35 (2013), for lines fitted in windows; ITU-T
T.871 (JFIF), section 7, for the conversion and the positions of the chroma samples.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

REACH: Final = 4  # values of chroma to each side: a window is about as wide as a block of chroma, 16 pixels
NOTHING: Final = 1.0  # levels², of luma: where it varies less, it does not predict chroma
MISFIT: Final = 0.5  # levels², of chroma: below it one line fits as well as another
"""Of 69 text colors on 15 pages at quality 90, 94 % kept some pixels within 2 of CIEDE2000 at a reach of 3 to 8 alike,
77 % without all this; the other two may be four times as large or small."""
NOISE: Final = 1.0  # levels², of chroma: what quantization leaves
UNEXPLAINED: Final = 0.25  # of chroma's variance: where the line leaves as much, it says nothing that holds
GRAY: Final = np.float32(128)  # of chroma
ROWS_AT_A_TIME: Final = 128  # of chroma: some 100 MB for an image 10,000 pixels wide

HALVED: Final = ((2, 2), (1, 1), (1, 1))  # sampling factors of luma and of both chromas: 4:2:0
RGB_COMPONENTS: Final = [82, 71, 66]  # "RGB", libjpeg's sign of a file that has no chroma

type Planes = NDArray[np.float32]


def has_halved_chroma(image: Image.Image) -> bool:
    """Return whether a file is a JPEG that stores chroma once per 2 x 2 pixels (4:2:0), and is not grayscale or CMYK.

    The file has been opened with Pillow but not decoded yet.
    """
    if not isinstance(image, JpegImageFile) or image.mode != "RGB" or image.info.get("adobe_transform", 1) != 1:
        return False
    components = [component[0] for component in image.layer]
    sampling = tuple(component[1:3] for component in image.layer)
    return sampling == HALVED and components != RGB_COMPONENTS


def decode_chroma(image: Image.Image) -> Image.Image:
    """Decode a JPEG with halved chroma to RGB, with its chroma restored to full resolution by `restore_chroma`.

    The decoder's YCbCr output is used, before its conversion to RGB, which clips values outside the range of 8 bits.
    The image has been opened with Pillow but not decoded, and must satisfy `has_halved_chroma`. The result keeps its
    `info`.
    """
    image.draft("YCbCr", image.size)
    image.load()
    restored = Image.fromarray(restore_chroma(np.asarray(image)), "YCbCr").convert("RGB")
    restored.info = image.info
    return restored


def restore_chroma(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return YCbCr pixels, shape (height, width, 3), with the enlarged chroma predicted from luma where possible.

    The chroma of the input was stored once per 2 x 2 pixels and enlarged by the decoder, so that it bleeds over edges.
    In each small window, the line that best fits chroma to luma is evaluated at the luma of each pixel. Luma is
    unchanged, and so is chroma where luma does not predict it, as in many photographs.
    """
    height, width = pixels.shape[:2]
    odd = height % 2, width % 2
    even = np.pad(pixels, ((0, odd[0]), (0, odd[1]), (0, 0)), mode="edge") if any(odd) else pixels
    restored = even.copy()
    for rows, around in _bands(len(even) // 2):
        lines = _lines(_halved(even[2 * around.start : 2 * around.stop]))
        inner = lines[:, rows.start - around.start : rows.stop - around.start]
        slope, offset, trust = inner.repeat(2, axis=1).repeat(2, axis=2).reshape(3, 2, -1, even.shape[1])
        luma, *decoded = _planes(even[2 * rows.start : 2 * rows.stop])
        chroma = decoded + trust * (slope * luma + offset - decoded) + GRAY
        restored[2 * rows.start : 2 * rows.stop, :, 1:] = np.clip(np.rint(chroma), 0, 255).transpose(1, 2, 0)
    return restored[:height, :width]


def _planes(pixels: NDArray[np.uint8]) -> Planes:
    """Return luma and both chromas minus 128, shape (3, rows, columns)."""
    planes: Planes = pixels.transpose(2, 0, 1).astype(np.float32)
    planes -= GRAY
    return planes


def _bands(height: int) -> Iterator[tuple[slice, slice]]:
    """Yield slices of rows, and each one extended by all the rows that it depends on."""
    around = 2 * REACH + 2
    for top in range(0, height, ROWS_AT_A_TIME):
        bottom = min(top + ROWS_AT_A_TIME, height)
        yield slice(top, bottom), slice(max(0, top - around), min(height, bottom + around))


def _halved(pixels: NDArray[np.uint8]) -> Planes:
    """Return luma and both chromas per 2 x 2 pixels, minus 128, shape (3, rows, columns), without fine detail.

    Quantization removes fine detail from chroma first: if luma kept it, chroma would seem to follow luma less than it
    does.
    """
    planes = _planes(pixels)
    rows = planes[:, ::2] + planes[:, 1::2]
    means: Planes = np.multiply(rows[:, :, ::2] + rows[:, :, 1::2], 1 / 4, dtype=np.float32)
    means[0] = _as_enlarged(_as_enlarged(means[0]).T).T
    return _means_of_three(means, 1)


def _as_enlarged(plane: Planes) -> Planes:
    """Blur a plane along its columns as much as halving and the decoders' triangle filter do together."""
    padded = np.pad(plane, ((1, 1), (0, 0)), mode="edge")
    blurred: Planes = np.float32(1 / 8) * (padded[:-2] + padded[2:]) + np.float32(6 / 8) * padded[1:-1]
    return blurred


def _lines(means: Planes) -> Planes:
    """Return slope and offset of both chromas' lines through luma, and their trust, shape (6, rows, columns).

    Each value is in many windows and takes the mean of their lines, weighted by how well they fit.
    """
    luma, chroma = means[0], means[1:]
    sums = _window_means(np.concatenate([means, luma * means, chroma * chroma]))
    of_luma, of_chroma = sums[0], sums[1:3]
    luma_variance = np.maximum(sums[3] - of_luma**2, 0)
    together = sums[4:6] - of_luma * of_chroma
    variance = np.maximum(sums[6:8] - of_chroma**2, 0)
    slope = together / (luma_variance + NOTHING)
    misfit = np.maximum(variance - slope * (2 * together - slope * luma_variance), 0)
    weight = 1 / (misfit + MISFIT)
    parts = (weight, weight * slope, weight * (of_chroma - slope * of_luma), weight * misfit, weight * variance)
    whole, slope, offset, misfit, variance = _window_means(np.concatenate(parts)).reshape(5, 2, *luma.shape)
    misfit, variance = misfit / whole, variance / whole
    trust = np.clip(1 - (misfit - NOISE) / (UNEXPLAINED * np.maximum(variance, NOISE)), 0, 1)
    return np.concatenate([slope / whole, offset / whole, trust])


def _window_means(planes: Planes) -> Planes:
    """Return the means of the 9 x 9 values around each value of planes (n, rows, columns): REACH to each side."""
    return _means_of_three(_means_of_three(planes, 1), 3)


def _means_of_three(planes: Planes, apart: int) -> Planes:
    """Return the means of 3 x 3 values at a given spacing; the outermost values are repeated beyond the edges."""
    for axis in (1, 2):
        padded = np.pad(planes.swapaxes(axis, 2), ((0, 0), (0, 0), (apart, apart)), mode="edge")
        means = (padded[..., : -2 * apart] + padded[..., apart:-apart] + padded[..., 2 * apart :]) / np.float32(3)
        planes = means.swapaxes(axis, 2)
    return planes
