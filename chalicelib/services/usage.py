"""The limits of accounts: writes that keep within them, and how much of each is used.

What is stored counts to the account of the user who created it, also in projects. The usage changes in the transaction
of each write. What DynamoDB deletes by itself when it expires is not noticed; therefore everything is counted again
before a limit refuses something, unless that was done a short time ago, and once a day before the usage is returned.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import msgspec
from msgspec.structs import replace

from chalicelib.model.clock import Clock
from chalicelib.model.errors import ChangedMeanwhile, RateLimit
from chalicelib.model.usage import (
    HOUR,
    Limit,
    LimitReached,
    OwnLimits,
    PerLimit,
    Usage,
    UsageChange,
    UsageRefused,
    UsageState,
    of_images,
)
from chalicelib.model.users import User
from chalicelib.storage.tables.api_keys import ApiKeysTable
from chalicelib.storage.tables.counters import CountersTable
from chalicelib.storage.tables.images import ImagesTable
from chalicelib.storage.tables.projects import ProjectsTable
from chalicelib.storage.tables.research_notes import ResearchNotesTable
from chalicelib.storage.tables.usage import UsageTable

REFUSED_AFTER: Final = timedelta(minutes=10)  # the age of a count that may refuse: counting 10,000 images reads 10 MB
SHOWN_UNTIL: Final = timedelta(days=1)  # the age of a count that is returned; images that are not uploaded last as long
MAX_ATTEMPTS: Final = 5  # if the usage changes meanwhile


class UsageService(msgspec.Struct, frozen=True):
    """Keeps accounts within their limits, and returns how much they use. limits are those of the stage."""

    table: UsageTable
    counters: CountersTable
    images: ImagesTable
    projects: ProjectsTable
    api_keys: ApiKeysTable
    research_notes: ResearchNotesTable
    clock: Clock
    limits: PerLimit

    def state(self, user: User) -> UsageState:
        """Return the limits of a user's account, and how much of each is used."""
        limits = user.limits.over(self.limits)
        hourly = RateLimit(Limit.IMAGES_PER_HOUR, limits.images_per_hour, HOUR)
        announced = self.counters.counted(hourly, user.id, self.clock())
        return UsageState(limits, replace(self._counted(user.id, SHOWN_UNTIL).used, images_per_hour=announced))

    def keep_within[T](self, own: OwnLimits, change: UsageChange, write: Callable[[UsageChange], T]) -> T:
        """Call `write` with a change that has the limits of its account, and return what it returns.

        `write` makes the change in its transaction, and raises UsageRefused if that exceeds a limit. own are the limits
        that were set for the account. Raises LimitReached, and what `write` raises.
        """
        limits = own.over(self.limits)
        limited = replace(change, within=limits)
        for _ in range(MAX_ATTEMPTS):
            try:
                return write(limited)
            except UsageRefused as error:
                exceeded = self._counted(change.user_id, REFUSED_AFTER).exceeded_by(limited)
                if exceeded is not None:
                    raise LimitReached(exceeded, limits.of(exceeded)) from error
        raise ChangedMeanwhile

    def _counted(self, user_id: str, max_age: timedelta) -> Usage:
        """Return the usage of an account, which was last counted less than max_age ago, or else is counted now."""
        for _ in range(MAX_ATTEMPTS):
            stored, now = self.table.get(user_id), self.clock()
            if stored is not None and now - stored.counted_at < max_age:
                return stored
            counted = self._count(user_id)
            if self.table.replace(counted, stored):
                return counted
        raise ChangedMeanwhile

    def _count(self, user_id: str) -> Usage:
        now = self.clock()
        stored, in_flight = of_images(self.images.of_account(user_id), now)
        used = replace(
            stored,
            projects=len(self.projects.of_user(user_id)),
            api_keys=len(self.api_keys.of_user(user_id)),
            research_notes=self.research_notes.count_of_account(user_id),
        )
        return Usage(user_id, used, in_flight, now)
