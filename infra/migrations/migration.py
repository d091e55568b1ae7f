"""One change of the items of one table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.config import Settings


@dataclass(frozen=True, slots=True)
class Migration:
    """A change of every item that is still to be changed.

    name is its number and what it does; it is never used again. table says which table's items, key what their key's
    attributes are. is_old is a condition expression that is true of an item that is to be changed, and no more once it
    is: it selects items, and guards each update against whoever changed the item meanwhile. change is an update
    expression. names and values are what both expressions stand for.
    """

    name: str
    table: Callable[[Settings], str]
    key: tuple[str, ...]
    is_old: str
    change: str
    names: Mapping[str, str]
    values: Mapping[str, Any]
