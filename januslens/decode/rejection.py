"""Why a file can't be analyzed."""

from typing import ClassVar


class ImageRejected(Exception):
    """The file can't be analyzed; a second attempt would end the same way.

    code is for programs; detail is a sentence for the person who sent the file.
    """

    code: ClassVar[str]

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class ImageCorrupt(ImageRejected):
    """The file claims an accepted format but can't be decoded."""

    code = "image_corrupt"


class ImageTooLarge(ImageRejected):
    """The picture has more pixels than an analysis may take."""

    code = "image_too_large"


class FormatUnsupported(ImageRejected):
    """The file is no image, or one of a format that isn't accepted."""

    code = "format_unsupported"
