"""Content negotiation: a result's format by the query's `format`, or else by `Accept` (RFC 9110, section 12.5.1)."""

import hashlib
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final, NamedTuple

import msgspec
from chalice.app import Request, Response

from chalicelib.api.problems import NOT_ACCEPTABLE, ApiError
from chalicelib.model.errors import InvalidField
from januslens.exports.format import Format

QUALITY: Final = re.compile(r";\s*q\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*(?:;|\Z)", re.IGNORECASE)


class Preference(NamedTuple):
    """The preference of an Accept header for a media type; the greater one is preferred.

    specificity is 2 if the header names the media type, 1 for `type/*`, 0 for `*/*` and if it does not mention it. Of
    equal media types, the one that it names first is preferred: place is 0 for the first element, then -1, and so on.
    """

    quality: float
    specificity: int
    place: int


NOT_MENTIONED: Final = Preference(-1, 0, 0)


def either_of(names: list[str]) -> str:
    """Return three or more names as a list in English, such as `json, axe, or html`."""
    return f"{', '.join(names[:-1])}, or {names[-1]}"


class Representations[Source](msgspec.Struct, frozen=True):
    """The formats in which a result of an analysis can be requested, by the query's `format` or the Accept header.

    native is the name of the format that a request without a preference receives; file_name is the name of a downloaded
    file without its extension. formats maps names to formats.
    """

    file_name: str
    formats: Mapping[str, Format[Source]]
    native: str

    @property
    def names(self) -> list[str]:
        """The names of all formats, the native one first."""
        return [self.native, *(name for name in self.formats if name != self.native)]

    @property
    def media_types(self) -> list[str]:
        """The media types of `formats`, sorted, without duplicates."""
        return sorted({format_.media_type for format_ in self.formats.values()})

    def choose(self, request: Request, name: str | None) -> Format[Source] | None:
        """Return the format with this name, or else the one that the Accept header prefers.

        Return None for the native format, which is also chosen without an Accept header, and if it mentions no known
        media type. Raises InvalidField for an unknown name, and ApiError if Accept rules out the native format, and
        accepts no other.
        """
        if name is not None and name not in self.names:
            raise InvalidField("format", f"must be {either_of(self.names)}")
        chosen = name or self._accepted(str(request.headers.get("accept", "")))
        return None if chosen == self.native else self.formats[chosen]

    def _accepted(self, header: str) -> str:
        ranges = _media_ranges(header)
        names = {"application/json": self.native}
        for format_ in self.formats.values():
            names.setdefault(format_.media_type, format_.name)
        preferences = {media_type: _preference(media_type, ranges) for media_type in names}
        best = max(names, key=preferences.__getitem__)  # the native one among equal ones, as it is the first
        if preferences[best].quality > 0:
            return names[best]
        if any(names[media_type] == self.native and preferences[media_type].quality == 0 for media_type in names):
            raise ApiError(NOT_ACCEPTABLE)
        return self.native

    def file_response(self, format_: Format[Source], text: str) -> Response:
        """Return a response with the text of a result as a file for download (Content-Disposition: attachment)."""
        headers: dict[str, str | list[str]] = {
            "Content-Type": f"{format_.media_type}; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{self.file_name}{format_.extension}"',
            "X-Content-Type-Options": "nosniff",  # with the line above: no browser renders a result as our page
        }
        return Response(text, headers)


def conditional_response(request: Request, response: Response) -> Response:
    """Return a response with its ETag, or a 304 response without a body if If-None-Match names this ETag.

    The ETag is a hash of the body. The headers Cache-Control and Vary are set, too: clients may cache the response, but
    must revalidate it. Source: RFC 9110, section 13.1.2.
    """
    etag = f'"{hashlib.sha256(response.body.encode()).hexdigest()[:32]}"'
    known = str(request.headers.get("if-none-match", ""))
    if known.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in known.split(",")):
        response = Response("", {}, HTTPStatus.NOT_MODIFIED)
    response.headers |= {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Accept"}
    return response


def _media_ranges(header: str) -> dict[str, tuple[float, int]]:
    """Return the quality, 0 to 1, and the place of each media range of an Accept header.

    Parameters of media types are ignored. A quality that is missing or malformed is 1.
    """
    ranges: dict[str, tuple[float, int]] = {}
    for number, element in enumerate(header.split(",")):
        media_range = element.partition(";")[0].strip().lower()
        weight = QUALITY.search(element)
        if media_range:
            ranges.setdefault(media_range, (float(weight[1]) if weight else 1.0, -number))
    return ranges


def _preference(media_type: str, ranges: Mapping[str, tuple[float, int]]) -> Preference:
    """Return what the media ranges of an Accept header say of a media type; the most specific one decides."""
    for specificity, media_range in (2, media_type), (1, media_type.partition("/")[0] + "/*"), (0, "*/*"):
        if media_range in ranges:
            quality, place = ranges[media_range]
            return Preference(quality, specificity, place)
    return NOT_MENTIONED
