"""Verification of a user's email address, together with the session that it starts."""

from collections.abc import Sequence
from datetime import datetime

from pynamodb.transactions import TransactWrite

from chalicelib.model.audit import AuditEvent
from chalicelib.model.emails import EmailToken, EmailTokenPurpose
from chalicelib.model.sessions import Session
from chalicelib.storage.tables.email_token_actions import is_valid, verified_at
from chalicelib.storage.tables.sessions import SessionsTable
from chalicelib.storage.tables.transaction import Transactions
from chalicelib.storage.tables.users import UsersTable


class EmailVerificationsTable:
    """The pending verifications of email addresses, kept in the users' DynamoDB table.

    Methods raise PynamoDBException if a request fails.
    """

    def __init__(self, users: UsersTable, sessions: SessionsTable, transactions: Transactions) -> None:
        self._users = users
        self._sessions = sessions
        self._transactions = transactions

    def complete(self, token: EmailToken, session: Session, now: datetime, events: Sequence[AuditEvent]) -> bool:
        """Consume a token, record that its user's email address was verified at now, and store the user's new session.

        Audit events are stored in the same transaction. Return False, without a change, unless the stored token of the
        session's user is this one and expires after now.
        """
        condition = is_valid(EmailTokenPurpose.VERIFY, token.digest, now)

        def write(transaction: TransactWrite) -> None:
            self._sessions.add_to(transaction, session)
            transaction.update(self._users.user_items(session.user_id), actions=verified_at(now), condition=condition)

        return self._transactions.write(write, events)
