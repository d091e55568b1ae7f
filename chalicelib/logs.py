"""Log lines: one JSON object per line on standard output, which CloudWatch indexes.

Each line contains the context of its request or event. No code logs email addresses, tokens or presigned URLs, but
error messages may contain them, so every value is redacted.
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
# Each alternative matches only at the start of a run of its characters, so that the search takes linear time.
SECRET: Final = re.compile(
    r"""
    (?<![^\s"'<>@]) [^\s"'<>@]++ @ [^\s"'<>@]+             # an email address
    | (?<![\w-]) (?=[\w-]*eyJ) [\w-]++\.[\w-]++\.[\w-]*     # a JSON Web Token: "eyJ" is {" in base64
    | (?<![^\s"'<>]) (?=[^\s"'<>]*[?&]X-Amz-) [^\s"'<>]++   # a presigned URL
    """,
    re.VERBOSE,
)
STANDARD: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

_context: ContextVar[dict[str, Any]] = ContextVar("log_context")


@contextmanager
def context(**fields: Any) -> Iterator[None]:
    """Add fields to every log line that is written within the block, including in functions that it calls.

    Within a nested block only the fields of the inner block are written.
    """
    token = _context.set(fields)
    try:
        yield
    finally:
        _context.reset(token)


def add_context(**fields: Any) -> None:
    """Add fields to the later log lines of the current `context` block. Raises LookupError outside of one."""
    _context.get().update(fields)


class JsonLines(logging.Formatter):
    """The log formatter that writes a record as one JSON object per line.

    Its fields are the time in UTC, level, logger, message, the fields of `context`, those of `extra`, and the traceback
    of an exception. Email addresses, JSON Web Tokens and presigned URLs in them are redacted, but no other secrets.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON, without the final line break."""
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
    """Write the records of all loggers, from a level on, to standard output as JSON lines.

    Other handlers of the root logger, such as Lambda's, are removed. botocore is logged from WARNING on, and Python's
    warnings are logged too.
    """
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger("botocore").setLevel(logging.WARNING)  # at INFO it logs the source of credentials per client
    logging.captureWarnings(capture=True)


def _clean(value: Any) -> Any:
    """Return a value that JSON can represent, with secrets redacted."""
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
