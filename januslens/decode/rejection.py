"""Errors for files that cannot be analyzed."""

from typing import ClassVar


class ImageRejected(Exception):
    """A file cannot be analyzed, and a retry would fail in the same way; base class of the errors in this module.

    code, a constant of each subclass such as `image_corrupt`, is for programs; detail is a sentence for the person who
    sent the file.
    """

    code: ClassVar[str]

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class ImageCorrupt(ImageRejected):
    """The file has the signature of an accepted format but is damaged or truncated and cannot be decoded."""

    code = "image_corrupt"


class ImageTooLarge(ImageRejected):
    """The image has more pixels than the limit of an analysis."""

    code = "image_too_large"


class FormatUnsupported(ImageRejected):
    """The file is not an image, or its format is not PNG, JPEG, WebP, GIF or AVIF."""

    code = "format_unsupported"


class MetadataUnreadable(ImageRejected):
    """The file is so damaged that its metadata cannot be found, although its pixels may be readable."""

    code = "metadata_unreadable"
