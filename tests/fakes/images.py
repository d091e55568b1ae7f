from collections.abc import Callable, Iterator, Sequence
from copy import replace
from datetime import datetime
from typing import Any, override

import msgspec
from msgspec.structs import asdict

from chalicelib.model.audit import AuditEvent
from chalicelib.model.images import Claim, Failure, Image, ImageKey, ImagePage, ImageStatus, ImageSummary, UploadedFile
from chalicelib.model.paging import page_of
from chalicelib.model.research_notes import ResearchNote, ResearchNotePage
from chalicelib.model.usage import PerLimit, UsageChange
from chalicelib.storage.tables.images import ImagesTable
from chalicelib.storage.tables.research_notes import ResearchNotesTable
from tests.fakes.audit_log import FakeAuditLog
from tests.fakes.usage import FakeUsage

MAX_READ = 400


class FakeImages(ImagesTable):
    def __init__(self, usage: FakeUsage, audit_log: FakeAuditLog) -> None:
        self._usage = usage
        self._audit_log = audit_log
        self.stored: dict[ImageKey, Image] = {}
        self.claims: dict[ImageKey, Claim] = {}
        self.abandoned_at: dict[ImageKey, datetime] = {}
        self.unfinished_keys: set[ImageKey] = set()

    @override
    def add(
        self,
        image: Image,
        abandoned_at: datetime,
        events: Sequence[AuditEvent] = (),
        usage: UsageChange | None = None,
    ) -> None:
        if image.key in self.stored:
            raise ValueError(f"image {image.id} exists already")
        self._usage.apply(usage)
        self._audit_log.add(events)
        self.stored[image.key] = image
        self.abandoned_at[image.key] = abandoned_at.replace(microsecond=0)

    @override
    def get(self, key: ImageKey) -> Image | None:
        return self.stored.get(key)

    @override
    def named(self, owner_id: str, image_ids: Sequence[str]) -> dict[str, Image]:
        keys = [ImageKey(owner_id, image_id) for image_id in image_ids]
        return {key.image_id: self.stored[key] for key in keys if key in self.stored}

    @override
    def newest(self, owner_id: str) -> list[Image]:
        found = [image for image in self.stored.values() if image.key.owner_id == owner_id]
        return sorted(found, key=lambda image: image.key.image_id, reverse=True)[:MAX_READ]

    @override
    def list(self, owner_id: str, limit: int, before_id: str | None) -> ImagePage:
        older = [image for image in self.newest(owner_id) if before_id is None or image.key.image_id < before_id]
        return page_of(older, before_id, limit, lambda _: True)

    @override
    def unfinished(self, before_id: str, max_count: int) -> Sequence[ImageKey]:
        older = [key for key in self.unfinished_keys if key.image_id < before_id]
        return sorted(older, key=lambda key: key.image_id)[:max_count]

    @override
    def of_account(self, user_id: str) -> Iterator[Image]:
        return (image for image in self.stored.values() if user_id in (image.key.owner_id, image.created_by))

    @override
    def delete(self, image: Image, events: Sequence[AuditEvent] = (), usage: UsageChange | None = None) -> bool:
        key, current = image.key, self.stored.get(image.key)
        if current is None or (current.status, current.size) != (image.status, image.size):
            return False
        self._usage.apply(usage)
        self.claims.pop(key, None)
        self.abandoned_at.pop(key, None)
        self.unfinished_keys.discard(key)
        del self.stored[key]
        self._audit_log.add(events)
        return True

    @override
    def expect_again(self, key: ImageKey, now: datetime, usage: UsageChange | None = None) -> bool:
        if key not in self.stored or self.stored[key].status is not ImageStatus.AWAITING_UPLOAD:
            return False
        self._usage.apply(usage)
        self.stored[key] = replace(self.stored[key], expected_at=now)
        return True

    @override
    def queue(self, key: ImageKey, arrived_at: datetime, events: Sequence[AuditEvent] = ()) -> bool:
        if key not in self.stored or self.stored[key].status is not ImageStatus.AWAITING_UPLOAD:
            return False
        del self.abandoned_at[key]
        self.unfinished_keys.add(key)
        return self._reach(key, ImageStatus.QUEUED, arrived_at, events)

    @override
    def claim(self, key: ImageKey, claim: Claim, now: datetime) -> Image | None:
        if not self._is_unclaimed(key, now):
            return None
        self.claims[key] = claim
        self._reach(key, ImageStatus.ANALYZING, now)
        return self.stored[key]

    @override
    def release(self, key: ImageKey, claim: Claim, now: datetime) -> bool:
        return self._holds(key, claim) and self._reach(key, ImageStatus.QUEUED, now)

    @override
    def finish(
        self,
        key: ImageKey,
        claim: Claim,
        now: datetime,
        upload: UploadedFile,
        summary: ImageSummary,
        views: tuple[str, ...],
        events: Sequence[AuditEvent] = (),
        usage: UsageChange | None = None,
    ) -> bool:
        if not self._holds(key, claim):
            return False
        self._usage.apply(usage)
        self.unfinished_keys.discard(key)
        return self._reach(key, ImageStatus.ANALYZED, now, events, summary=summary, views=views, **asdict(upload))

    @override
    def fail(
        self,
        key: ImageKey,
        claim: Claim,
        now: datetime,
        failure: Failure,
        events: Sequence[AuditEvent] = (),
        usage: UsageChange | None = None,
    ) -> bool:
        return self._holds(key, claim) and self._fail(key, now, failure, events, usage)

    @override
    def give_up(
        self,
        key: ImageKey,
        now: datetime,
        failure: Failure,
        events: Sequence[AuditEvent] = (),
        usage: UsageChange | None = None,
    ) -> bool:
        return self._is_unclaimed(key, now) and self._fail(key, now, failure, events, usage)

    def _is_unclaimed(self, key: ImageKey, now: datetime) -> bool:
        image, claim = self.stored.get(key), self.claims.get(key)
        queued = image is not None and image.status is ImageStatus.QUEUED
        return queued or (claim is not None and claim.expires_at <= now)

    def _holds(self, key: ImageKey, claim: Claim) -> bool:
        return key in self.claims and self.claims[key].id == claim.id

    def _fail(
        self,
        key: ImageKey,
        now: datetime,
        failure: Failure,
        events: Sequence[AuditEvent],
        usage: UsageChange | None,
    ) -> bool:
        self._usage.apply(usage)
        self.unfinished_keys.discard(key)
        return self._reach(key, ImageStatus.FAILED, now, events, failure=failure)

    def _reach(
        self, key: ImageKey, status: ImageStatus, time: datetime, events: Sequence[AuditEvent] = (), **fields: Any
    ) -> bool:
        self._audit_log.add(events)
        if status is not ImageStatus.ANALYZING:
            self.claims.pop(key, None)
        image = self.stored[key]
        self.stored[key] = replace(image, status=status, times={**image.times, status: time}, **fields)
        return True


class FakeResearchNotes(ResearchNotesTable):
    def __init__(self, usage: FakeUsage, audit_log: FakeAuditLog) -> None:
        self._usage = usage
        self.stored: dict[tuple[str, str], ResearchNote] = {}
        self._audit_log = audit_log

    @override
    def add(self, note: ResearchNote, events: Sequence[AuditEvent], usage: UsageChange | None = None) -> None:
        self._usage.apply(usage)
        as_json = msgspec.json.decode(msgspec.json.encode(note.data))
        self.stored[note.owner_id, note.id] = replace(note, data=as_json)
        self._audit_log.add(events)

    @override
    def get(self, owner_id: str, note_id: str) -> ResearchNote | None:
        return self.stored.get((owner_id, note_id))

    @override
    def list(
        self, owner_id: str, limit: int, before_id: str | None, wanted: Callable[[ResearchNote], bool]
    ) -> ResearchNotePage:
        newest_first = (note for key, note in sorted(self.stored.items(), reverse=True) if key[0] == owner_id)
        older = (note for note in newest_first if before_id is None or note.id < before_id)
        return page_of(older, before_id, limit, wanted)

    @override
    def delete(self, note: ResearchNote, events: Sequence[AuditEvent] = ()) -> bool:
        if self.stored.pop((note.owner_id, note.id), None) is None:
            return False
        self._usage.apply(UsageChange(user_id=note.created_by, by=PerLimit(research_notes=-1)))
        self._audit_log.add(events)
        return True

    @override
    def count_of_account(self, user_id: str) -> int:
        return sum(note.created_by == user_id for note in self.stored.values())
