"""The messages of background jobs, which `storage/job_queues.py` sends."""

import msgspec


class JobMessageInvalid(ValueError):
    """A message is not one of a job."""


class PurgeJob(msgspec.Struct, forbid_unknown_fields=True):
    """Delete all data of a user or of a project: exactly one of the two."""

    user_id: str | None = None
    project_id: str | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a message that names both or neither."""
        if (self.user_id is None) == (self.project_id is None):
            raise ValueError("needs exactly one of user_id and project_id")


class DataExportJob(msgspec.Struct, forbid_unknown_fields=True):
    """Export a user's data."""

    user_id: str
    export_id: str


def read[T: msgspec.Struct](body: str, into: type[T]) -> T:
    """Read a message. Raises JobMessageInvalid."""
    try:
        return msgspec.json.decode(body, type=into)
    except msgspec.MsgspecError as error:
        raise JobMessageInvalid(str(error)) from error
