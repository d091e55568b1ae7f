"""The object store, the queues, the mail service, and what AWS reports about itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import override

from chalicelib.model.images import ImageKey
from chalicelib.model.objects import ObjectMissing, ObjectTooLarge, SignedForm, SignedUrl
from chalicelib.storage.email import EmailTransport
from chalicelib.storage.gauges import Gauges
from chalicelib.storage.job_queues import JobQueues
from chalicelib.storage.multipart_upload import MultipartUpload
from chalicelib.storage.object_store import ObjectStore
from chalicelib.storage.probes import Probes, ServiceUnavailable

SIGNED_FOR = timedelta(minutes=5)


@dataclass(frozen=True)
class StoredObject:
    data: bytes
    content_type: str


class FakeMultipartUpload(MultipartUpload):
    def __init__(self, stored: dict[str, StoredObject], name: str) -> None:
        self.size = 0
        self._stored = stored
        self._name = name
        self._data = bytearray()

    @override
    def write(self, data: bytes) -> int:
        self._data += data
        self.size += len(data)
        return len(data)

    @override
    def __exit__(
        self, error_type: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error_type is None:
            self._stored[self._name] = StoredObject(bytes(self._data), "application/zip")


class FakeObjectStore(ObjectStore):
    def __init__(self) -> None:
        self.stored: dict[str, StoredObject] = {}

    def upload(self, key: ImageKey, data: bytes = b"pixels") -> None:
        """Store an upload, as a browser does with the form."""
        self.stored[_name("uploads", key)] = StoredObject(data, "image/png")

    def folders(self, key: ImageKey) -> set[str]:
        """Return the first part of the name of each object of an image."""
        return {name.split("/")[0] for name in self.stored if f"{key.owner_id}/{key.image_id}" in name}

    @override
    def bucket_url(self) -> str:
        return "https://bucket.example"

    @override
    def upload_form(self, key: ImageKey, content_type: str, max_bytes: int, now: datetime) -> SignedForm:
        fields = {"key": _name("uploads", key), "Content-Type": content_type}
        return SignedForm(self.bucket_url(), fields, now + SIGNED_FOR)

    @override
    def read_upload(self, key: ImageKey, max_bytes: int) -> bytes:
        return self._read(_name("uploads", key), max_bytes)

    @override
    def write_image(self, key: ImageKey, data: bytes, content_type: str) -> None:
        self.stored[_name("images", key)] = StoredObject(data, content_type)

    @override
    def read_image(self, key: ImageKey, max_bytes: int) -> bytes:
        return self._read(_name("images", key), max_bytes)

    @override
    def image_url(self, key: ImageKey, now: datetime) -> SignedUrl:
        return self._signed(_name("images", key), now)

    @override
    def write_view(self, key: ImageKey, view: str, png: bytes) -> None:
        self.stored[f"{_name('views', key)}/{view}.png"] = StoredObject(png, "image/png")

    @override
    def view_url(self, key: ImageKey, view: str, now: datetime) -> SignedUrl:
        return self._signed(f"{_name('views', key)}/{view}.png", now)

    @override
    def write_result(self, key: ImageKey, result: bytes) -> None:
        self.stored[_name("results", key)] = StoredObject(result, "application/json")

    @override
    def read_result(self, key: ImageKey) -> bytes:
        return self._read(_name("results", key), 1_000_000_000)

    @override
    def delete_upload(self, key: ImageKey) -> None:
        self.stored.pop(_name("uploads", key), None)

    @override
    def delete_all(self, key: ImageKey) -> None:
        for folder in ("uploads", "images", "results"):
            self.stored.pop(_name(folder, key), None)
        self._delete_below(f"{_name('views', key)}/")

    @override
    def delete_all_of(self, owner_id: str) -> None:
        for folder in ("uploads", "images", "views", "results", "data-exports"):
            self._delete_below(f"{folder}/{owner_id}/")

    @override
    def write_data_export(self, user_id: str, export_id: str) -> MultipartUpload:
        return FakeMultipartUpload(self.stored, f"data-exports/{user_id}/{export_id}.zip")

    @override
    def data_export_url(self, user_id: str, export_id: str, now: datetime) -> SignedUrl:
        return self._signed(f"data-exports/{user_id}/{export_id}.zip", now)

    @override
    def delete_data_exports(self, user_id: str) -> None:
        self._delete_below(f"data-exports/{user_id}/")

    @override
    def delete_data_export(self, user_id: str, export_id: str) -> None:
        self.stored.pop(f"data-exports/{user_id}/{export_id}.zip", None)

    def _delete_below(self, prefix: str) -> None:
        for name in [name for name in self.stored if name.startswith(prefix)]:
            del self.stored[name]

    def _signed(self, name: str, now: datetime) -> SignedUrl:
        return SignedUrl(f"{self.bucket_url()}/{name}?signed", now + SIGNED_FOR)

    def _read(self, name: str, max_bytes: int) -> bytes:
        if name not in self.stored:
            raise ObjectMissing
        data = self.stored[name].data
        if len(data) > max_bytes:
            raise ObjectTooLarge
        return data


def _name(folder: str, key: ImageKey) -> str:
    return f"{folder}/{key.owner_id}/{key.image_id}"


class FakeJobQueues(JobQueues):
    def __init__(self) -> None:
        self.sent: list[tuple[str, ...]] = []

    @override
    def purge_user(self, user_id: str) -> None:
        self.sent.append(("purge user", user_id))

    @override
    def purge_project(self, project_id: str) -> None:
        self.sent.append(("purge project", project_id))

    @override
    def export_data(self, user_id: str, export_id: str) -> None:
        self.sent.append(("export data", user_id, export_id))


@dataclass(frozen=True)
class SentEmail:
    recipient: str
    subject: str
    text: str


class FakeEmailTransport(EmailTransport):
    def __init__(self) -> None:
        self.sent: list[SentEmail] = []
        self.failure: Exception | None = None

    @override
    def send(self, recipient: str, subject: str, text: str) -> None:
        if self.failure is not None:
            raise self.failure
        self.sent.append(SentEmail(recipient, subject, text))

    def subjects_to(self, recipient: str) -> list[str]:
        return [email.subject for email in self.sent if email.recipient == recipient]


class FakeProbes(Probes):
    def __init__(self) -> None:
        self.requests = {name: lambda: None for name in ("database", "objects", "queue")}
        self.probed: list[str] = []
        self.unavailable: set[str] = set()

    @override
    def probe(self, service: str) -> None:
        self.probed.append(service)
        if service in self.unavailable:
            raise ServiceUnavailable(service)


class FakeGauges(Gauges):
    def __init__(self) -> None:
        self.reported_bytes: int | None = None

    @override
    def waiting(self) -> dict[str, int]:
        return {"uploads": 3, "deletion": 0}

    @override
    def users(self) -> int:
        return 7

    @override
    def stored_bytes(self, now: datetime) -> int | None:
        return self.reported_bytes
