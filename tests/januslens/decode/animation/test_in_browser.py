"""The frames are those that Chromium decodes."""

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from januslens.decode.animation.frames import open_animation
from tests.januslens.decode.animation.conftest import Decoded
from tests.januslens.decode.animation.files import CLEAR, KEEP, OVER, RESTORE, SOURCE, Drawn, apng, gif
from tests.januslens.encoded import encoded

ROUNDING = 1  # level, of what half transparent pixels are on white
LETTERS = np.array(list("kwrgb."))


def random_frames(seed: int) -> list[Drawn]:
    """Frames of any size, place, disposal and blending, the first of them as large as the picture."""
    random = np.random.default_rng(seed)
    frames = []
    for number in range(12):
        width, height = (8, 6) if number == 0 else random.integers(1, 5, 2)
        x, y = (0, 0) if number == 0 else (random.integers(0, 9 - width), random.integers(0, 7 - height))
        frames.append(
            Drawn(
                rows=["".join(random.choice(LETTERS, width)) for _ in range(height)],
                x=int(x),
                y=int(y),
                delay=int(random.integers(2, 50)),
                disposal=int(random.choice([KEEP, CLEAR, RESTORE])),
                blend=int(random.choice([SOURCE, OVER])),
            )
        )
    return frames


def pillows(file_format: str, **options: object) -> bytes:
    """A moving gradient, half transparent in places."""
    levels = Image.linear_gradient("L").resize((40, 30))
    frames = [
        Image.merge("RGBA", (levels.rotate(turn), levels, levels.rotate(-turn), levels.rotate(2 * turn)))
        for turn in (0, 30, 90, 200)
    ]
    return encoded(
        frames[0], file_format, save_all=True, append_images=frames[1:], duration=[30, 40, 110, 50], **options
    )


FILES = {
    **{f"GIF {seed}": ("image/gif", gif((8, 6), random_frames(seed))) for seed in range(8)},
    **{f"PNG {seed}": ("image/png", apng((8, 6), random_frames(seed))) for seed in range(8)},
    "PNG without alpha": ("image/png", apng((8, 6), random_frames(9), alpha=False)),
    "PNG with another picture before": ("image/png", apng((8, 6), random_frames(3), default=random_frames(4)[0])),
    "GIF that restores by 4": (
        "image/gif",
        gif((8, 6), [*random_frames(1)[:2], Drawn(["b"], disposal=3), Drawn(["g"])]),
    ),
    "GIF whose first image is small": ("image/gif", gif((9, 9), random_frames(6))),
    "GIF larger than its screen": ("image/gif", gif((4, 3), random_frames(5))),
    "GIF by Pillow": ("image/gif", pillows("GIF", disposal=2, loop=0)),
    "PNG by Pillow": ("image/png", pillows("PNG", blend=0, disposal=1)),
    "WebP": ("image/webp", pillows("WEBP", lossless=True, exact=True, loop=0)),
    "lossy WebP": ("image/webp", pillows("WEBP", quality=60, loop=0)),
}


@pytest.mark.parametrize(("kind", "data"), FILES.values(), ids=FILES)
def test_frames_are_those_of_the_browser(
    kind: str, data: bytes, decoded_by_browser: Callable[[bytes, str], Decoded]
) -> None:
    theirs = decoded_by_browser(data, kind)
    animation = open_animation(data, max_pixels=10_000)
    assert animation is not None
    ours = list(animation.frames)
    assert [frame.duration for frame in ours] == pytest.approx(theirs.durations)
    differences = [
        int(np.abs(frame.pixels.astype(int) - other).max()) for frame, other in zip(ours, theirs.frames, strict=True)
    ]
    assert max(differences) <= ROUNDING


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("image/gif", gif((3, 3), random_frames(0)[1:3], loop=b"")),
        ("image/gif", gif((3, 3), random_frames(0)[1:3], loop=b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00")),
        ("image/gif", gif((3, 3), random_frames(0)[1:3], loop=b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x02\x00\x00")),
        ("image/gif", gif((3, 3), random_frames(0)[1:3], loop=b"\x21\xff\x0bANIMEXTS1.0\x03\x01\x02\x00\x00")),
        ("image/png", apng((8, 6), random_frames(0), plays=0)),
        ("image/png", apng((8, 6), random_frames(0), plays=1)),
        ("image/png", apng((8, 6), random_frames(0), plays=3)),
        ("image/webp", pillows("WEBP", loop=0)),
        ("image/webp", pillows("WEBP", loop=1)),
        ("image/webp", pillows("WEBP", loop=3)),
    ],
)
def test_an_animation_plays_as_often_as_in_the_browser(
    kind: str, data: bytes, decoded_by_browser: Callable[[bytes, str], Decoded]
) -> None:
    animation = open_animation(data, max_pixels=10_000)
    assert animation is not None
    plays = float("inf") if animation.plays is None else animation.plays
    assert plays == 1 + decoded_by_browser(data, kind).repetitions
