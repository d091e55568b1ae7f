"""Multipart uploads: objects that are stored while they are being written.

Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
"""

from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

PART_BYTES: Final = 16 * 1024 * 1024  # S3 takes 10,000 parts: 160 GB; each is held in memory twice


class MultipartUpload:
    """An object as a file that can only be written, in order; no more than a part of it is held in memory.

    Used as a context manager, it is stored at the end of the block, and not at all if the block raises. Every method
    raises botocore's ClientError or BotoCoreError if a request fails.
    """

    def __init__(self, s3: "S3Client", bucket: str, name: str, content_type: str) -> None:
        self.size = 0
        self._s3 = s3
        self._bucket = bucket
        self._name = name
        self._id: str = s3.create_multipart_upload(Bucket=bucket, Key=name, ContentType=content_type)["UploadId"]
        self._parts: list[CompletedPartTypeDef] = []
        self._buffer = bytearray()

    def write(self, data: bytes) -> int:
        """Append bytes to the object, and return their number."""
        self._buffer += data
        self.size += len(data)
        while len(self._buffer) >= PART_BYTES:
            self._send(PART_BYTES)
        return len(data)

    def flush(self) -> None:
        """Do nothing: a part that is not full cannot be sent before the end."""

    def close(self) -> None:
        """Do nothing: the end of the block stores the object."""

    def __enter__(self) -> Self:
        """Begin the block."""
        return self

    def __exit__(
        self, error_type: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Store the object, or discard its parts if the block raised."""
        if error_type is not None:
            self._s3.abort_multipart_upload(Bucket=self._bucket, Key=self._name, UploadId=self._id)
            return
        self._send(len(self._buffer))
        self._s3.complete_multipart_upload(
            Bucket=self._bucket, Key=self._name, UploadId=self._id, MultipartUpload={"Parts": self._parts}
        )

    def _send(self, size: int) -> None:
        number = len(self._parts) + 1
        part = self._s3.upload_part(
            Bucket=self._bucket,
            Key=self._name,
            UploadId=self._id,
            PartNumber=number,
            Body=bytes(self._buffer[:size]),
        )
        self._parts.append({"ETag": part["ETag"], "PartNumber": number})
        del self._buffer[:size]
