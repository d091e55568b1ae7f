"""The subject of an exported report: the report, the picture, and the time of the analysis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from januslens.accessibility.report import AccessibilityReport
    from januslens.decode.facts import ImageFacts

UNNAMED: Final = "unnamed"


@dataclass(frozen=True, slots=True)
class Subject:
    """An accessibility report to be exported, with the picture that it is about.

    image has the picture's properties, name is its file name as uploaded, which may be empty, and at is the time of the
    report. file is the content of the picture's file, for formats that embed it, or None. Raises ValueError for a time
    without a time zone.
    """

    report: AccessibilityReport
    image: ImageFacts
    name: str
    at: datetime
    file: bytes | None = None

    def __post_init__(self) -> None:
        """Raise ValueError if the time has no time zone, as it would differ between machines."""
        if self.at.utcoffset() is None:
            raise ValueError("the time of a report needs its zone")

    @property
    def title(self) -> str:
        """The name of the picture, or "unnamed" if that is empty."""
        return self.name or UNNAMED

    @property
    def uri(self) -> str:
        """The title as a relative URI reference (RFC 3986), with all reserved characters percent-encoded."""
        return quote(self.title, safe="", errors="replace")

    @property
    def media_type(self) -> str:
        """The media type of the picture's file, such as image/png, made from the name of its format."""
        return f"image/{self.image.format.lower()}"

    @property
    def timestamp(self) -> str:
        """The time of the report in UTC by RFC 3339, with milliseconds, such as 2026-01-31T12:00:00.000Z."""
        return self.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    @property
    def css_size(self) -> tuple[int, int]:
        """The picture's width and height in CSS pixels, rounded."""
        return round(self.image.width / self.image.scale), round(self.image.height / self.image.scale)
