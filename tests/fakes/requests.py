import math
from collections import Counter
from collections.abc import Sequence
from copy import replace
from datetime import datetime
from typing import override

from chalicelib.model.attempts import Attempt, Count
from chalicelib.model.audit import AuditEvent
from chalicelib.model.data_exports import DataExport
from chalicelib.model.errors import RateLimit, RateLimitExceeded
from chalicelib.model.idempotency import IdempotentRequest
from chalicelib.storage.tables.counters import CountersTable
from chalicelib.storage.tables.data_exports import DataExportsTable
from chalicelib.storage.tables.idempotency import IdempotencyTable
from tests.fakes.audit_log import FakeAuditLog


class FakeCounters(CountersTable):
    def __init__(self) -> None:
        self.counted_attempts: Counter[tuple[str, str, int]] = Counter()

    @override
    def count(self, counts: Sequence[Count], now: datetime) -> None:
        for limit, subject in counts:
            if self.counted_attempts[_window(limit, subject, now)] >= limit.max_count:
                seconds = limit.window.total_seconds()
                raise RateLimitExceeded(limit, math.ceil(seconds - now.timestamp() % seconds))
        for limit, subject in counts:
            self.counted_attempts[_window(limit, subject, now)] += 1

    @override
    def counted(self, limit: RateLimit, subject: str, now: datetime) -> int:
        return self.counted_attempts[_window(limit, subject, now)]

    @override
    def take_back(self, attempt: Attempt) -> None:
        for limit, subject in attempt.counts:
            self.counted_attempts[_window(limit, subject, attempt.at)] -= 1


def _window(limit: RateLimit, subject: str, at: datetime) -> tuple[str, str, int]:
    return limit.name, subject, int(at.timestamp() // limit.window.total_seconds())


class FakeIdempotency(IdempotencyTable):
    def __init__(self) -> None:
        self.stored: dict[tuple[str, str], IdempotentRequest] = {}

    @override
    def claim(self, request: IdempotentRequest, now: datetime) -> IdempotentRequest | None:
        earlier = self.stored.get((request.user_id, request.key))
        if earlier is not None and now < earlier.expires_at and earlier.attempt_id != request.attempt_id:
            return earlier
        self._store(request)
        return None

    @override
    def take_over(self, request: IdempotentRequest, from_attempt_id: str | None) -> bool:
        earlier = self.stored.get((request.user_id, request.key))
        if earlier is None or earlier.finished or earlier.attempt_id != from_attempt_id:
            return False
        self._store(request)
        return True

    @override
    def finish(self, request: IdempotentRequest, created_id: str) -> None:
        if self._is_current(request):
            self._store(replace(request, created_id=created_id, finished=True))

    @override
    def interrupt(self, request: IdempotentRequest) -> None:
        if self._is_current(request):
            self._store(replace(request, attempt_id=None))

    @override
    def release(self, request: IdempotentRequest) -> None:
        if self._is_current(request):
            del self.stored[request.user_id, request.key]

    def _store(self, request: IdempotentRequest) -> None:
        whole_seconds = request.expires_at.replace(microsecond=0)
        self.stored[request.user_id, request.key] = replace(request, expires_at=whole_seconds)

    @override
    def delete_all(self, user_id: str) -> None:
        for key in [key for key in self.stored if key[0] == user_id]:
            del self.stored[key]

    def _is_current(self, request: IdempotentRequest) -> bool:
        current = self.stored.get((request.user_id, request.key))
        return current is not None and current.attempt_id == request.attempt_id and not current.finished


class FakeDataExports(DataExportsTable):
    def __init__(self, audit_log: FakeAuditLog) -> None:
        self.stored: dict[str, DataExport] = {}
        self._audit_log = audit_log

    @override
    def request(self, data_export: DataExport, given_up_before: datetime, events: Sequence[AuditEvent]) -> bool:
        earlier = self.stored.get(data_export.user_id)
        if earlier is not None and earlier.made_at is None and earlier.asked_at >= given_up_before:
            return False
        self.stored[data_export.user_id] = replace(
            data_export, expires_at=data_export.expires_at.replace(microsecond=0)
        )
        self._audit_log.add(events)
        return True

    @override
    def get(self, user_id: str) -> DataExport | None:
        return self.stored.get(user_id)

    @override
    def finish(self, data_export: DataExport, made_at: datetime, size: int) -> bool:
        current = self.stored.get(data_export.user_id)
        if current is None or current.id != data_export.id:
            return False
        self.stored[data_export.user_id] = replace(current, made_at=made_at, size=size)
        return True

    @override
    def withdraw(self, data_export: DataExport) -> None:
        current = self.stored.get(data_export.user_id)
        if current is not None and current.id == data_export.id:
            del self.stored[data_export.user_id]

    @override
    def delete(self, user_id: str) -> None:
        self.stored.pop(user_id, None)
