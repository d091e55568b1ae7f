"""The `Migration` record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.config import Settings


@dataclass(frozen=True, slots=True)
class Migration:
    """A change of all items of one DynamoDB table that are in an old form.

    name is the number and a description; it is never reused. table returns the table's name, and key lists the
    attributes of its key. is_old is a condition expression that is true for an item before the change and false after
    it: it selects items, and guards each update against concurrent changes. change is an update expression. names and
    values are the expression attribute names and values of both.
    """

    name: str
    table: Callable[[Settings], str]
    key: tuple[str, ...]
    is_old: str
    change: str
    names: Mapping[str, str]
    values: Mapping[str, Any]
