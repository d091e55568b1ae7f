"""The runner of migrations, which applies each once and records its progress in a table.

Items are read in pages. After each page the record holds the position, from which an interrupted migration resumes. A
migrated item is no longer old, so processing a page twice changes nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mypy_boto3_dynamodb import DynamoDBClient

    from chalicelib.config import Settings
    from chalicelib.model.clock import Clock
    from infra.migrations.migration import Migration

PAGE: Final = 100  # items that are read between two records of the position


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a migration, by its name.

    changed is the number of items that it changed, including before an interruption, or that a dry run found left to
    change; None if it was applied before.
    """

    name: str
    changed: int | None


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs migrations of stored items, each once, and records their progress in a DynamoDB table.

    The position is recorded after each page of items, and an interrupted migration resumes from it.
    """

    client: DynamoDBClient
    settings: Settings
    clock: Clock

    def run(self, migrations: Sequence[Migration], *, dry_run: bool) -> Iterator[Outcome]:
        """Apply the pending migrations in order and yield the outcome of each; in a dry run only count the items.

        Raises botocore's ClientError if a request to DynamoDB fails; the migration can then be resumed.
        """
        for migration in migrations:
            record = self._record(migration)
            if "applied_at" in record:
                yield Outcome(migration.name, None)
            elif dry_run:
                yield Outcome(migration.name, sum(len(page) for page, _ in self._pages(migration, record)))
            else:
                yield Outcome(migration.name, self._apply(migration, record))

    def _apply(self, migration: Migration, record: dict[str, Any]) -> int:
        changed = int(record.get("changed", {"N": "0"})["N"])
        for page, last in self._pages(migration, record):
            changed += sum(self._change(migration, item) for item in page)
            self._save(migration, changed, last)
        return changed

    def _pages(self, migration: Migration, record: dict[str, Any]) -> Iterator[tuple[list[dict[str, Any]], Any]]:
        """Yield pages of old items from the recorded position, each with its last key, None for the last page."""
        last = json.loads(record["after"]["S"]) if "after" in record else None
        while True:
            request: Any = {
                "TableName": migration.table(self.settings),
                "FilterExpression": migration.is_old,
                "ExpressionAttributeNames": migration.names,
                "ConsistentRead": True,
                "Limit": PAGE,
            }
            if last is not None:
                request["ExclusiveStartKey"] = last
            values = {name: value for name, value in migration.values.items() if name in migration.is_old}
            if values:
                request["ExpressionAttributeValues"] = values
            page = self.client.scan(**request)
            last = page.get("LastEvaluatedKey")
            yield page["Items"], last
            if last is None:
                return

    def _change(self, migration: Migration, item: dict[str, Any]) -> bool:
        """Change an item; return False if it was changed or deleted concurrently."""
        try:
            self.client.update_item(
                TableName=migration.table(self.settings),
                Key={name: item[name] for name in migration.key},
                UpdateExpression=migration.change,
                ConditionExpression=migration.is_old,
                ExpressionAttributeNames=migration.names,
                ExpressionAttributeValues=migration.values,
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                return False
            raise
        return True

    def _record(self, migration: Migration) -> dict[str, Any]:
        key: Any = {"name": {"S": migration.name}}
        found = self.client.get_item(TableName=self.settings.migrations_table, Key=key, ConsistentRead=True)
        return dict(found.get("Item", {}))

    def _save(self, migration: Migration, changed: int, last: Any) -> None:
        now = self.clock().isoformat(timespec="milliseconds")
        position = {"applied_at": {"S": now}} if last is None else {"after": {"S": json.dumps(last)}}
        record: Any = {"name": {"S": migration.name}, "changed": {"N": str(changed)}, **position}
        self.client.put_item(TableName=self.settings.migrations_table, Item=record)
