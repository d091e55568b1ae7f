"""Log lines: one JSON object a line on standard output, which CloudWatch takes as it is.

Each line carries what is known of the request or event that it was written in. What must not be in a log (e-mail
addresses, tokens, signed addresses) isn't logged on purpose anywhere; texts of errors may still carry some, so every
value is searched for them.
"""

import json
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

REDACTED: Final = "[redacted]"
# Each alternative is tried only where its run of characters begins, so that a long text is searched in linear time.
SECRET: Final = re.compile(
    r"""
    (?<![^\s"'<>@]) [^\s"'<>@]++ @ [^\s"'<>@]+             # an e-mail address
    | (?<![\w-]) (?=[\w-]*eyJ) [\w-]++\.[\w-]++\.[\w-]*     # a JSON Web Token: "eyJ" is {" in base64
    | (?<![^\s"'<>]) (?=[^\s"'<>]*[?&]X-Amz-) [^\s"'<>]++   # a presigned address
    """,
    re.VERBOSE,
)
STANDARD: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

_context: ContextVar[dict[str, Any]] = ContextVar("log_context")


@contextmanager
def context(**fields: Any) -> Iterator[None]:
    """Put fields into every line that is written inside, here or in what is called."""
    token = _context.set(fields)
    try:
        yield
    finally:
        _context.reset(token)


def add_context(**fields: Any) -> None:
    """Put fields into every further line of the context that this is called in."""
    _context.get().update(fields)


class JsonLines(logging.Formatter):
    """Formats a record as a JSON object: time, level, logger, message, the context, and what `extra` gave."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_context.get({}),
            **{name: value for name, value in vars(record).items() if name not in STANDARD},
        }
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        return json.dumps(_clean(fields))


def configure(level: int = logging.INFO) -> None:
    """Send every logger's lines to standard output; what was configured before, as by Lambda's runtime, is replaced."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger("botocore").setLevel(
        logging.WARNING
    )  # else it tells where it found credentials, client by client
    logging.captureWarnings(capture=True)


def _clean(value: Any) -> Any:
    """Return a value as JSON can have it, and without secrets."""
    match value:
        case None | bool() | int() | float():
            return value
        case dict():
            return {_clean_text(name): _clean(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_clean(inner) for inner in value]
        case _:
            return _clean_text(value)


def _clean_text(value: object) -> str:
    return SECRET.sub(REDACTED, str(value))
