"""Research entries: what people note of their images."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from chalicelib.services.access import Caller
from chalicelib.services.audit import Action, Audit
from chalicelib.services.clock import Clock
from chalicelib.services.fields import FieldUnacceptable
from chalicelib.services.ids import is_id, new_id
from chalicelib.services.images import ImageLibrary
from chalicelib.storage.research import Entry, EntryPage, Research

LARGEST_DATA: Final = 64 * 1024  # bytes of JSON, so that a page of entries stays far below what Lambda may answer


class EntryNotFound(Exception):
    """The caller has no such entry."""


class Notebook(msgspec.Struct, frozen=True):
    """The use cases of research entries, one's own or a project's."""

    research: Research
    library: ImageLibrary
    audit: Audit
    clock: Clock

    def add(self, caller: Caller, topic: str, data: Mapping[str, Any], image_ids: Sequence[str]) -> Entry:
        """Note something. Raises FieldUnacceptable, ImageNotFound."""
        if len(msgspec.json.encode(data)) > LARGEST_DATA:
            raise FieldUnacceptable("data", f"must be at most {LARGEST_DATA // 1024} KB of JSON")
        images = self.library.named(caller.owner_id, image_ids) if image_ids else ()
        entry = Entry(
            owner_id=caller.owner_id,
            id=new_id(),
            by=caller.user_id,
            topic=unicodedata.normalize("NFC", topic),
            data=data,
            image_ids=tuple(image.key.image_id for image in images),
            created_at=self.clock(),
        )
        added = self.audit.entry(
            Action.ENTRY_ADDED, actor_id=caller.user_id, user_id=caller.owner_id, subject_id=entry.id
        )
        self.research.add(entry, [added])
        return entry

    def list(self, caller: Caller, limit: int, before_id: str | None, topic: str | None) -> EntryPage:
        """Return entries, newest first, of a topic or of all."""
        return self.research.list(caller.owner_id, limit, before_id, lambda entry: topic in (None, entry.topic))

    def get(self, caller: Caller, entry_id: str) -> Entry:
        """Return an entry. Raises EntryNotFound."""
        entry = self.research.get(caller.owner_id, entry_id) if is_id(entry_id) else None
        if entry is None:
            raise EntryNotFound
        return entry

    def delete(self, caller: Caller, entry_id: str) -> None:
        """Delete an entry; deleting what is gone does nothing."""
        if is_id(entry_id) and self.research.delete(caller.owner_id, entry_id):
            self.audit.record(
                Action.ENTRY_DELETED, actor_id=caller.user_id, user_id=caller.owner_id, subject_id=entry_id
            )
