"""Archives: all that belongs to a user as one ZIP file, made after the answer, to be fetched for some days.

It holds what people need to go on elsewhere or to see what is kept of them (GDPR, articles 15 and 20): JSON as the API
answers it, and the pictures themselves.
"""

import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import IO, Any, Final

import msgspec
from msgspec.structs import asdict

from chalicelib.services.audit import Action, Audit
from chalicelib.services.clock import Clock
from chalicelib.services.ids import new_id
from chalicelib.services.throttling import Throttle
from chalicelib.storage.api_keys import ApiKeys
from chalicelib.storage.archives import Archive, Archives
from chalicelib.storage.errands import Errands
from chalicelib.storage.images import Image, Images, Status
from chalicelib.storage.logs import LogEntry, Logs, first_id
from chalicelib.storage.objects import ObjectMissing, Objects, SignedUrl
from chalicelib.storage.paging import PageOf
from chalicelib.storage.projects import Projects
from chalicelib.storage.research import Research
from chalicelib.storage.sessions import Sessions
from chalicelib.storage.users import User, Users

KEPT_FOR: Final = timedelta(days=7)
GIVEN_UP_AFTER: Final = timedelta(hours=1)  # five tries of a quarter of an hour would take longer; they hardly happen
LARGEST: Final = 400_000_000  # bytes of pictures, which are written where Lambda has 512 MB
LARGEST_PICTURE: Final = 100_000_000  # bytes: more than any that was taken
PAGE: Final = 100
SECRETS: Final = ("password_hash", "totp_secret", "totp_proposed", "email_change")
LEFT_OUT: Final = "These pictures are left out, because the file would be too large. Fetch them one by one:\n"


class ArchiveNotFound(Exception):
    """The caller has asked for no archive lately."""


class ArchiveUnderway(Exception):
    """The archive that was asked for last is still being made."""


class ArchiveState(msgspec.Struct, frozen=True):
    """An archive and where it can be fetched, None unless it is made; failed says that it won't be."""

    archive: Archive
    url: SignedUrl | None
    failed: bool


class Archiving(msgspec.Struct, frozen=True):
    """The use cases of archives."""

    archives: Archives
    users: Users
    sessions: Sessions
    api_keys: ApiKeys
    projects: Projects
    images: Images
    research: Research
    logs: Logs
    objects: Objects
    errands: Errands
    throttle: Throttle
    audit: Audit
    clock: Clock

    def ask(self, user_id: str) -> ArchiveState:
        """Have an archive made, in the place of an earlier one. Raises OverLimit, ArchiveUnderway."""
        self.throttle.archive(user_id)
        now = self.clock()
        archive = Archive(user_id, new_id(), now, (now + KEPT_FOR).replace(microsecond=0))
        asked = self.audit.entry(Action.ARCHIVE_ASKED, actor_id=user_id, subject_id=user_id)
        if not self.archives.ask(archive, now - GIVEN_UP_AFTER, [asked]):
            raise ArchiveUnderway
        self.errands.export(user_id, archive.id)
        return ArchiveState(archive, None, failed=False)

    def get(self, user_id: str) -> ArchiveState:
        """Return how far the archive is that was asked for last. Raises ArchiveNotFound."""
        archive, now = self.archives.get(user_id), self.clock()
        if archive is None or archive.expires_at <= now:
            raise ArchiveNotFound
        if archive.made_at is not None:
            return ArchiveState(archive, self.objects.archive_url(user_id, archive.id, now), failed=False)
        return ArchiveState(archive, None, failed=archive.asked_at < now - GIVEN_UP_AFTER)

    def make(self, user_id: str, archive_id: str) -> None:
        """Make an archive that was asked for, unless it is made or another one was asked for."""
        archive, user = self.archives.get(user_id), self.users.get(user_id)
        if archive is None or user is None or archive.id != archive_id or archive.made_at is not None:
            return
        with tempfile.TemporaryFile() as file:
            self._write(user, file)
            size = file.tell()
            file.seek(0)
            self.objects.delete_archives(user_id)
            self.objects.write_archive(user_id, archive_id, file)
        self.archives.finish(archive, self.clock(), size)

    def _write(self, user: User, file: IO[bytes]) -> None:
        sessions = self.sessions.of_user(user.id, self.clock())
        keys = self.api_keys.of_user(user.id)
        projects = self.projects.of_user(user.id)
        research = _every(lambda before: self.research.list(user.id, PAGE, before, lambda _: True))
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("account.json", _json(_told(user, *SECRETS)))
            archive.writestr("sessions.json", _json([_told(session) for session in sessions]))
            archive.writestr("api-keys.json", _json([_told(key, "digest") for key in keys]))
            archive.writestr("projects.json", _json([_told(member) for member in projects]))
            archive.writestr("log.json", _json([_told(entry) for entry in self._log_of(user.id)]))
            archive.writestr("analytics.json", _json([_told(entry) for entry in research]))
            self._write_images(user.id, archive)

    def _write_images(self, user_id: str, archive: zipfile.ZipFile) -> None:
        written, left_out = 0, []
        for image in _every(lambda before: self.images.list(user_id, PAGE, before)):
            folder = f"images/{image.key.image_id}"
            archive.writestr(f"{folder}/image.json", _json(_told(image)))
            if image.status is not Status.ANALYZED:
                continue
            archive.writestr(f"{folder}/result.json", self.objects.read_result(image.key))
            if written + image.size > LARGEST:
                left_out.append(f"/images/{image.key.image_id}\n")
                continue
            written += image.size
            self._write_picture(image, folder, archive)
        if left_out:
            archive.writestr("left-out.txt", LEFT_OUT + "".join(left_out))

    def _write_picture(self, image: Image, folder: str, archive: zipfile.ZipFile) -> None:
        try:
            picture = self.objects.read_picture(image.key, LARGEST_PICTURE)
        except ObjectMissing:
            return  # the image was deleted while it was read
        extension = image.content_type.rpartition("/")[2]
        archive.writestr(f"{folder}/picture.{extension}", picture, zipfile.ZIP_STORED)

    def _log_of(self, user_id: str) -> Iterator[LogEntry]:
        now = self.clock()
        first, newest = datetime.fromtimestamp(0, now.tzinfo), first_id(now + timedelta(minutes=1))
        return _every(lambda before: self.logs.of_user(user_id, first, before or newest, PAGE, lambda _: True))


def _every[T](page_before: Callable[[str | None], PageOf[T]]) -> Iterator[T]:
    """Read page after page."""
    before: str | None = None
    while True:
        page = page_before(before)
        yield from page.items
        before = page.next_id
        if before is None:
            return


def _told(record: Any, *secret: str) -> dict[str, Any]:
    """Return a record's fields, but for those that nobody is told."""
    return {name: value for name, value in asdict(record).items() if name not in secret}


def _json(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2)
