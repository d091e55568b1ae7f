"""The `Subject` record: a report on an image, the image's file and name, and the time of the report."""

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
    """A report on an image, with the name that its owner gave it, and the time of the report.

    file is the bytes of the image file, for formats that embed it. Raises ValueError for a time without a zone, which
    would be read differently on each machine.
    """

    report: AccessibilityReport
    image: ImageFacts
    name: str
    at: datetime
    file: bytes | None = None

    def __post_init__(self) -> None:
        """Refuse a time without a zone."""
        if self.at.utcoffset() is None:
            raise ValueError("the time of a report needs its zone")

    @property
    def title(self) -> str:
        """The name of the image, or `unnamed`."""
        return self.name or UNNAMED

    @property
    def uri(self) -> str:
        """The image's name as a relative reference (RFC 3986), with every reserved character escaped."""
        return quote(self.title, safe="", errors="replace")

    @property
    def media_type(self) -> str:
        """The image's media type."""
        return f"image/{self.image.format.lower()}"

    @property
    def timestamp(self) -> str:
        """The time by RFC 3339, in UTC, to the millisecond."""
        return self.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    @property
    def css_size(self) -> tuple[int, int]:
        """The image's width and height in CSS pixels."""
        return round(self.image.width / self.image.scale), round(self.image.height / self.image.scale)
