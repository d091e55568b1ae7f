"""Changes of a user's email address: requested, confirmed from both addresses, completed."""

from collections.abc import Sequence
from datetime import datetime

from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.model.audit import AuditEvent
from chalicelib.model.emails import EmailChange
from chalicelib.model.users import User
from chalicelib.storage.tables.transaction import Transactions
from chalicelib.storage.tables.users import EmailItem, UserItem, UsersTable


class EmailChangesTable:
    """The email changes, which are kept in the users' table."""

    def __init__(self, users: UsersTable, transactions: Transactions) -> None:
        self._users = users
        self._transactions = transactions

    def request(self, user: User, change: EmailChange, events: Sequence[AuditEvent]) -> bool:
        """Store a pending change in place of an earlier one; return False if the password was changed meanwhile."""
        actions: list[Action] = [
            UserItem.new_email.set(change.new_email),
            _set(UserItem.new_email_digest, change.new_email_digest),
            _set(UserItem.old_email_digest, change.old_email_digest),
            UserItem.email_change_expires_at.set(change.expires_at),
        ]
        unchanged = UserItem.password_hash == user.password_hash
        return self._users.update(user.id, actions, unchanged, events)

    def confirm_one(self, user: User, change: EmailChange, digest: str) -> bool:
        """Record that one of two addresses confirmed; return False if the change was replaced meanwhile."""
        confirmed = UserItem.new_email_digest if digest == change.new_email_digest else UserItem.old_email_digest
        return self._users.update(user.id, [confirmed.remove()], _is(change))

    def complete(self, user: User, change: EmailChange, now: datetime, events: Sequence[AuditEvent]) -> bool:
        """Replace the user's email address.

        Return False if another user has the new one, or the change was replaced.
        """
        pending = (
            UserItem.new_email,
            UserItem.new_email_digest,
            UserItem.old_email_digest,
            UserItem.email_change_expires_at,
            UserItem.reset_digest,
            UserItem.reset_expires_at,
            UserItem.verify_digest,
            UserItem.verify_expires_at,
        )
        actions: list[Action] = [
            UserItem.email.set(change.new_email),
            UserItem.verified_at.set(now),
            *(attribute.remove() for attribute in pending),
        ]

        def write(transaction: TransactWrite) -> None:
            taken = self._users.email_items(change.new_email, user_id=user.id)
            transaction.delete(self._users.email_items(user.email), condition=EmailItem.user_id == user.id)
            transaction.save(taken, condition=EmailItem.email.does_not_exist())
            transaction.update(self._users.user_items(user.id), actions=actions, condition=_is(change))

        return self._transactions.write(write, events)


def _set(attribute: UnicodeAttribute, value: str | None) -> Action:
    return attribute.remove() if value is None else attribute.set(value)


def _is(change: EmailChange) -> Condition:
    """Return the condition that a change is unchanged since it was read."""
    condition = UserItem.new_email == change.new_email
    for attribute, digest in (
        (UserItem.new_email_digest, change.new_email_digest),
        (UserItem.old_email_digest, change.old_email_digest),
    ):
        condition &= attribute.does_not_exist() if digest is None else attribute == digest
    unchanged: Condition = condition
    return unchanged
