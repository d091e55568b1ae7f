"""A result in the form that its reader asks for: by the query's `format`, or by `Accept` (RFC 9110, section 12.5.1)."""

import hashlib
from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from chalice.app import Request, Response

from januslens.exports.format import Format


class Representations[Source](msgspec.Struct, frozen=True):
    """The formats of a result beside the native one, which is answered to whoever asks for none."""

    result: str
    formats: Mapping[str, Format[Source]]
    native: str

    @property
    def media_types(self) -> list[str]:
        """The media types of the formats beside the native one."""
        return sorted({format_.media_type for format_ in self.formats.values()})

    def chosen(self, request: Request, name: str | None) -> Format[Source] | None:
        """Return the format of a name, or else the one whose media type Accept names first; None is the native one."""
        chosen = name or self._accepted(str(request.headers.get("accept", "")))
        return None if chosen == self.native else self.formats[chosen]

    def _accepted(self, header: str) -> str:
        known = {"application/json": self.native}
        for format_ in self.formats.values():
            known.setdefault(format_.media_type, format_.name)
        media_types = (media_range.partition(";")[0].strip().lower() for media_range in header.split(","))
        return next((known[media_type] for media_type in media_types if media_type in known), self.native)

    def file(self, format_: Format[Source], written: str) -> Response:
        """Answer a file to save."""
        headers: dict[str, str | list[str]] = {
            "Content-Type": f"{format_.media_type}; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{self.result}{format_.extension}"',
            "X-Content-Type-Options": "nosniff",  # with the line above: no result is ever shown as a page of ours
        }
        return Response(written, headers)


def result_answer(request: Request, answer: Response) -> Response:
    """Answer a result with its ETag, or 304 to who has it (RFC 9110, section 13.1.2)."""
    etag = f'"{hashlib.sha256(answer.body.encode()).hexdigest()[:32]}"'
    known = str(request.headers.get("if-none-match", ""))
    if known.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in known.split(",")):
        answer = Response("", {}, HTTPStatus.NOT_MODIFIED)
    answer.headers |= {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Accept"}
    return answer
