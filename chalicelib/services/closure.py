"""Closing accounts: by their owners, and by administrators. What belongs to them is erased after (`erasure.py`)."""

import msgspec

from chalicelib.security.passwords import Passwords
from chalicelib.services import letters
from chalicelib.services.access import Caller
from chalicelib.services.administration import AdminStays
from chalicelib.services.audit import Action, Audit
from chalicelib.services.changes import ChangedMeanwhile
from chalicelib.services.clock import Clock
from chalicelib.services.own_password import check_own_password
from chalicelib.services.post import Post
from chalicelib.services.second_factor import SecondFactor
from chalicelib.services.throttling import Throttle
from chalicelib.storage.errands import Errands
from chalicelib.storage.users import ROLE_ADMIN, User, Users


class Closure(msgspec.Struct, frozen=True):
    """The use cases of closing accounts."""

    users: Users
    passwords: Passwords
    second_factor: SecondFactor
    throttle: Throttle
    errands: Errands
    post: Post
    audit: Audit
    clock: Clock

    def close_own(self, user: User, password: str, code: str | None, from_address: str) -> None:
        """Close one's own account; code is that of the second factor, where there is one.

        Raises FieldUnacceptable, OverLimit, CodeNeeded, CodeRefused, AdminStays, ChangedMeanwhile.
        """
        self.throttle.sign_in(user.email, from_address)
        check_own_password(self.passwords, user, password)
        self.second_factor.check(user, code)
        self._close(user, user.id)

    def close(self, caller: Caller, user: User) -> None:
        """Close somebody's account, as an administrator. Raises AdminStays, ChangedMeanwhile."""
        self._close(user, caller.user_id)

    def _close(self, user: User, by: str) -> None:
        if user.role == ROLE_ADMIN:
            raise AdminStays
        if user.deleted_at is None:
            closed = self.audit.entry(Action.USER_DELETED, actor_id=by, user_id=user.id, subject_id=user.id)
            if not self.users.mark_deleted(user, self.clock(), [closed]):
                raise ChangedMeanwhile
            self.post.send(user.email, letters.ACCOUNT_CLOSED)
        self.errands.erase_user(user.id)  # once more, too, if an earlier message was lost
