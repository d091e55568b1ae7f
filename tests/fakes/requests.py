import math
from collections import Counter
from collections.abc import Sequence
from copy import replace
from datetime import datetime
from typing import override

from chalicelib.model.audit import AuditEvent
from chalicelib.model.data_exports import DataExport
from chalicelib.model.errors import RateLimit, RateLimitExceeded
from chalicelib.model.idempotency import IdempotentRequest, StoredResponse
from chalicelib.storage.tables.counters import CountersTable
from chalicelib.storage.tables.data_exports import DataExportsTable
from chalicelib.storage.tables.idempotency import IdempotencyTable
from tests.fakes.audit_log import FakeAuditLog


class FakeCounters(CountersTable):
    def __init__(self) -> None:
        self.counted: Counter[tuple[str, str, int]] = Counter()

    @override
    def count(self, attempts: Sequence[tuple[RateLimit, str]], now: datetime) -> None:
        for limit, subject in attempts:
            seconds = limit.window.total_seconds()
            if self.counted[limit.name, subject, int(now.timestamp() // seconds)] >= limit.max_count:
                raise RateLimitExceeded(limit, math.ceil(seconds - now.timestamp() % seconds))
        for limit, subject in attempts:
            self.counted[limit.name, subject, int(now.timestamp() // limit.window.total_seconds())] += 1


class FakeIdempotency(IdempotencyTable):
    def __init__(self) -> None:
        self.stored: dict[tuple[str, str], IdempotentRequest] = {}

    @override
    def claim(self, request: IdempotentRequest, now: datetime, given_up_before: datetime) -> bool:
        earlier = self.get(request.user_id, request.key)
        if earlier is not None and now < earlier.expires_at:
            abandoned = earlier.response is None and earlier.started_at < given_up_before
            if not abandoned:
                return False
        self.stored[request.user_id, request.key] = replace(
            request, expires_at=request.expires_at.replace(microsecond=0), response=None
        )
        return True

    @override
    def get(self, user_id: str, key: str) -> IdempotentRequest | None:
        return self.stored.get((user_id, key))

    @override
    def finish(self, request: IdempotentRequest, response: StoredResponse) -> None:
        if self._is_current(request):
            key = request.user_id, request.key
            self.stored[key] = replace(self.stored[key], response=response)

    @override
    def release(self, request: IdempotentRequest) -> None:
        if self._is_current(request):
            del self.stored[request.user_id, request.key]

    @override
    def delete_all(self, user_id: str) -> None:
        for key in [key for key in self.stored if key[0] == user_id]:
            del self.stored[key]

    def _is_current(self, request: IdempotentRequest) -> bool:
        current = self.get(request.user_id, request.key)
        return current is not None and current.started_at == request.started_at


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
    def delete(self, user_id: str) -> None:
        self.stored.pop(user_id, None)
