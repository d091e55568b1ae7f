"""The base of all tables: binding, conditional writes, deletion of all items under a key."""

import types
from collections.abc import Callable
from typing import Any, Final

from botocore.exceptions import ClientError
from pynamodb.attributes import NumberAttribute
from pynamodb.exceptions import PynamoDBException, TransactWriteError
from pynamodb.models import Model

SCHEMA_VERSION: Final = 1
CONDITION_FAILED: Final = "ConditionalCheckFailedException"
ALL_OLD: Final = "ALL_OLD"  # what is stored is returned if the condition is not met


class Item(Model):
    """The base of the PynamoDB models of all tables. An item contains the version of the schema it was written with."""

    schema_version = NumberAttribute(default=SCHEMA_VERSION)


def bind[I: Item](item: type[I], table_name: str, region: str) -> type[I]:
    """Return a subclass of a PynamoDB model that is bound to a table in a region; the model itself has no table."""
    meta = type("Meta", (), {"table_name": table_name, "region": region})
    subclass: Any = types.new_class(item.__name__, (item,), exec_body=lambda namespace: namespace.update(Meta=meta))
    bound: type[I] = subclass
    return bound


def delete_all(item: type[Item], hash_key: str) -> None:
    """Delete all items under a hash key, in batches. Raises PynamoDBException if a request fails."""
    with item.batch_write() as batch:
        for found in item.query(hash_key, consistent_read=True):
            batch.delete(found)


def condition_failed(error: PynamoDBException) -> bool:
    """Return whether a write, alone or in a transaction, failed because its condition was not met."""
    return bool(conditions_failed(error)) or _code(error) == CONDITION_FAILED


def conditions_failed(error: PynamoDBException) -> set[int]:
    """Return which writes of a transaction have conditions that were not met: -1 is the last write, -2 that before.

    PynamoDB sends deletions first, then puts, then updates. The set is empty if the transaction failed as a whole, and
    for a write outside a transaction.
    """
    reasons = error.cancellation_reasons if isinstance(error, TransactWriteError) else []
    return {
        index - len(reasons)
        for index, reason in enumerate(reasons)
        if reason is not None and reason.code == "ConditionalCheckFailed"
    }


def stored_items(error: PynamoDBException) -> list[dict[str, Any]]:
    """Return the items because of which the conditions of a transaction are not met, as DynamoDB returns them.

    They are those of the writes that ask for them, with return_values=ALL_OLD.
    """
    reasons = error.cancellation_reasons if isinstance(error, TransactWriteError) else []
    return [reason.raw_item for reason in reasons if reason is not None and reason.raw_item]


def applied(write: Callable[[], object]) -> bool:
    """Call a function that writes conditionally; return False if its condition is not met, otherwise True.

    Raises PynamoDBException if the write fails for another reason.
    """
    try:
        write()
    except PynamoDBException as error:
        if condition_failed(error):
            return False
        raise
    return True


def conflicted(error: PynamoDBException) -> bool:
    """Return whether a transaction failed because it conflicted with another one.

    The result is False for a write outside a transaction. Retrying is safe, and botocore does not do it by itself.
    """
    return isinstance(error, TransactWriteError) and any(
        reason is not None and reason.code == "TransactionConflict" for reason in error.cancellation_reasons
    )


def _code(error: PynamoDBException) -> str | None:
    """Return the code of DynamoDB's error, or None if there was no answer, for which PynamoDB's property fails."""
    return error.cause.response["Error"]["Code"] if isinstance(error.cause, ClientError) else None
