from copy import replace
from typing import override

from chalicelib.model.usage import Limit, PerLimit, Usage, UsageChange, UsageRefused
from chalicelib.storage.tables.usage import UsageTable
from tests.fakes.requests import FakeCounters


class FakeUsage(UsageTable):
    def __init__(self, counters: FakeCounters) -> None:
        self.stored: dict[str, Usage] = {}
        self._fake_counters = counters

    @override
    def get(self, user_id: str) -> Usage | None:
        return self.stored.get(user_id)

    @override
    def replace(self, usage: Usage, earlier: Usage | None) -> bool:
        current = self.stored.get(usage.user_id)
        if (current and current.revision) != (earlier and earlier.revision):
            return False
        self.stored[usage.user_id] = replace(usage, revision=0 if earlier is None else earlier.revision + 1)
        return True

    @override
    def delete(self, user_id: str) -> None:
        self.stored.pop(user_id, None)

    def apply(self, change: UsageChange | None) -> None:
        """Change the usage of an account as a transaction would."""
        usage = None if change is None else self.stored.get(change.user_id)
        if change is None or (usage is None and change.within is None):
            return
        if usage is None or (change.within is not None and usage.exceeded_by(change) is not None):
            raise UsageRefused
        if change.hourly is not None and change.at is not None:
            self._fake_counters.count([(change.hourly, change.user_id)], change.at)
        image = frozenset({change.image_id} if change.image_id else ())
        in_flight = usage.in_flight
        if change.by.analyses_in_flight:
            in_flight = in_flight | image if change.by.analyses_in_flight > 0 else in_flight - image
        numbers = {
            limit.value: usage.used.of(limit) + by
            for limit, by in change.by.items()
            if limit not in (Limit.IMAGES_PER_HOUR, Limit.ANALYSES_IN_FLIGHT)
        }
        used = PerLimit(**numbers, analyses_in_flight=len(in_flight))
        self.stored[usage.user_id] = replace(usage, used=used, in_flight=in_flight, revision=usage.revision + 1)
