"""Messages of work that is done after the answer (`storage/errands.py` sends them)."""

import msgspec


class NoErrand(ValueError):
    """A message isn't one of ours."""


class Erase(msgspec.Struct, forbid_unknown_fields=True):
    """Erase a user or a project: one of both."""

    user_id: str | None = None
    project_id: str | None = None

    def __post_init__(self) -> None:
        """Refuse a message that names both or neither."""
        if (self.user_id is None) == (self.project_id is None):
            raise ValueError("not one of both")


class Export(msgspec.Struct, forbid_unknown_fields=True):
    """Put all that belongs to a user into a file."""

    user_id: str
    export_id: str


def read[T: msgspec.Struct](body: str, into: type[T]) -> T:
    """Read a message. Raises NoErrand."""
    try:
        return msgspec.json.decode(body, type=into)
    except msgspec.MsgspecError as error:
        raise NoErrand(str(error)) from error
