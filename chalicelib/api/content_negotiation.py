"""Content negotiation: a result's format by the query's `format`, or else by `Accept` (RFC 9110, section 12.5.1)."""

import hashlib
from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from chalice.app import Request, Response

from chalicelib.model.errors import InvalidField
from januslens.exports.format import Format


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
        """Return the format with this name, or else the first one whose media type the Accept header lists.

        Return None for the native format, which is also chosen if Accept lists no known media type. The quality values
        of Accept are ignored. Raises InvalidField for an unknown name.
        """
        if name is not None and name not in self.names:
            raise InvalidField("format", f"must be {either_of(self.names)}")
        chosen = name or self._accepted(str(request.headers.get("accept", "")))
        return None if chosen == self.native else self.formats[chosen]

    def _accepted(self, header: str) -> str:
        names = {"application/json": self.native}
        for format_ in self.formats.values():
            names.setdefault(format_.media_type, format_.name)
        media_types = (media_range.partition(";")[0].strip().lower() for media_range in header.split(","))
        return next((names[media_type] for media_type in media_types if media_type in names), self.native)

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
