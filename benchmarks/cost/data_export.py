"""Time and memory of a data export: `python -m benchmarks.cost.data_export [images]`, 10,000 by default.

The export of an account is written with the functions' own code. Only the tables and the bucket are simulated: a read
of an object takes LATENCY and as long as THROUGHPUT allows, and so does the upload of a part. A file has FILE_BYTES of
noise, as PNG files hardly shrink, and a result is that of a page with CHECKS checks. The CPU time is of this machine; a
function with 1,024 MB has 0.58 of a virtual CPU.
"""

import os
import resource
import sys
import time
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from chalicelib.api.representations import REPRESENTATIONS
from chalicelib.model.clock import utc_now
from chalicelib.model.ids import new_id
from chalicelib.model.images import Image, ImageKey, ImageStatus
from chalicelib.model.paging import Page
from chalicelib.model.users import AccountRole, User
from chalicelib.services.accounts.exported_data import ExportedData
from chalicelib.storage.multipart_upload import MultipartUpload
from januslens.analysis.stored import SCHEMA

LATENCY: Final = 0.03  # seconds until S3 has answered
THROUGHPUT: Final = 50_000_000  # bytes per second
FILE_BYTES: Final = 300_000
CHECKS: Final = 300
NOON: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)


class _Empty:
    """A table without items."""

    def of_user(self, *_: object) -> Any:
        return Page([], None) if len(_) > 2 else []  # noqa: PLR2004 - only the audit log has pages

    def list(self, *_: object) -> Page[Any]:
        return Page([], None)


class _Images:
    def __init__(self, count: int) -> None:
        self._count = count

    def list(self, owner_id: str, limit: int, before_id: str | None) -> Page[Image]:
        first = int(before_id or 0)
        page = [_image(owner_id) for _ in range(first, min(first + limit, self._count))]
        return Page(page, str(first + limit) if first + limit < self._count else None)


class _Objects:
    def __init__(self) -> None:
        self._file = os.urandom(FILE_BYTES)
        check = {
            "rule": "text-contrast",
            "outcome": "failed",
            "box": [10, 20, 100, 16],
            "ratio": 4.478,
            "message": "m" * 99,
        }
        report = {"checks": [check | {"text": f"text {number}"} for number in range(CHECKS)], "summary": {"rules": {}}}
        result = {"schema": SCHEMA, "image": {}, "accessibility": report, "tokens": {"color": {}}, "failures": {}}
        self._result = msgspec.json.encode(result)

    def read_result(self, _: ImageKey) -> bytes:
        time.sleep(LATENCY)
        return bytes(bytearray(self._result))  # a copy, as each answer is

    def read_image(self, *_: object) -> bytes:
        time.sleep(LATENCY + FILE_BYTES / THROUGHPUT)
        return bytes(bytearray(self._file))


class _Bucket:
    def create_multipart_upload(self, **_: object) -> Any:
        return {"UploadId": "upload"}

    def upload_part(self, **arguments: Any) -> Any:
        time.sleep(LATENCY + len(arguments["Body"]) / THROUGHPUT)
        return {"ETag": "part"}

    def complete_multipart_upload(self, **_: object) -> None:
        time.sleep(LATENCY)


def _image(owner_id: str) -> Image:
    times = dict.fromkeys((ImageStatus.AWAITING_UPLOAD, ImageStatus.ANALYZED), NOON)
    return Image(ImageKey(owner_id, new_id()), "a.png", "image/png", FILE_BYTES, 2.0, None, ImageStatus.ANALYZED, times)


def main(arguments: list[str]) -> int:
    """Print the size of an export, its time, CPU time and memory; return 0."""
    count = int(arguments[0]) if arguments else 10_000
    stubs: dict[str, Any] = dict.fromkeys(("sessions", "api_keys", "projects", "research_notes", "audit_log"), _Empty())
    images: Any = _Images(count)
    objects: Any = _Objects()
    bucket: Any = _Bucket()
    content = ExportedData(**stubs, images=images, objects=objects, clock=utc_now)
    user = User(new_id(), "ann@people.example", None, AccountRole.USER, "hash", NOON)
    before, started, cpu = _peak(), time.perf_counter(), time.process_time()
    with MultipartUpload(bucket, "bucket", "export.zip", "application/zip") as file:
        content.write(user, file, REPRESENTATIONS)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    sys.stdout.write(
        f"images\t{count}\nfile\t{file.size / 1e6:.0f} MB\ntime\t{seconds:.0f} s\nCPU\t{cpu:.0f} s\n"
        f"memory\t{_peak():.0f} MB at most, {before:.0f} MB before\n"
    )
    return 0


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
