"""The content of a data export: a ZIP file that is written as a stream, so that it needs no disk and little memory.

Images are read ahead by several threads: one after the other, 10,000 images would take longer than a function may run.
"""

import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from chalicelib.model.api_keys import ApiKey
from chalicelib.model.audit import AuditEvent
from chalicelib.model.clock import Clock
from chalicelib.model.ids import first_id
from chalicelib.model.images import Image, ImageStatus
from chalicelib.model.objects import ObjectMissing
from chalicelib.model.paging import Page
from chalicelib.model.projects import Project, ProjectRole
from chalicelib.model.research_notes import ResearchNote
from chalicelib.model.sessions import Session
from chalicelib.model.users import User
from chalicelib.services.images import report_members
from chalicelib.storage.multipart_upload import MultipartUpload
from chalicelib.storage.object_store import ObjectStore
from chalicelib.storage.tables.api_keys import ApiKeysTable
from chalicelib.storage.tables.audit_log import AuditLogTable
from chalicelib.storage.tables.images import ImagesTable
from chalicelib.storage.tables.projects import ProjectsTable
from chalicelib.storage.tables.research_notes import ResearchNotesTable
from chalicelib.storage.tables.sessions import SessionsTable
from januslens.analysis.stored import ResultOutdated, read_result

MAX_IMAGES_BYTES: Final = 10_000_000_000  # of all images together: see benchmarks/cost/data_export.py
MAX_IMAGE_FILE_BYTES: Final = 100_000_000  # larger than any upload that is accepted
READ_AHEAD: Final = 8  # images: with files of 20 MB, a fifth of the function's memory
PAGE: Final = 100
LEFT_OUT: Final = "These images are left out, because the file would be too large. Download them one by one:\n"

type Represent[*Records] = Callable[[*Records], msgspec.Struct]


class Representations(msgspec.Struct, frozen=True):
    """The functions that represent records as the API does, so that both have the same fields."""

    account: Represent[User]
    session: Represent[Session]
    api_key: Represent[ApiKey]
    project: Represent[Project, ProjectRole]
    research_note: Represent[ResearchNote]
    audit_event: Represent[AuditEvent]
    image: Represent[Image]


class _Entry(msgspec.Struct, frozen=True):
    """An image, its folder in the ZIP file, and whether its file fits."""

    image: Image
    folder: str
    fits: bool


class ExportedData(msgspec.Struct, frozen=True):
    """The data of users, as it is exported: records and results as JSON in the form of the API, and image files.

    It has no credentials. Of the projects of a user, it has the images that the user made and the notes that the user
    wrote.
    """

    sessions: SessionsTable
    api_keys: ApiKeysTable
    projects: ProjectsTable
    images: ImagesTable
    research_notes: ResearchNotesTable
    audit_log: AuditLogTable
    objects: ObjectStore
    clock: Clock

    def write(self, user: User, file: MultipartUpload, represent: Representations) -> None:
        """Write all data of a user as a ZIP file.

        An image that is deleted meanwhile is left out, or only its record is written. Image files beyond
        MAX_IMAGES_BYTES are named in left-out.txt.
        """
        memberships = self.projects.of_user(user.id)
        projects = self.projects.named([member.project_id for member in memberships]) if memberships else {}
        roles = {member.project_id: member.role for member in memberships if member.project_id in projects}
        keys = [key for key in self.api_keys.of_user(user.id) if key.generation == user.key_generation]
        sessions = self.sessions.of_user(user.id, self.clock())
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("account.json", _json(represent.account(user)))
            _write_list(archive, "sessions.json", map(represent.session, sessions))
            _write_list(archive, "api-keys.json", map(represent.api_key, keys))
            of_projects = (represent.project(projects[project_id], role) for project_id, role in roles.items())
            _write_list(archive, "projects.json", of_projects)
            events = (event.as_seen_by(user.id) for event in self._audit_events(user.id))
            _write_list(archive, "log.json", map(represent.audit_event, events))
            folders = {user.id: "", **{project_id: f"projects/{project_id}/" for project_id in roles}}
            for owner_id, folder in folders.items():
                notes = map(represent.research_note, self._notes(owner_id, user.id))
                _write_list(archive, f"{folder}analytics.json", notes)
            self._write_images(user, folders, archive, represent)

    def _write_images(
        self, user: User, folders: dict[str, str], archive: zipfile.ZipFile, represent: Representations
    ) -> None:
        left_out = []
        with ThreadPoolExecutor(READ_AHEAD) as executor:
            for entry, (result, content) in _read_ahead(executor, self._entries(user, folders), self._read):
                image = entry.image
                archive.writestr(f"{entry.folder}/image.json", _json(represent.image(image)))
                if result is not None:
                    _write_result(archive, entry.folder, result)
                if content is not None:
                    extension = image.content_type.rpartition("/")[2]
                    archive.writestr(f"{entry.folder}/image.{extension}", content, zipfile.ZIP_STORED)
                if image.status is ImageStatus.ANALYZED and not entry.fits:
                    left_out.append(f"/{entry.folder}\n")
        if left_out:
            archive.writestr("left-out.txt", LEFT_OUT + "".join(left_out))

    def _entries(self, user: User, folders: dict[str, str]) -> Iterator[_Entry]:
        total = 0
        for owner_id, folder in folders.items():
            for image in self._images(owner_id, user.id):
                fits = total + image.size <= MAX_IMAGES_BYTES
                if image.status is ImageStatus.ANALYZED and fits:
                    total += image.size
                yield _Entry(image, f"{folder}images/{image.id}", fits)

    def _read(self, entry: _Entry) -> tuple[bytes | None, bytes | None]:
        """Return the result and the file of an image, each None if there is none or, the file, if it does not fit."""
        if entry.image.status is not ImageStatus.ANALYZED:
            return None, None
        return self._result(entry.image), self._file(entry.image) if entry.fits else None

    def _result(self, image: Image) -> bytes | None:
        try:
            return self.objects.read_result(image.key)
        except ObjectMissing:
            return None  # the image was deleted meanwhile

    def _file(self, image: Image) -> bytes | None:
        try:
            return self.objects.read_image(image.key, MAX_IMAGE_FILE_BYTES)
        except ObjectMissing:
            return None  # the image was deleted meanwhile

    def _images(self, owner_id: str, user_id: str) -> Iterator[Image]:
        """Yield the images of an owner that a user made; in the user's own account, all of them."""
        found = _all_items(lambda before_id: self.images.list(owner_id, PAGE, before_id))
        return (image for image in found if user_id in (owner_id, image.created_by))

    def _notes(self, owner_id: str, user_id: str) -> Iterator[ResearchNote]:
        return _all_items(
            lambda before_id: self.research_notes.list(
                owner_id, PAGE, before_id, lambda note: note.created_by == user_id
            )
        )

    def _audit_events(self, user_id: str) -> Iterator[AuditEvent]:
        now = self.clock()
        first, newest = datetime.fromtimestamp(0, now.tzinfo), first_id(now + timedelta(minutes=1))
        return _all_items(
            lambda before_id: self.audit_log.of_user(user_id, first, before_id or newest, PAGE, lambda _: True)
        )


def _read_ahead[Item, Content](
    executor: ThreadPoolExecutor, items: Iterable[Item], read: Callable[[Item], Content]
) -> Iterator[tuple[Item, Content]]:
    """Yield each item with what is read for it, while the next READ_AHEAD items are being read already."""
    waiting: deque[tuple[Item, Future[Content]]] = deque()
    for item in items:
        waiting.append((item, executor.submit(read, item)))
        if len(waiting) > READ_AHEAD:
            earliest, content = waiting.popleft()
            yield earliest, content.result()
    for item, content in waiting:
        yield item, content.result()


def _all_items[T](page_before: Callable[[str | None], Page[T]]) -> Iterator[T]:
    """Yield the items of all pages."""
    before_id: str | None = None
    while True:
        page = page_before(before_id)
        yield from page.items
        before_id = page.next_id
        if before_id is None:
            return


def _write_result(archive: zipfile.ZipFile, folder: str, result: bytes) -> None:
    """Write the parts of a result that did not fail; a result that this version cannot read as it is stored."""
    try:
        stored = read_result(result)
    except ResultOutdated:
        archive.writestr(f"{folder}/result.json", result)
        return
    if "accessibility" not in stored.failures:
        archive.writestr(f"{folder}/accessibility.json", msgspec.json.encode(report_members(stored)))
    if "tokens" not in stored.failures:
        archive.writestr(f"{folder}/tokens.json", bytes(stored.tokens))


def _write_list(archive: zipfile.ZipFile, name: str, records: Iterable[msgspec.Struct]) -> None:
    """Write records as a JSON array, one per line, without holding all of them."""
    with archive.open(name, "w") as file:
        file.write(b"[")
        for number, record in enumerate(records):
            file.write((b",\n" if number else b"\n") + msgspec.json.encode(record))
        file.write(b"\n]\n")


def _json(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2)
