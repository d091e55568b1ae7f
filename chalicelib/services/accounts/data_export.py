"""Data exports: all data of a user in one ZIP file, which a job makes and which is available for some days.

The file lets people see which data is stored and move it elsewhere (GDPR, articles 15 and 20): records as JSON, and the
image files.
"""

import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import IO, Any, Final

import msgspec
from msgspec.structs import asdict

from chalicelib.model.audit import AuditAction, AuditEvent
from chalicelib.model.clock import Clock
from chalicelib.model.data_exports import DataExport, DataExportInProgress, DataExportNotFound, DataExportState
from chalicelib.model.ids import first_id, new_id
from chalicelib.model.images import Image, ImageStatus
from chalicelib.model.objects import ObjectMissing
from chalicelib.model.paging import Page
from chalicelib.model.users import User
from chalicelib.services.accounts.throttling import Throttle
from chalicelib.services.audit import AuditRecorder
from chalicelib.services.email.mailer import Mailer, Message
from chalicelib.storage.job_queues import JobQueues
from chalicelib.storage.object_store import ObjectStore
from chalicelib.storage.tables.api_keys import ApiKeysTable
from chalicelib.storage.tables.audit_log import AuditLogTable
from chalicelib.storage.tables.data_exports import DataExportsTable
from chalicelib.storage.tables.images import ImagesTable
from chalicelib.storage.tables.projects import ProjectsTable
from chalicelib.storage.tables.research_notes import ResearchNotesTable
from chalicelib.storage.tables.sessions import SessionsTable
from chalicelib.storage.tables.users import UsersTable

KEPT_FOR: Final = timedelta(days=7)
GIVEN_UP_AFTER: Final = timedelta(hours=1)  # five attempts of 15 minutes would take longer, but are rare
MAX_IMAGES_BYTES: Final = 400_000_000  # of all images together: Lambda has 512 MB for temporary files
MAX_IMAGE_FILE_BYTES: Final = 100_000_000  # larger than any upload that is accepted
PAGE: Final = 100
SECRETS: Final = ("password_hash", "totp_secret", "totp_proposed", "email_change", "verification")
LEFT_OUT: Final = "These images are left out, because the file would be too large. Download them one by one:\n"


class DataExportService(msgspec.Struct, frozen=True):
    """The use cases of data exports: requesting one, reading its state, and making its file."""

    data_exports: DataExportsTable
    users: UsersTable
    sessions: SessionsTable
    api_keys: ApiKeysTable
    projects: ProjectsTable
    images: ImagesTable
    research_notes: ResearchNotesTable
    audit_log: AuditLogTable
    objects: ObjectStore
    jobs: JobQueues
    throttle: Throttle
    mailer: Mailer
    audit: AuditRecorder
    clock: Clock

    def request(self, user: User) -> DataExportState:
        """Request a data export, which replaces an earlier one, and queue the job that makes it; return its state.

        Raises RateLimitExceeded, and DataExportInProgress if the earlier one was requested within the last hour and is
        unfinished.
        """
        user_id = user.id
        self.throttle.data_export(user_id)
        now = self.clock()
        export = DataExport(user_id, new_id(), now, (now + KEPT_FOR).replace(microsecond=0))
        requested = self.audit.event(AuditAction.DATA_EXPORT_REQUESTED, actor_id=user_id, subject_id=user_id)
        if not self.data_exports.request(export, now - GIVEN_UP_AFTER, [requested]):
            raise DataExportInProgress
        self.jobs.export_data(user_id, export.id)
        self.mailer.send(user.email, Message.DATA_EXPORT_REQUESTED)
        return DataExportState(export, None, failed=False)

    def get(self, user_id: str) -> DataExportState:
        """Return the state of the user's last data export, with the signed URL of its file if it is made.

        It has failed if it was not made within an hour of the request. Raises DataExportNotFound if there is none or it
        has expired, seven days after the request.
        """
        export, now = self.data_exports.get(user_id), self.clock()
        if export is None or export.expires_at <= now:
            raise DataExportNotFound
        if export.made_at is not None:
            return DataExportState(export, self.objects.data_export_url(user_id, export.id, now), failed=False)
        return DataExportState(export, None, failed=export.asked_at < now - GIVEN_UP_AFTER)

    def make(self, user_id: str, export_id: str) -> None:
        """Make the ZIP file of a requested data export and store it.

        It contains the user's records and results as JSON, without secrets, and the analyzed image files up to 400 MB
        in all; images of projects are not included. Do nothing if the user does not exist, or if the export has been
        made or replaced. Raises ObjectMissing if an image is deleted while the file is made; the job is then retried.
        """
        export, user = self.data_exports.get(user_id), self.users.get(user_id)
        if export is None or user is None or export.id != export_id or export.made_at is not None:
            return
        with tempfile.TemporaryFile() as file:
            self._write(user, file)
            size = file.tell()
            file.seek(0)
            self.objects.delete_data_exports(user_id)
            self.objects.write_data_export(user_id, export_id, file)
        self.data_exports.finish(export, self.clock(), size)

    def _write(self, user: User, file: IO[bytes]) -> None:
        sessions = self.sessions.of_user(user.id, self.clock())
        keys = [key for key in self.api_keys.of_user(user.id) if key.generation == user.key_generation]
        projects = self.projects.of_user(user.id)
        notes = _all_items(lambda before_id: self.research_notes.list(user.id, PAGE, before_id, lambda _: True))
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("account.json", _json(_without(user, *SECRETS)))
            archive.writestr("sessions.json", _json([_without(session) for session in sessions]))
            archive.writestr("api-keys.json", _json([_without(key, "digest") for key in keys]))
            archive.writestr("projects.json", _json([_without(member) for member in projects]))
            archive.writestr("log.json", _json([_without(event) for event in self._audit_events(user.id)]))
            archive.writestr("analytics.json", _json([_without(note) for note in notes]))
            self._write_images(user.id, archive)

    def _write_images(self, user_id: str, archive: zipfile.ZipFile) -> None:
        written, left_out = 0, []
        for image in _all_items(lambda before_id: self.images.list(user_id, PAGE, before_id)):
            folder = f"images/{image.key.image_id}"
            archive.writestr(f"{folder}/image.json", _json(_without(image)))
            if image.status is not ImageStatus.ANALYZED:
                continue
            archive.writestr(f"{folder}/result.json", self.objects.read_result(image.key))
            if written + image.size > MAX_IMAGES_BYTES:
                left_out.append(f"/images/{image.key.image_id}\n")
                continue
            written += image.size
            self._write_image(image, folder, archive)
        if left_out:
            archive.writestr("left-out.txt", LEFT_OUT + "".join(left_out))

    def _write_image(self, image: Image, folder: str, archive: zipfile.ZipFile) -> None:
        try:
            content = self.objects.read_image(image.key, MAX_IMAGE_FILE_BYTES)
        except ObjectMissing:
            return  # the image was deleted meanwhile
        extension = image.content_type.rpartition("/")[2]
        archive.writestr(f"{folder}/image.{extension}", content, zipfile.ZIP_STORED)

    def _audit_events(self, user_id: str) -> Iterator[AuditEvent]:
        now = self.clock()
        first, newest = datetime.fromtimestamp(0, now.tzinfo), first_id(now + timedelta(minutes=1))
        return _all_items(
            lambda before_id: self.audit_log.of_user(user_id, first, before_id or newest, PAGE, lambda _: True)
        )


def _all_items[T](page_before: Callable[[str | None], Page[T]]) -> Iterator[T]:
    """Yield the items of all pages."""
    before_id: str | None = None
    while True:
        page = page_before(before_id)
        yield from page.items
        before_id = page.next_id
        if before_id is None:
            return


def _without(record: Any, *secret: str) -> dict[str, Any]:
    """Return a record's fields except the secret ones."""
    return {name: value for name, value in asdict(record).items() if name not in secret}


def _json(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2)
