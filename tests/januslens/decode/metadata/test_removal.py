"""Metadata leave a file, and what it shows stays, to the byte of its analysis."""

import io
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

import januslens
from januslens import FormatUnsupported, MetadataUnreadable, without_metadata
from januslens.decode.metadata.orientation import PREFIX
from tests.januslens.decode.metadata.files import (
    FILES,
    ORIENTATION,
    OTHER,
    PICTURE,
    SECRETS,
    XMP,
    chunk,
    chunks,
    described,
    exif,
    shown,
)
from tests.januslens.encoded import encoded
from tests.januslens.icc import adobe_rgb
from tests.januslens.png import SIGNATURE, with_right_sums
from tests.shared import SHARED, needs_shared

CORPUS = SHARED / "corpora" / "images"
MAX_GROWTH = 64
TURNED = b"MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"  # 6
MAX_SECONDS = 4.0  # of computing, for 2 MB; each takes below 1
each_file = pytest.mark.parametrize("name", FILES)


@each_file
def test_nothing_that_describes_the_picture_is_left(name: str) -> None:
    there = [secret for secret in SECRETS if secret in FILES[name]]
    assert there
    assert [secret for secret in there if secret in without_metadata(FILES[name])] == []


@each_file
def test_a_file_is_shown_as_before(name: str) -> None:
    picture = shown(FILES[name])
    assert picture is not None
    assert shown(without_metadata(FILES[name])) == picture


@each_file
def test_a_file_without_metadata_stays_as_it_is(name: str) -> None:
    without = without_metadata(FILES[name])
    assert without_metadata(without) == without


@pytest.mark.parametrize("orientation", range(10))
@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP", "AVIF"])
def test_a_turned_picture_stays_turned(file_format: str, orientation: int) -> None:
    if file_format == "AVIF" and orientation not in range(1, 9):
        orientation = 1  # its encoder knows no others
    data = described(file_format, orientation)
    assert shown(without_metadata(data)) == shown(data)


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP"])
def test_of_the_exif_data_only_the_orientation_is_left(file_format: str) -> None:
    assert dict(_exif_of(without_metadata(described(file_format, 6)))) == {ORIENTATION: 6}
    assert dict(_exif_of(without_metadata(described(file_format, 1)))) == {}


def _exif_of(data: bytes) -> Image.Exif:
    return Image.open(io.BytesIO(data)).getexif()


def test_what_decides_how_a_png_looks_stays() -> None:
    kept = [(b"gAMA", (45455).to_bytes(4)), (b"cHRM", bytes(32)), (b"cICP", bytes([9, 16, 0, 1])), (b"sRGB", b"\0")]
    kept += [(b"pHYs", (5669).to_bytes(4) * 2 + b"\1"), (b"sBIT", b"\x08\x08\x08"), (b"mDCV", bytes(24))]
    header, *rest = chunks(encoded(Image.new("RGB", (4, 4)), "PNG"))
    private = [(b"prVt", b"48.8584"), (b"iDOT", bytes(28)), (b"caBX", b"48.8584"), (b"tEXt", b"Comment\0a comment")]
    data = SIGNATURE + b"".join(chunk(*each) for each in [header, *kept, *private, *rest])
    assert chunks(without_metadata(data)) == [header, *kept, *rest]


def test_what_decides_how_a_jpeg_looks_stays() -> None:
    inks = Image.new("CMYK", (16, 16), (0, 100, 200, 30))
    data = encoded(inks, "JPEG", icc_profile=adobe_rgb(), dpi=(144, 144), exif=exif(None), comment=b"a comment")
    without = without_metadata(data)
    assert b"Adobe" in without
    assert b"ICC_PROFILE\0" in without
    assert data != without


def test_a_thumbnail_in_a_jpegs_header_is_cut() -> None:
    data = encoded(Image.new("RGB", (16, 16)), "JPEG")
    thumbnail = b"\xff\xe0" + (16 + 12).to_bytes(2) + data[6:18] + b"\x02\x02" + b"thumbnail..." + data[20:]
    assert without_metadata(data[:2] + thumbnail) == data


def test_a_gif_keeps_its_repetitions_and_its_color_profile() -> None:
    data = FILES["animated GIF"]
    profile = b"!\xff\x0bICCRGBG1012\x04abcd\x00"
    xmp = b"!\xff\x0bXMP DataXMP" + XMP + bytes(range(1, 256))[::-1] + b"\x00\x00"
    start = data.index(b"!")
    without = without_metadata(data[:start] + profile + xmp + data[start:])
    assert profile in without
    assert b"NETSCAPE2.0\x03\x01\x03\x00\x00" in without
    assert b"48.8584" not in without


def test_exif_data_that_decoders_do_not_read_turn_nothing() -> None:
    """Behind the scan of a JPEG, and behind the first frame of an animated PNG."""
    upright = encoded(PICTURE, "JPEG")
    segment = b"\xff\xe1" + (2 + len(PREFIX) + len(TURNED)).to_bytes(2) + PREFIX + TURNED
    assert without_metadata(upright[:-2] + segment + upright[-2:]) == upright
    found = chunks(encoded(PICTURE, "PNG", save_all=True, append_images=[OTHER]))
    data = SIGNATURE + b"".join(chunk(*each) for each in [*found[:-1], (b"eXIf", TURNED), found[-1]])
    assert shown(without_metadata(data)) == shown(data)
    assert chunks(without_metadata(data)) == found


def test_a_webp_says_of_itself_what_it_has() -> None:
    flags = FILES["WebP"].index(b"VP8X") + 8
    assert (FILES["WebP"][flags] & 0x0C, without_metadata(FILES["WebP"])[flags] & 0x0C) == (0x0C, 0x08)
    upright = without_metadata(described("WEBP", 1))
    assert upright[flags] & 0x0C == 0


def test_an_avif_does_not_say_when_and_by_what_it_was_made() -> None:
    data = FILES["animated AVIF"]
    without = without_metadata(data)
    for name in (b"mvhd", b"tkhd", b"mdhd"):
        start = data.index(name) + 8  # behind the version and flags
        times = slice(start, start + (16 if data[start - 4] else 8))
        assert data[times] != bytes(16)[: times.stop - times.start]
        assert without[times] == bytes(16)[: times.stop - times.start]
    handler = _box(b"hdlr", bytes(8) + b"pict" + bytes(12) + b"Ada's Mac\0")
    without = without_metadata(_box(b"ftyp", b"avif") + _box(b"meta", bytes(4) + handler))
    assert (b"pict" in without, b"Ada" in without) == (True, False)


def test_a_truncated_comment_stays_a_damage_of_an_animation() -> None:
    data = encoded(PICTURE.quantize(16), "GIF", save_all=True, append_images=[OTHER], duration=100)
    truncated = data[:-1] + b"!\xfe\x20a comment"
    assert "damaged" in str(shown(truncated))
    assert shown(without_metadata(truncated)) == shown(truncated)


def test_a_file_of_another_kind_is_refused() -> None:
    with pytest.raises(FormatUnsupported):
        without_metadata(b"BM, a bitmap of Windows")


@given(name=st.sampled_from(sorted(FILES)), draw=st.data())
def test_a_damaged_file_is_never_shown_otherwise(name: str, draw: st.DataObject) -> None:
    """Of damage in the pixels themselves, decoders make what they will, of the bytes behind them, too."""
    data = bytearray(FILES[name])
    for _ in range(draw.draw(st.integers(1, 3))):
        start = draw.draw(st.integers(0, len(data) - 1))
        length = draw.draw(st.sampled_from([0, 0, 1, 20, len(data)]))
        data[start : start + length] = draw.draw(st.binary(min_size=1, max_size=8))
    changed = with_right_sums(bytes(data)) if "PNG" in name else bytes(data)
    try:
        without = without_metadata(changed)
    except (FormatUnsupported, MetadataUnreadable):
        return
    assert len(without) <= len(changed) + MAX_GROWTH
    picture = shown(changed)
    if picture is not None:
        assert shown(without) in (picture, None)


@given(order=st.permutations(range(6)), cuts=st.integers(0, 5))
def test_metadata_are_found_wherever_they_are_in_a_png(order: list[int], cuts: int) -> None:
    metadata = [c for c in chunks(FILES["PNG"]) if c[0] in (b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf", b"iCCP")]
    header, *pixels, end = [c for c in chunks(FILES["PNG"]) if c[0] in (b"IHDR", b"pHYs", b"IDAT", b"IEND")]
    assert len(metadata) == len(order)
    mixed = [metadata[index] for index in order]
    data = SIGNATURE + b"".join(chunk(*c) for c in [header, *mixed[:cuts], *pixels, *mixed[cuts:], end])
    without = without_metadata(data)
    assert shown(without) == shown(data)
    assert [secret for secret in SECRETS if secret in without] == []


@pytest.mark.parametrize("cut", ["metadata", "pixels"])
@each_file
def test_a_truncated_file_is_cut_without_an_error(name: str, cut: str) -> None:
    data = FILES[name][: len(FILES[name]) // (3 if cut == "metadata" else 1) - 40]
    if "AVIF" in name:
        with pytest.raises(MetadataUnreadable, match="The file's structure is damaged"):
            without_metadata(data)
        return
    without = without_metadata(data)
    assert [secret for secret in SECRETS if secret in without] == []


HOSTILE = {
    "a JPEG of fill bytes": b"\xff\xd8\xff\xe0" + b"\xff" * 2_000_000,
    "a JPEG of empty segments": b"\xff\xd8" + b"\xff\xe1\x00\x02" * 500_000,
    "a PNG of empty chunks": SIGNATURE + chunk(b"tEXt", b"") * 160_000,
    "a GIF of empty blocks": b"GIF89a" + bytes(7) + b"!\xfe\x00" * 600_000,
    "a GIF of short blocks": b"GIF89a" + bytes(7) + b"!\xfe" + b"\x01a" * 1_000_000,
    "a WebP of empty frames": b"RIFF\xff\xff\xff\x01WEBP" + (b"ANMF" + bytes(20)) * 80_000,
    "an AVIF of empty boxes": b"\0\0\0\x0cftypavif" + b"\0\0\0\x08free" * 240_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_takes_time_in_proportion(name: str) -> None:
    start = time.process_time()
    assert len(without_metadata(HOSTILE[name])) <= len(HOSTILE[name]) + MAX_GROWTH
    assert time.process_time() - start < MAX_SECONDS


def _box(type_: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4) + type_ + content


def test_items_of_an_avif_that_share_their_data_do_not_keep_it_busy() -> None:
    extent = (0).to_bytes(4) + (1_000_000).to_bytes(4)
    item = (1).to_bytes(2) + bytes(2) + (20_000).to_bytes(2) + extent * 20_000
    iloc = _box(b"iloc", bytes(4) + b"\x44\x00" + (1).to_bytes(2) + item)
    entry = _box(b"infe", b"\2\0\0\0" + (1).to_bytes(2) + bytes(2) + b"Exif\0")
    iinf = _box(b"iinf", bytes(4) + (1).to_bytes(2) + entry)
    data = _box(b"ftyp", b"avif") + _box(b"meta", bytes(4) + iloc + iinf) + _box(b"mdat", bytes(1_000_000))
    start = time.process_time()
    with pytest.raises(MetadataUnreadable):
        without_metadata(data)
    assert time.process_time() - start < 1


def _drawn() -> Image.Image:
    image = Image.new("RGB", (240, 120), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((20, 20, 220, 60), fill=(26, 35, 50))
    pen.text((40, 30), "Save the picture", fill=(119, 119, 119), font_size=20)
    pen.text((40, 80), "Cancel", fill=(200, 200, 200), font_size=14)
    return image


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP", "GIF", "AVIF"])
def test_both_copies_have_the_same_analysis(file_format: str) -> None:
    options: dict[str, Any] = {"comment": b"a comment"} if file_format in ("GIF", "JPEG") else {}
    if file_format != "GIF":
        options |= {"exif": exif(6), "icc_profile": adobe_rgb(), "xmp": XMP, "dpi": (144, 144)}
    data = encoded(_drawn(), file_format, **options)
    without = without_metadata(data)
    assert len(without) < len(data) or file_format == "AVIF"
    assert _analysis(without) == _analysis(data)


def _analysis(data: bytes) -> str:
    return json.dumps(januslens.analyze(data, quote=False).to_json())


def _corpus() -> list[Path]:
    return sorted(path for path in CORPUS.rglob("*") if path.is_file() and path.suffix != ".go")


@needs_shared
def test_the_pictures_of_others_are_shown_as_before() -> None:
    changed, read = [], 0
    for path in _corpus():
        data = path.read_bytes()
        picture = shown(data)
        if picture is not None:
            read += 1
            if shown(without_metadata(data)) != picture:
                changed.append(path.name)
    assert changed == []
    assert read > 300
