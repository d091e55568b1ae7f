"""Data exports: all data of a user in one ZIP file, which a job makes and which is available for some days.

The file lets people see which data is stored and move it elsewhere (GDPR, articles 15 and 20).
"""

from datetime import timedelta
from typing import Final

import msgspec

from chalicelib.model.audit import AuditAction
from chalicelib.model.clock import Clock
from chalicelib.model.data_exports import DataExport, DataExportInProgress, DataExportNotFound, DataExportState
from chalicelib.model.ids import new_id
from chalicelib.model.users import User
from chalicelib.services.accounts.exported_data import ExportedData, Representations
from chalicelib.services.accounts.throttling import Throttle
from chalicelib.services.audit import AuditRecorder
from chalicelib.services.email.mailer import Mailer, Message
from chalicelib.storage.job_queues import JobQueues
from chalicelib.storage.object_store import ObjectStore
from chalicelib.storage.tables.data_exports import DataExportsTable
from chalicelib.storage.tables.users import UsersTable

KEPT_FOR: Final = timedelta(days=7)
GIVEN_UP_AFTER: Final = timedelta(hours=1)  # five attempts of 15 minutes would take longer, but are rare


class DataExportService(msgspec.Struct, frozen=True):
    """The use cases of data exports: requesting one, reading its state, and making its file."""

    data_exports: DataExportsTable
    users: UsersTable
    content: ExportedData
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
        try:
            self.jobs.export_data(user_id, export.id)
        except Exception:
            self.data_exports.withdraw(export)  # otherwise another could be requested only an hour later
            raise
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

    def make(self, user_id: str, export_id: str, represent: Representations) -> None:
        """Make the ZIP file of a requested data export and store it, with records in the form of represent.

        Do nothing if the export has been made. If it was replaced, or the account was closed or deleted, only delete
        what an interrupted attempt has stored.
        """
        export, user = self.data_exports.get(user_id), self.users.get(user_id)
        if export is None or user is None or user.deleted_at is not None or export.id != export_id:
            self.objects.delete_data_export(user_id, export_id)
            return
        if export.made_at is not None:
            return
        self.objects.delete_data_exports(user_id)
        with self.objects.write_data_export(user_id, export_id) as file:
            self.content.write(user, file, represent)
        if not self.data_exports.finish(export, self.clock(), file.size):
            self.objects.delete_data_export(user_id, export_id)
