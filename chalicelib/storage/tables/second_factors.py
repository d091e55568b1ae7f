"""Second factors: the secrets of authenticator apps, and recovery codes."""

from collections.abc import Sequence

from pynamodb.expressions.condition import Condition

from chalicelib.model.audit import AuditEvent
from chalicelib.model.users import PresentedCode
from chalicelib.storage.tables.user_items import NO_SECOND_FACTOR, UserItem
from chalicelib.storage.tables.users import UsersTable


class SecondFactorsTable:
    """The second factors of users (secret, last time step used, recovery digests), kept in the users' DynamoDB table.

    Methods raise PynamoDBException if a request fails.
    """

    def __init__(self, users: UsersTable) -> None:
        self._users = users

    def propose(self, user_id: str, secret: str) -> bool:
        """Store a secret that awaits its confirmation, in place of an earlier unconfirmed one.

        Return False, without storing it, if the user has a second factor already or does not exist.
        """
        none_yet = UserItem.id.exists() & UserItem.totp_secret.does_not_exist()
        return self._users.update(user_id, [UserItem.totp_proposed.set(secret)], none_yet)

    def confirm(
        self, user_id: str, secret: str, period: int, recovery: Sequence[str], events: Sequence[AuditEvent]
    ) -> bool:
        """Make a proposed secret the second factor, together with audit events.

        period is the RFC 6238 time step of the code that confirmed the secret; recovery contains the digests of the
        recovery codes. Return False, without a change, if this secret is no longer the proposed one.
        """
        actions = [
            UserItem.totp_secret.set(secret),
            UserItem.totp_period.set(period),
            UserItem.recovery_digests.set(set(recovery)),
            UserItem.totp_proposed.remove(),
        ]
        return self._users.update(user_id, actions, UserItem.totp_proposed == secret, events)

    def use(self, user_id: str, secret: str, code: PresentedCode, events: Sequence[AuditEvent]) -> bool:
        """Record, together with audit events, that a code was used, so that it cannot be used again.

        A code of an authenticator app also invalidates the codes of earlier time steps. Return False, without recording
        anything, if the code is wrong or was used before, or if the second factor no longer has this secret.
        """
        recovery, period = UserItem.recovery_digests, UserItem.totp_period
        used = recovery.delete({code.digest}) if code.period is None else period.set(code.period)
        return self._users.update(user_id, [used], _is_unused(secret, code), events)

    def remove(self, user_id: str, secret: str, code: PresentedCode, events: Sequence[AuditEvent]) -> bool:
        """Remove a user's second factor, given a code of the authenticator app or a recovery code.

        Audit events are stored in the same transaction. Return False, without a change, if the code is wrong or was
        used before, or if the second factor no longer has this secret.
        """
        return self._users.update(user_id, NO_SECOND_FACTOR, _is_unused(secret, code), events)

    def reset(self, user_id: str, events: Sequence[AuditEvent]) -> bool:
        """Remove a user's second factor without a code, together with audit events; return False if there is none."""
        return self._users.update(user_id, NO_SECOND_FACTOR, UserItem.totp_secret.exists(), events)


def _is_unused(secret: str, code: PresentedCode) -> Condition:
    left = UserItem.recovery_digests.contains(code.digest)
    unused = left if code.period is None else UserItem.totp_period < code.period
    same_and_unused: Condition = (UserItem.totp_secret == secret) & unused
    return same_and_unused
