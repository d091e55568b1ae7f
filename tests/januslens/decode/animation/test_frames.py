"""Which images are animations, how long their frames are shown, and what becomes of large and of damaged ones."""

import struct
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from januslens.decode.animation.frames import Animation, CutShort, Frame, open_animation
from januslens.decode.image import decode
from januslens.decode.rejection import FormatUnsupported, ImageCorrupt, ImageRejected, ImageTooLarge
from tests.januslens.decode.animation.files import CLEAR, RESTORE, Drawn, apng, gif
from tests.januslens.encoded import encoded
from tests.januslens.icc import adobe_rgb
from tests.januslens.png import with_right_sums

BUDGET = 10_000
FRAMES = [
    Drawn(["rrr", "kwb", "g.k"], disposal=CLEAR),
    Drawn(["b.", "ww"], 1, 0, disposal=RESTORE),
    Drawn(["g"], 2, 2),
    Drawn(["kk"], 0, 1),
]
PILLOWS = [Image.linear_gradient("L").resize((12, 8)).rotate(turn).convert("RGB") for turn in (0, 90, 180)]


def pillows(file_format: str, **options: object) -> bytes:
    options = {"duration": 100, "loop": 0} | options
    return encoded(PILLOWS[0], file_format, save_all=True, append_images=PILLOWS[1:], **options)


FILES = {"GIF": gif((3, 3), FRAMES), "PNG": apng((3, 3), FRAMES), "WebP": pillows("WEBP"), "AVIF": pillows("AVIF")}


def open_image(data: bytes, max_pixels: int = BUDGET) -> Animation:
    animation = open_animation(data, max_pixels=max_pixels)
    assert animation is not None
    return animation


def seen(data: bytes) -> tuple[list[Frame], bool]:
    """The frames, and whether they are all."""
    shown: list[Frame] = []
    try:
        shown.extend(open_image(data).frames)
    except CutShort:
        return shown, False
    return shown, True


def collected(frames: Iterator[Frame]) -> Iterator[Frame]:
    """The frames up to where they are cut short."""
    try:
        yield from frames
    except CutShort:
        return


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_the_first_frame_is_the_still_image(data: bytes) -> None:
    first = next(open_image(data).frames)
    assert np.array_equal(first.pixels, decode(data, max_pixels=BUDGET).pixels)


@pytest.mark.parametrize(("name", "number"), [("GIF", 4), ("PNG", 4), ("WebP", 3), ("AVIF", 3)])
def test_all_frames_are_shown(name: str, number: int) -> None:
    frames, complete = seen(FILES[name])
    assert (len(frames), complete) == (number, True)
    assert {frame.pixels.dtype for frame in frames} == {np.dtype(np.uint8)}
    assert [frame.duration for frame in frames] == pytest.approx([0.1] * number)


@pytest.mark.parametrize(
    "data",
    [
        *(encoded(PILLOWS[0], kind) for kind in ("GIF", "PNG", "WEBP", "AVIF", "JPEG")),
        encoded(PILLOWS[0], "MPO", save_all=True, append_images=PILLOWS[1:]),
        gif((3, 3), FRAMES[:1]),
        apng((3, 3), FRAMES[:1]),
        apng((3, 3), FRAMES[:1], default=FRAMES[0]),
    ],
    ids=[
        "GIF",
        "PNG",
        "WebP",
        "AVIF",
        "JPEG",
        "MPO",
        "GIF that may be one",
        "PNG of one frame",
        "PNG of one beside it",
    ],
)
def test_a_still_image_is_no_animation(data: bytes) -> None:
    assert open_animation(data, max_pixels=BUDGET) is None


@pytest.mark.parametrize(("stated", "shown"), [(0, 0.1), (1, 0.1), (2, 0.02), (3, 0.03), (250, 2.5)])
@pytest.mark.parametrize("make", [gif, apng])
def test_a_delay_of_up_to_10_ms_becomes_100_ms(
    stated: int, shown: float, make: Callable[[tuple[int, int], list[Drawn]], bytes]
) -> None:
    frames, _ = seen(make((1, 1), [Drawn(["r"], delay=stated), Drawn(["b"], delay=50)]))
    assert [frame.duration for frame in frames] == pytest.approx([shown, 0.5])


@pytest.mark.parametrize(("stated", "shown"), [(0, 0.1), (10, 0.1), (11, 0.011), (20, 0.02)])
def test_a_delay_in_milliseconds_of_up_to_10_becomes_100(stated: int, shown: float) -> None:
    frames, _ = seen(pillows("WEBP", duration=[stated, 500, 500]))
    assert frames[0].duration == pytest.approx(shown)


def test_a_png_s_delay_without_a_denominator_is_in_hundredths() -> None:
    data = bytearray(apng((1, 1), [Drawn(["r"], delay=30), Drawn(["b"])]))
    place = data.index(b"fcTL") + 4 + 22
    data[place : place + 2] = b"\0\0"
    assert next(open_image(with_right_sums(bytes(data))).frames).duration == pytest.approx(0.3)


def test_a_file_without_a_frame_delay_shows_each_for_100_ms() -> None:
    frames, _ = seen(gif((1, 1), [Drawn(["r"], stated=False), Drawn(["b"], stated=False)]))
    assert [frame.duration for frame in frames] == [0.1, 0.1]


@pytest.mark.parametrize("file_format", ["PNG", "WEBP"])
def test_frames_are_turned_upright_as_the_still_image_is(file_format: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = pillows(file_format, exif=exif)
    first = next(open_image(data).frames)
    assert first.pixels.shape == (12, 8, 3)
    assert np.array_equal(first.pixels, decode(data, max_pixels=BUDGET).pixels)


@pytest.mark.parametrize("file_format", ["PNG", "WEBP"])
def test_colors_are_converted_from_an_embedded_profile(file_format: str) -> None:
    options = {"lossless": True} if file_format == "WEBP" else {}
    plain, converted = (
        next(open_image(pillows(file_format, **options, **profile)).frames).pixels
        for profile in ({}, {"icc_profile": adobe_rgb()})
    )
    assert np.array_equal(plain, np.asarray(PILLOWS[0]))
    data = pillows(file_format, **options, icc_profile=adobe_rgb())
    assert np.array_equal(converted, decode(data, max_pixels=BUDGET).pixels)


def test_an_interlaced_gif_is_put_in_order() -> None:
    data = gif((3, 9), [Drawn(["rrr", "ggg", "bbb"] * 3), Drawn(["k"])])
    place = data.index(struct.pack("<BHHHH", 0x2C, 0, 0, 3, 9)) + 9
    first = next(open_image(data[:place] + b"\x40" + data[place + 1 :]).frames)
    passes = [row for start, step in ((0, 8), (4, 8), (2, 4), (1, 2)) for row in range(start, 9, step)]  # appendix E
    stored = [tuple(int(part) for part in first.pixels[row, 0]) for row in passes]
    assert stored == [(255, 0, 0), (0, 160, 0), (0, 0, 255)] * 3


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_a_frame_of_too_many_pixels_is_refused(data: bytes) -> None:
    with pytest.raises(ImageTooLarge):
        open_animation(data, max_pixels=8)


def test_a_gif_s_first_image_may_make_it_too_large() -> None:
    with pytest.raises(ImageTooLarge):
        open_animation(gif((1, 1), [Drawn(["r"], 60_000, 60_000), Drawn(["b"])]), max_pixels=BUDGET)


def test_a_later_image_of_too_many_pixels_isn_t_decoded() -> None:
    wide = Drawn(["r" * (BUDGET + 1)])
    frames, complete = seen(gif((3, 3), [*FRAMES, wide]))
    assert (len(frames), complete) == (len(FRAMES), False)


def test_frames_are_decoded_one_by_one() -> None:
    data = FILES["PNG"]
    place = data.index(b"fdAT") + 10
    damaged = with_right_sums(data[:place] + b"\xff\xff" + data[place + 2 :])
    frames = open_image(damaged).frames
    assert next(frames).pixels.shape == (3, 3, 3)
    with pytest.raises(CutShort, match="after frame 1"):
        next(frames)


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_an_animation_of_too_many_frames_is_cut_short(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("januslens.decode.animation.frames.MAX_FRAMES", 2)
    frames, complete = seen(data)
    assert (len(frames), complete) == (2, False)


@pytest.mark.parametrize("name", ["GIF", "PNG"])
def test_an_animation_of_too_many_pixels_is_cut_short(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "januslens.decode.animation.frames.MAX_PIXELS", 3 * 9
    )  # each frame counts whole, since each is shown whole
    frames, complete = seen(FILES[name])
    assert (len(frames), complete) == (3, False)


@pytest.mark.parametrize(("name", "numbers"), [("GIF", {2, 3, 4}), ("PNG", {2, 3})])  # one is a still image
def test_a_file_cut_anywhere_shows_the_frames_before_the_cut(name: str, numbers: set[int]) -> None:
    whole, _ = seen(FILES[name])
    seen_numbers = set()
    for length in range(len(FILES[name])):
        try:
            animation = open_animation(FILES[name][:length], max_pixels=BUDGET)
        except ImageRejected:
            continue
        if animation is None:
            continue
        shown = list(collected(animation.frames))
        seen_numbers.add(len(shown))
        assert all(np.array_equal(ours.pixels, theirs.pixels) for ours, theirs in zip(shown, whole, strict=False))
    assert seen_numbers == numbers


def test_a_gif_needs_no_end() -> None:
    frames, complete = seen(FILES["GIF"][:-1])
    assert (len(frames), complete) == (4, True)


@pytest.mark.parametrize("name", ["GIF", "PNG"])
def test_what_is_cut_within_a_frame_is_not_complete(name: str) -> None:
    frames, complete = seen(FILES[name][:-20])
    assert (len(frames), complete) == (3, False)


def test_a_png_s_checksums_count() -> None:
    data = FILES["PNG"]
    place = data.rindex(b"fcTL") + 25
    frames, complete = seen(data[:place] + b"\x07" + data[place + 1 :])
    assert (len(frames), complete) == (2, False)  # a frame ends where the next begins


@pytest.mark.parametrize(
    ("place", "changed"),
    [(4, b"\0\0\0\x09"), (12, b"\0\0\0\x03"), (8, bytes(4)), (28, b"\x03")],
    ids=["out of sequence", "beyond the picture", "without pixels", "of unknown disposal"],
)
def test_a_png_s_misplaced_frame_ends_it(place: int, changed: bytes) -> None:
    data = FILES["PNG"]
    start = data.rindex(b"fcTL") + place
    frames, complete = seen(with_right_sums(data[:start] + changed + data[start + len(changed) :]))
    assert (len(frames), complete) == (3, False)


def test_other_files_are_refused() -> None:
    with pytest.raises(FormatUnsupported):
        open_animation(b"BM" + bytes(100), max_pixels=BUDGET)
    with pytest.raises(ImageCorrupt):
        open_animation(b"GIF89a", max_pixels=BUDGET)


def survives(data: bytes) -> None:
    """Opening and playing raise nothing but what is documented."""
    try:
        animation = open_animation(data, max_pixels=BUDGET)
    except ImageRejected:
        return
    for frame in collected(animation.frames) if animation else ():
        assert frame.pixels.shape[2] == 3
        assert frame.duration > 0.01


@pytest.mark.parametrize("data", [FILES["GIF"], FILES["PNG"]], ids=["GIF", "PNG"])
@pytest.mark.parametrize("mask", [0xFF, 0x01, 0x80])
def test_a_file_with_one_byte_changed_is_refused_or_played(data: bytes, mask: int) -> None:
    for place in range(len(data)):
        changed = data[:place] + bytes([data[place] ^ mask]) + data[place + 1 :]
        survives(with_right_sums(changed) if data[1:4] == b"PNG" else changed)


@given(
    st.sampled_from(sorted(FILES)),
    st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=4), st.integers(0, 4)), min_size=1, max_size=6),
)
def test_a_file_changed_in_several_places_is_refused_or_played(name: str, edits: list[tuple[int, bytes, int]]) -> None:
    data = FILES[name]
    for place, inserted, left_out in edits:
        start = place % len(data)
        data = data[:start] + inserted + data[start + left_out :] or b"\0"
    survives(with_right_sums(data) if name == "PNG" else data)
