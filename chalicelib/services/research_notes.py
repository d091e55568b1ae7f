"""Research notes: notes of users about their images."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from chalicelib.model.audit import AuditAction
from chalicelib.model.clock import Clock
from chalicelib.model.errors import InvalidField
from chalicelib.model.ids import is_id, new_id
from chalicelib.model.principals import Principal
from chalicelib.model.research_notes import ResearchNote, ResearchNoteNotFound, ResearchNotePage
from chalicelib.model.usage import PerLimit, UsageChange
from chalicelib.services.audit import AuditRecorder
from chalicelib.services.images import ImagesService
from chalicelib.services.usage import UsageService
from chalicelib.storage.tables.research_notes import ResearchNotesTable

MAX_DATA_BYTES: Final = 64 * 1024  # of JSON; an item of DynamoDB has up to 400 KB


class ResearchNotesService(msgspec.Struct, frozen=True):
    """The use cases of the research notes of a principal's owner: the project of the request, or else the user."""

    notes: ResearchNotesTable
    images: ImagesService
    usage: UsageService
    audit: AuditRecorder
    clock: Clock

    def add(
        self,
        principal: Principal,
        topic: str,
        data: Mapping[str, Any],
        image_ids: Sequence[str],
        note_id: str | None = None,
    ) -> ResearchNote:
        """Store a note and return it. note_id is its id, by default a new one.

        Raises InvalidField if the data has more than MAX_DATA_BYTES as JSON, ImageNotFound if the owner does not have
        one of the images, and LimitReached.
        """
        if len(msgspec.json.encode(data)) > MAX_DATA_BYTES:
            raise InvalidField("data", f"must be at most {MAX_DATA_BYTES // 1024} KB of JSON")
        images = self.images.named(principal.owner_id, image_ids) if image_ids else ()
        note = ResearchNote(
            owner_id=principal.owner_id,
            id=note_id or new_id(),
            created_by=principal.user_id,
            topic=unicodedata.normalize("NFC", topic),
            data=data,
            image_ids=tuple(image.key.image_id for image in images),
            created_at=self.clock(),
        )
        added = self.audit.event(
            AuditAction.RESEARCH_NOTE_CREATED,
            actor_id=principal.user_id,
            user_id=principal.owner_id,
            subject_id=note.id,
        )
        self.usage.keep_within(
            principal.user.limits,
            UsageChange(user_id=principal.user_id, by=PerLimit(research_notes=1)),
            lambda usage: self.notes.add(note, [added], usage),
        )
        return note

    def list(self, principal: Principal, limit: int, before_id: str | None, topic: str | None) -> ResearchNotePage:
        """Return a page of up to limit notes, newest first, of one topic, or of all topics if topic is None.

        The page starts after the note before_id, which is excluded, or with the newest note if before_id is None.
        """
        return self.notes.list(principal.owner_id, limit, before_id, lambda note: topic in (None, note.topic))

    def get(self, principal: Principal, note_id: str) -> ResearchNote:
        """Return a note. Raises ResearchNoteNotFound if the owner has no note with this id."""
        note = self.notes.get(principal.owner_id, note_id) if is_id(note_id) else None
        if note is None:
            raise ResearchNoteNotFound
        return note

    def delete(self, principal: Principal, note_id: str) -> None:
        """Delete a note and record an audit event; do nothing if the owner has no note with this id."""
        note = self.notes.get(principal.owner_id, note_id) if is_id(note_id) else None
        if note is not None:
            deleted = self.audit.event(
                AuditAction.RESEARCH_NOTE_DELETED,
                actor_id=principal.user_id,
                user_id=principal.owner_id,
                subject_id=note_id,
            )
            self.notes.delete(note, [deleted])
