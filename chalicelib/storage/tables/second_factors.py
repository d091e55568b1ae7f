"""Second factors: the secrets of authenticator apps, and recovery codes."""

from collections.abc import Sequence
from typing import Final

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.model.audit import AuditEvent
from chalicelib.model.users import PresentedCode
from chalicelib.storage.tables.users import UserItem, UsersTable


class SecondFactorsTable:
    """The second factors, which are kept in the users' table."""

    def __init__(self, users: UsersTable) -> None:
        self._users = users

    def propose(self, user_id: str, secret: str) -> bool:
        """Store a secret until it is confirmed, in place of an earlier one.

        Return False if there is a second factor already.
        """
        none_yet = UserItem.id.exists() & UserItem.totp_secret.does_not_exist()
        return self._users.update(user_id, [UserItem.totp_proposed.set(secret)], none_yet)

    def confirm(
        self, user_id: str, secret: str, period: int, recovery: Sequence[str], events: Sequence[AuditEvent]
    ) -> bool:
        """Make a proposed secret the second factor; return False if another one was proposed or confirmed meanwhile.

        period is the time step of the code that confirmed it, recovery the digests of the recovery codes.
        """
        actions = [
            UserItem.totp_secret.set(secret),
            UserItem.totp_period.set(period),
            UserItem.recovery_digests.set(set(recovery)),
            UserItem.totp_proposed.remove(),
        ]
        return self._users.update(user_id, actions, UserItem.totp_proposed == secret, events)

    def use(self, user_id: str, secret: str, code: PresentedCode, events: Sequence[AuditEvent]) -> bool:
        """Consume a code of an authenticator app and those of earlier time steps, or a recovery code.

        Return False if it is wrong or was used before, or if the second factor does not have this secret any more.
        """
        if code.period is None:
            used: Action = UserItem.recovery_digests.delete({code.digest})
        else:
            used = UserItem.totp_period.set(code.period)
        return self._users.update(user_id, [used], _is_unused(secret, code), events)

    def remove(self, user_id: str, secret: str, code: PresentedCode, events: Sequence[AuditEvent]) -> bool:
        """Remove a user's second factor, given a code of the authenticator app or a recovery code.

        Return False if it is wrong or was used before, or if the second factor does not have this secret any more.
        """
        return self._users.update(user_id, _REMOVED, _is_unused(secret, code), events)

    def reset(self, user_id: str, events: Sequence[AuditEvent]) -> bool:
        """Remove a user's second factor without a code; return False if there is none."""
        return self._users.update(user_id, _REMOVED, UserItem.totp_secret.exists(), events)


_REMOVED: Final[Sequence[Action]] = [
    attribute.remove()
    for attribute in (UserItem.totp_secret, UserItem.totp_period, UserItem.recovery_digests, UserItem.totp_proposed)
]


def _is_unused(secret: str, code: PresentedCode) -> Condition:
    left = UserItem.recovery_digests.contains(code.digest)
    unused = left if code.period is None else UserItem.totp_period < code.period
    same_and_unused: Condition = (UserItem.totp_secret == secret) & unused
    return same_and_unused
