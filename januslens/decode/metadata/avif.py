"""AVIF files without metadata.

Sources: ISO/IEC 14496-12 (boxes, `meta`, `iloc`, `iinf`, `moov`), ISO/IEC 23008-12 (HEIF: items and properties), and
https://aomediacodec.github.io/av1-avif/. Boxes, items and properties are kept by type. Offsets point to the data from
many places, so nothing is moved: what is not kept is overwritten with zeros, and its type with `free`. An image is
turned by its properties (`irot`, `imir`), never by EXIF.
"""

import struct
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final, NamedTuple

from januslens.decode.rejection import MetadataUnreadable

FREE: Final = b"free"
ITEMS: Final = frozenset({b"av01", b"grid", b"iovl", b"iden", b"tmap"})
CHILDREN: Final = MappingProxyType(
    {
        b"": frozenset({b"ftyp", b"meta", b"moov", b"mdat"}),
        b"meta": frozenset({b"hdlr", b"pitm", b"iloc", b"iinf", b"iprp", b"iref", b"idat", b"grpl", b"dinf"}),
        b"iprp": frozenset({b"ipco", b"ipma"}),
        b"ipco": frozenset(
            {b"ispe", b"pixi", b"colr", b"av1C", b"auxC", b"irot", b"imir", b"clap", b"pasp", b"clli", b"mdcv"}
            | {b"cclv", b"amve", b"a1op", b"a1lx", b"lsel"}
        ),
        b"moov": frozenset({b"mvhd", b"trak"}),
        b"trak": frozenset({b"tkhd", b"edts", b"tref", b"mdia"}),
        b"mdia": frozenset({b"mdhd", b"hdlr", b"minf"}),
        b"minf": frozenset({b"vmhd", b"nmhd", b"dinf", b"stbl"}),
        b"stbl": frozenset(
            {b"stsd", b"stts", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"stss", b"ctts", b"cslg", b"sdtp"}
            | {b"sbgp", b"sgpd", b"subs"}
        ),
    }
)
"""The types of the boxes that are kept, by the type of the box around them, which is empty for a file."""

FULL: Final = 4  # bytes of a version and flags
TIMES: Final = frozenset({b"mvhd", b"tkhd", b"mdhd"})  # begin with the times of creation and modification
NAME_OF_HANDLER: Final = 24
IN_FILE, IN_IDAT = 0, 1  # where the data of an item are


class _Box(NamedTuple):
    """A box: its type, where it starts in the file, and where its content begins and ends."""

    type: bytes
    start: int
    content: int
    end: int


class _Extent(NamedTuple):
    """A part of the data of an item: whether its offset counts from the file or from `idat`, the offset, the length."""

    place: int
    offset: int
    length: int


def without_metadata(data: bytes) -> bytes:
    """Return an AVIF file without metadata, of the same size. Raises MetadataUnreadable if its boxes are damaged."""
    file = bytearray(data)
    try:
        _clear_boxes(file, _Box(b"", 0, 0, len(file)))
    except (struct.error, IndexError) as error:
        raise _unreadable() from error
    return bytes(file)


def _unreadable() -> MetadataUnreadable:
    return MetadataUnreadable("The file's structure is damaged, so that private metadata cannot be removed from it.")


def _clear_boxes(file: bytearray, parent: _Box) -> None:
    """Clear all metadata inside a box."""
    boxes = list(_boxes(file, parent))
    if parent.type == b"meta":
        _clear_items(file, boxes)
    for box in boxes:
        if box.type not in CHILDREN[parent.type]:
            file[box.start + 4 : box.start + 8] = FREE
            _clear(file, box.content, box.end)
        elif box.type in CHILDREN:
            _clear_boxes(file, box._replace(content=box.content + FULL) if box.type == b"meta" else box)
        elif box.type in TIMES:
            _clear(file, box.content + FULL, min(box.content + FULL + (16 if file[box.content] else 8), box.end))
        elif box.type == b"hdlr":
            _clear(file, box.content + NAME_OF_HANDLER, box.end)


def _clear_items(file: bytearray, boxes: list[_Box]) -> None:
    """Clear the items of a `meta` box that are not images: EXIF, XMP, and others."""
    extents: dict[int, list[_Extent]] = {}
    for box in boxes:
        if box.type == b"iloc":
            extents |= _extents(file, box)
    idat = next((box for box in boxes if box.type == b"idat"), None)
    left = len(file)  # a file whose extents overlap would keep us busy
    for entry in _entries(file, boxes):
        id_size = {2: 2, 3: 4}.get(file[entry.content])
        if id_size is None:
            raise _unreadable()
        type_at = entry.content + FULL + id_size + 2
        item_id = int.from_bytes(file[entry.content + FULL : entry.content + FULL + id_size])
        if bytes(file[type_at : type_at + 4]) in ITEMS:
            continue
        file[type_at : type_at + 4] = FREE
        _clear(file, type_at + 4, entry.end)
        for place, offset, length in extents.get(item_id, ()):
            if place not in (IN_FILE, IN_IDAT) or (place == IN_IDAT and idat is None):
                raise _unreadable()
            start = offset + (idat.content if place == IN_IDAT and idat else 0)
            left -= length
            if left < 0 or start + length > len(file):
                raise _unreadable()
            _clear(file, start, start + length)


def _entries(file: bytearray, boxes: list[_Box]) -> Iterator[_Box]:
    for box in boxes:
        if box.type == b"iinf":
            count_size = 4 if file[box.content] else 2
            entries = box._replace(content=box.content + FULL + count_size)
            yield from (entry for entry in _boxes(file, entries) if entry.type == b"infe")


def _extents(file: bytearray, box: _Box) -> dict[int, list[_Extent]]:
    """Return the places of the data of all items, by the id of the item (ISO/IEC 14496-12, section 8.11.3)."""
    version, position = file[box.content], box.content + FULL

    def number(size: int) -> int:
        nonlocal position
        position += size
        if position > box.end:
            raise IndexError
        return int.from_bytes(file[position - size : position])

    sizes = number(2)
    offset_size, length_size, base_size, index_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15
    wide = 4 if version > 1 else 2
    found: dict[int, list[_Extent]] = {}
    for _ in range(number(wide)):
        item_id = number(wide)
        place = number(2) & 15 if version else IN_FILE
        number(2)  # the file that has the data: always this one
        base = number(base_size)
        extents = found.setdefault(item_id, [])
        for _ in range(number(2)):
            number(index_size if version else 0)
            extents.append(_Extent(place, base + number(offset_size), number(length_size)))
    return found


def _boxes(file: bytearray, parent: _Box) -> Iterator[_Box]:
    position = parent.content
    while position < parent.end:
        size, type_ = struct.unpack_from(">I4s", file, position)
        content = position + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", file, content)
            content += 8
        end = position + size if size else parent.end
        if not content <= end <= parent.end:
            raise _unreadable()
        yield _Box(bytes(type_), position, content, end)
        position = end


def _clear(file: bytearray, start: int, end: int) -> None:
    if start < end:
        file[start:end] = bytes(end - start)
