"""Errors for files that cannot be analyzed."""

from typing import ClassVar


class ImageRejected(Exception):
    """A file cannot be analyzed, and a retry would fail in the same way; the base class of the errors below.

    code is for programs; detail is a sentence for the person who sent the file.
    """

    code: ClassVar[str]

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class ImageCorrupt(ImageRejected):
    """The file has the signature of an accepted format but cannot be decoded."""

    code = "image_corrupt"


class ImageTooLarge(ImageRejected):
    """The image has more pixels than the limit of an analysis."""

    code = "image_too_large"


class FormatUnsupported(ImageRejected):
    """The file is not an image, or its format is not PNG, JPEG, WebP, GIF or AVIF."""

    code = "format_unsupported"
