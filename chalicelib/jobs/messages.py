"""Messages of background jobs. `storage/job_queues.py` sends them."""

import msgspec


class JobMessageInvalid(ValueError):
    """The body of a message is not valid JSON, or does not have the fields of its job."""


class PurgeJob(msgspec.Struct, forbid_unknown_fields=True):
    """A queued job that deletes all data of either a closed user or a closed project; the other id is None."""

    user_id: str | None = None
    project_id: str | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a message that names both or neither."""
        if (self.user_id is None) == (self.project_id is None):
            raise ValueError("exactly one of user_id and project_id is required")


class DataExportJob(msgspec.Struct, forbid_unknown_fields=True):
    """A queued job that makes the file of a requested export of a user's data."""

    user_id: str
    export_id: str


def read[T: msgspec.Struct](body: str, into: type[T]) -> T:
    """Parse the JSON body of a message into a job of the type `into`. Raises JobMessageInvalid."""
    try:
        return msgspec.json.decode(body, type=into)
    except msgspec.MsgspecError as error:
        raise JobMessageInvalid(str(error)) from error
