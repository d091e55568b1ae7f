"""Trends: the outcomes of a project's checks over time."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby

import msgspec

from chalicelib.model.images import Image, ImageStatus, pass_rate
from chalicelib.storage.tables.images import ImagesTable


class Day(msgspec.Struct, frozen=True):
    """The number of images that were analyzed on a day in UTC, and the number of their checks by outcome.

    Only checks of the WCAG levels A and AA count.
    """

    day: date
    images: int
    outcomes: Mapping[str, int]

    @property
    def pass_rate(self) -> float | None:
        """Passed checks divided by passed and failed checks, 0 to 1, or None if there are neither."""
        return pass_rate(self.outcomes)


class TrendsService(msgspec.Struct, frozen=True):
    """The use case of the outcomes of the accessibility checks of an owner, a user or project, by day of analysis."""

    images: ImagesTable

    def of(self, owner_id: str, begin: datetime | None, end: datetime | None) -> list[Day]:
        """Return the check outcomes of an owner's newest images by day of analysis, newest day first.

        Up to MAX_READ images are read, of which those analyzed from begin, inclusive, to end, exclusive, count. None
        leaves a side of the period unbounded. Days without images are left out.
        """
        analyzed = [
            image
            for image in self.images.newest(owner_id)
            if image.was_analyzed(begin, end) and image.summary is not None and image.summary.outcomes is not None
        ]
        analyzed.sort(key=_day, reverse=True)
        return [_total(day, list(of_day)) for day, of_day in groupby(analyzed, key=_day)]


def _day(image: Image) -> date:
    return image.times[ImageStatus.ANALYZED].date()


def _total(day: date, images: list[Image]) -> Day:
    outcomes: dict[str, int] = {}
    for image in images:
        for outcome, count in (image.summary.outcomes if image.summary and image.summary.outcomes else {}).items():
            outcomes[outcome] = outcomes.get(outcome, 0) + count
    return Day(day, len(images), outcomes)
