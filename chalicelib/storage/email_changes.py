"""Changes of users' addresses: asked for, confirmed from both addresses, done."""

from collections.abc import Sequence
from datetime import datetime

from pynamodb.attributes import UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.storage.logs import LogEntry
from chalicelib.storage.transaction import transact
from chalicelib.storage.users import EmailChange, EmailItem, User, UserItem, update_user


class EmailChanges:
    """The changes in the users' table, which `Users` binds to its models."""

    def __init__(self, region: str) -> None:
        self._connection = Connection(region=region)

    def ask(self, user: User, change: EmailChange, entries: Sequence[LogEntry]) -> bool:
        """Keep a change until it is confirmed, in the place of an earlier one; False if the password was changed."""
        actions: list[Action] = [
            UserItem.new_email.set(change.new_email),
            _set(UserItem.take_digest, change.take_digest),
            _set(UserItem.leave_digest, change.leave_digest),
            UserItem.email_change_expires_at.set(change.expires_at),
        ]
        unchanged = UserItem.password_hash == user.password_hash
        return update_user(self._connection, user.id, actions, unchanged, entries)

    def confirm_one(self, user: User, change: EmailChange, digest: str) -> bool:
        """Note that one of two addresses confirmed; False if the change isn't that any more."""
        confirmed = UserItem.take_digest if digest == change.take_digest else UserItem.leave_digest
        return update_user(self._connection, user.id, [confirmed.remove()], _is(change))

    def complete(self, user: User, change: EmailChange, now: datetime, entries: Sequence[LogEntry]) -> bool:
        """Give a user the new address, and the old one back; False if another user has it, or the change is another."""
        pending = (
            UserItem.new_email,
            UserItem.take_digest,
            UserItem.leave_digest,
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
            taken = EmailItem(change.new_email, user_id=user.id)
            transaction.delete(EmailItem(user.email), condition=EmailItem.user_id == user.id)
            transaction.save(taken, condition=EmailItem.address.does_not_exist())
            transaction.update(UserItem(user.id), actions=actions, condition=_is(change))

        return transact(self._connection, write, entries)


def _set(attribute: UnicodeAttribute, value: str | None) -> Action:
    return attribute.remove() if value is None else attribute.set(value)


def _is(change: EmailChange) -> Condition:
    """Return the condition that a change is still what it was when it was read."""
    condition = UserItem.new_email == change.new_email
    for attribute, digest in (
        (UserItem.take_digest, change.take_digest),
        (UserItem.leave_digest, change.leave_digest),
    ):
        condition &= attribute.does_not_exist() if digest is None else attribute == digest
    unchanged: Condition = condition
    return unchanged
