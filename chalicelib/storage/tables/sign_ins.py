"""Sign-ins: new sessions, whose attempts to sign in turn out to be no failures."""

from collections.abc import Sequence

from pynamodb.exceptions import PynamoDBException
from pynamodb.transactions import TransactWrite

from chalicelib.model.attempts import Attempt
from chalicelib.model.audit import AuditEvent
from chalicelib.model.sessions import Session
from chalicelib.storage.tables.counters import CountersTable
from chalicelib.storage.tables.sessions import SessionsTable
from chalicelib.storage.tables.table import conflicted
from chalicelib.storage.tables.transaction import Transactions


class SignInsTable:
    """New sessions in the DynamoDB table of sessions, together with the counters of attempts to sign in."""

    def __init__(self, sessions: SessionsTable, counters: CountersTable, transactions: Transactions) -> None:
        self._sessions = sessions
        self._counters = counters
        self._transactions = transactions

    def add(self, session: Session, attempts: Sequence[Attempt], events: Sequence[AuditEvent]) -> None:
        """Store a new session together with audit events, and take back the counts of its attempts.

        The counts stay if so many users sign in at once that taking them back conflicts. Raises PynamoDBException if
        the session cannot be stored, also if its id exists.
        """

        def write(transaction: TransactWrite) -> None:
            self._sessions.add_to(transaction, session)
            for attempt in attempts:
                self._counters.take_back_in(transaction, attempt)

        try:
            self._transactions.commit(write, events)
        except PynamoDBException as error:
            if not conflicted(error):
                raise
            self._sessions.add(session, events)
