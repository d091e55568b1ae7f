"""Fields of a request that only a use case can judge."""


class FieldUnacceptable(Exception):
    """A field of a request is well formed but can't be taken."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(f"{field} {detail}")
        self.field = field
        self.detail = detail
