"""Registrations whose email address was never confirmed."""

from collections.abc import Sequence
from datetime import datetime

from pynamodb.expressions.condition import Condition

from chalicelib.model.audit import AuditEvent
from chalicelib.model.ids import first_id
from chalicelib.model.users import AccountRole
from chalicelib.storage.tables.user_items import DIRECTORY, UserItem
from chalicelib.storage.tables.users import UsersTable, closed


class AbandonedRegistrationsTable:
    """The users who registered and never confirmed their address, kept in the users' DynamoDB table.

    A registration is abandoned since a time if it is older, and the last link to confirm it expired before that time.
    An administrator's is never abandoned. Methods raise PynamoDBException if a request fails.
    """

    def __init__(self, users: UsersTable) -> None:
        self._users = users

    def list(self, since: datetime, max_count: int) -> Sequence[str]:
        """Return the ids of up to max_count users whose registration is abandoned since a time, oldest first."""
        found = self._users.user_items.in_order.query(
            DIRECTORY, UserItem.id < first_id(since), filter_condition=_abandoned(since), limit=max_count
        )
        return [item.id for item in found]

    def close(self, user_id: str, since: datetime, now: datetime, events: Sequence[AuditEvent]) -> bool:
        """Close an account at now, together with audit events.

        Return False, without a change, if its registration is not, or no longer, abandoned since a time.
        """
        return self._users.update(user_id, closed(now), _abandoned(since), events)


def _abandoned(since: datetime) -> Condition:
    unconfirmed = UserItem.verified_at.does_not_exist() & UserItem.deleted_at.does_not_exist()
    no_link = UserItem.verify_expires_at.does_not_exist() | (UserItem.verify_expires_at < since)
    abandoned: Condition = unconfirmed & (UserItem.role == AccountRole.USER.value) & no_link
    return abandoned
