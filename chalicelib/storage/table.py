"""What all tables have in common."""

from collections.abc import Callable
from typing import Any, Final

from pynamodb.attributes import NumberAttribute
from pynamodb.exceptions import PynamoDBException, TransactWriteError
from pynamodb.models import Model

SCHEMA_VERSION: Final = 1
CONDITION_FAILED: Final = "ConditionalCheckFailedException"


class Item(Model):
    """An item of any table; its version is that of the schema it was written with."""

    schema_version = NumberAttribute(default=SCHEMA_VERSION)


def bind(item: type[Item], table_name: str, region: str) -> None:
    """Say which table a model's items are in; a model names its columns, a deployment its tables."""
    meta: Any = item.Meta
    meta.table_name = table_name
    meta.region = region


def delete_all(item: type[Item], hash_key: str) -> None:
    """Delete all items under a hash key, as far as there are any."""
    with item.batch_write() as batch:
        for found in item.query(hash_key, consistent_read=True):
            batch.delete(found)


def condition_failed(error: PynamoDBException, at: int | None = None) -> bool:
    """Whether a write failed on its condition, alone or in a transaction, and not for another reason.

    at asks whether one write of a transaction did so alone; PynamoDB sends deletions first, then puts, then updates.
    """
    if at is not None and isinstance(error, TransactWriteError):
        reasons = error.cancellation_reasons  # none where the transaction failed as a whole
        failed = [reason is not None and reason.code == "ConditionalCheckFailed" for reason in reasons]
        return sum(failed) == 1 and failed[at]
    return _canceled_for(error, "ConditionalCheckFailed") or error.cause_response_code == CONDITION_FAILED


def applied(write: Callable[[], object]) -> bool:
    """Make a write; False if its condition isn't met."""
    try:
        write()
    except PynamoDBException as error:
        if condition_failed(error):
            return False
        raise
    return True


def conflicted(error: PynamoDBException) -> bool:
    """Whether a transaction met another one at the same items; trying again is safe, and boto doesn't by itself."""
    return _canceled_for(error, "TransactionConflict")


def _canceled_for(error: PynamoDBException, code: str) -> bool:
    return isinstance(error, TransactWriteError) and any(
        reason is not None and reason.code == code for reason in error.cancellation_reasons
    )
