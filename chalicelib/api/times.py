"""Times and days from a query, whose form was checked: the thirtieth of February has the right one and isn't."""

from collections.abc import Callable
from datetime import date, datetime

from chalicelib.api.problems import FieldError, Refused, invalid


def time_of(name: str, text: str | None) -> datetime | None:
    """Return the time that a field says. Raises Refused."""
    return _read(name, text, datetime.fromisoformat, "time")


def day_of(name: str, text: str | None) -> date | None:
    """Return the day that a field says. Raises Refused."""
    return _read(name, text, date.fromisoformat, "day")


def _read[T](name: str, text: str | None, parse: Callable[[str], T], kind: str) -> T | None:
    try:
        return None if text is None else parse(text)
    except ValueError as error:
        raise Refused(invalid([FieldError(name, f"is no {kind} that there is")])) from error
