"""Users' second factors: what their authenticator app shares, and the codes that are left to recover by."""

from collections.abc import Sequence
from typing import Final

import msgspec
from pynamodb.connection import Connection
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.storage.logs import LogEntry
from chalicelib.storage.users import UserItem, update_user


class PresentedCode(msgspec.Struct, frozen=True):
    """What a code says: the number of the period whose code it is, or None and the digest of one to recover by."""

    period: int | None
    digest: str


class SecondFactors:
    """The second factors in the users' table, which `Users` binds to its models."""

    def __init__(self, region: str) -> None:
        self._connection = Connection(region=region)

    def propose(self, user_id: str, secret: str) -> bool:
        """Keep a secret until it is confirmed, in the place of an earlier one; False if there is a factor already."""
        none_yet = UserItem.id.exists() & UserItem.totp_secret.does_not_exist()
        return self._update(user_id, [UserItem.totp_proposed.set(secret)], none_yet)

    def confirm(
        self, user_id: str, secret: str, period: int, recovery: Sequence[str], entries: Sequence[LogEntry]
    ) -> bool:
        """Make a proposed secret the user's factor; False if another was proposed or confirmed meanwhile.

        period is that of the code that confirmed it, recovery the digests of codes to recover by.
        """
        actions = [
            UserItem.totp_secret.set(secret),
            UserItem.totp_period.set(period),
            UserItem.recovery_digests.set(set(recovery)),
            UserItem.totp_proposed.remove(),
        ]
        return self._update(user_id, actions, UserItem.totp_proposed == secret, entries)

    def use(self, user_id: str, secret: str, code: PresentedCode, entries: Sequence[LogEntry]) -> bool:
        """Use up a code, and those of earlier periods; False if it was, or the factor is another."""
        if code.period is None:
            used: Action = UserItem.recovery_digests.delete({code.digest})
        else:
            used = UserItem.totp_period.set(code.period)
        return self._update(user_id, [used], _is_unused(secret, code), entries)

    def remove(self, user_id: str, secret: str, code: PresentedCode, entries: Sequence[LogEntry]) -> bool:
        """Take a user's factor away by a code of it; False if that was used up, or the factor is another."""
        return self._update(user_id, _NOTHING, _is_unused(secret, code), entries)

    def take_away(self, user_id: str, entries: Sequence[LogEntry]) -> bool:
        """Take a user's factor away without a code; False if there is none."""
        return self._update(user_id, _NOTHING, UserItem.totp_secret.exists(), entries)

    def _update(
        self, user_id: str, actions: Sequence[Action], condition: Condition, entries: Sequence[LogEntry] = ()
    ) -> bool:
        return update_user(self._connection, user_id, actions, condition, entries)


_NOTHING: Final[Sequence[Action]] = [
    attribute.remove()
    for attribute in (UserItem.totp_secret, UserItem.totp_period, UserItem.recovery_digests, UserItem.totp_proposed)
]


def _is_unused(secret: str, code: PresentedCode) -> Condition:
    left = UserItem.recovery_digests.contains(code.digest)
    unused = left if code.period is None else UserItem.totp_period < code.period
    same_and_unused: Condition = (UserItem.totp_secret == secret) & unused
    return same_and_unused
