"""Errors that several entities share."""


class ChangedMeanwhile(Exception):
    """Another request changed the same item at the same time."""


class InvalidField(Exception):
    """A field of a request is well formed, but its value is not acceptable."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(f"{field} {detail}")
        self.field = field
        self.detail = detail
