"""Changes of a user's email address: requested, confirmed from both addresses, completed."""

from collections.abc import Sequence
from datetime import datetime

from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib.model.audit import AuditEvent
from chalicelib.model.emails import EmailChange, EmailTokenPurpose
from chalicelib.model.users import User
from chalicelib.storage.tables.email_token_actions import no_token, verified_at
from chalicelib.storage.tables.transaction import Transactions
from chalicelib.storage.tables.user_items import NO_EMAIL_CHANGE, EmailItem, UserItem, set_or_remove
from chalicelib.storage.tables.users import UsersTable


class EmailChangesTable:
    """The pending changes of email addresses, kept in the users' DynamoDB table.

    Methods raise PynamoDBException if a request fails.
    """

    def __init__(self, users: UsersTable, transactions: Transactions) -> None:
        self._users = users
        self._transactions = transactions

    def request(self, user: User, change: EmailChange, events: Sequence[AuditEvent]) -> bool:
        """Store a pending change with audit events, in place of an earlier change.

        Return False, without storing anything, if the user's password was changed since `user` was read.
        """
        actions = [
            UserItem.new_email.set(change.new_email),
            set_or_remove(UserItem.new_email_digest, change.new_email_digest),
            set_or_remove(UserItem.old_email_digest, change.old_email_digest),
            UserItem.email_change_expires_at.set(change.expires_at),
        ]
        unchanged = UserItem.password_hash == user.password_hash
        return self._users.update(user.id, actions, unchanged, events)

    def confirm_one(self, user: User, change: EmailChange, digest: str) -> bool:
        """Record that one of the two addresses has confirmed a change: the one whose token has this digest.

        Return False if the stored change differs from `change`, because it was replaced, confirmed or completed
        meanwhile.
        """
        confirmed = UserItem.new_email_digest if digest == change.new_email_digest else UserItem.old_email_digest
        return self._users.update(user.id, [confirmed.remove()], _is(change))

    def complete(self, user: User, change: EmailChange, now: datetime, events: Sequence[AuditEvent]) -> bool:
        """Replace the user's email address by the new one, mark it as verified at now, and discard all email tokens.

        Audit events are stored in the same transaction. Return False, without changing anything, if another user has
        the new address, or if the user's address or the stored change differs from what was read.
        """
        actions = [
            UserItem.email.set(change.new_email),
            *verified_at(now),
            *NO_EMAIL_CHANGE,
            *no_token(EmailTokenPurpose.RESET),
        ]

        def write(transaction: TransactWrite) -> None:
            taken = self._users.email_items(change.new_email, user_id=user.id)
            transaction.delete(self._users.email_items(user.email), condition=EmailItem.user_id == user.id)
            transaction.save(taken, condition=EmailItem.email.does_not_exist())
            transaction.update(self._users.user_items(user.id), actions=actions, condition=_is(change))

        return self._transactions.write(write, events)


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
