"""Research notes: notes of users about their images."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from chalicelib.model.paging import Page


class ResearchNote(msgspec.Struct, frozen=True):
    """A note of a user or project: a topic, a JSON object as data, and the ids of the images that it concerns.

    owner_id is the id of that user or project, and created_by the id of the user who wrote the note.
    """

    owner_id: str
    id: str
    created_by: str
    topic: str
    data: Mapping[str, Any]
    image_ids: tuple[str, ...]
    created_at: datetime


type ResearchNotePage = Page[ResearchNote]
"""A page of research notes, newest first."""


class ResearchNoteNotFound(Exception):
    """The owner has no research note with this id."""
