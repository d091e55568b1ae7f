"""Administration: who has an account, what they may do, and whether they may go on."""

import msgspec

from chalicelib.services.access import Caller
from chalicelib.services.audit import Action, Audit
from chalicelib.services.changes import ChangedMeanwhile
from chalicelib.services.ids import is_id
from chalicelib.storage.images import ImagePage, Images
from chalicelib.storage.users import ROLE_ADMIN, LastAdmin, User, UserPage, Users


class UserNotFound(Exception):
    """There is no such user."""


class AdminStays(Exception):
    """An administrator's role must be taken away first, and the last one's can't be."""


class UserSearch(msgspec.Struct, frozen=True):
    """Which users are asked for: text is a part of their address or name."""

    limit: int
    before_id: str | None = None
    text: str | None = None
    role: str | None = None
    disabled: bool | None = None

    def wants(self, user: User) -> bool:
        """Whether a user is asked for."""
        if self.text is not None and self.text.lower() not in f"{user.email}\n{(user.display_name or '').lower()}":
            return False
        return self.role in (None, user.role) and self.disabled in (None, user.disabled)


class Administration(msgspec.Struct, frozen=True):
    """The use cases of administrators."""

    users: Users
    images: Images
    audit: Audit

    def search(self, search: UserSearch) -> UserPage:
        """Return users, newest first."""
        return self.users.list(search.before_id, search.limit, search.wants)

    def get(self, user_id: str) -> User:
        """Return a user. Raises UserNotFound."""
        user = self.users.get(user_id) if is_id(user_id) else None
        if user is None:
            raise UserNotFound
        return user

    def images_of(self, user_id: str, limit: int, before_id: str | None) -> ImagePage:
        """Return the records of a user's images, newest first; none for who isn't there."""
        return self.images.list(user_id, limit, before_id)

    def change_role(self, by: str, user: User, role: str) -> None:
        """Give a user a role; their sessions end. Raises AdminStays, ChangedMeanwhile."""
        if user.role == role:
            return
        entry = self.audit.entry(
            Action.ROLE_CHANGED, actor_id=by, user_id=user.id, subject_id=user.id, detail=f"{user.role} to {role}"
        )
        try:
            changed = self.users.change_role(user, role, [entry])
        except LastAdmin as error:
            raise AdminStays from error
        if not changed:
            raise ChangedMeanwhile

    def set_disabled(self, caller: Caller, user: User, *, disabled: bool) -> None:
        """Keep a user out, or let them in again; their sessions end. Raises AdminStays, ChangedMeanwhile."""
        if disabled and user.role == ROLE_ADMIN:
            raise AdminStays
        if user.disabled == disabled:
            return
        action = Action.DISABLED if disabled else Action.ENABLED
        entry = self.audit.entry(action, actor_id=caller.user_id, user_id=user.id, subject_id=user.id)
        if not self.users.set_disabled(user, [entry], disabled=disabled):
            raise ChangedMeanwhile

    def end_sessions(self, caller: Caller, user_id: str) -> None:
        """End all sessions of a user. Raises UserNotFound."""
        entry = self.audit.entry(
            Action.SIGNED_OUT_EVERYWHERE, actor_id=caller.user_id, user_id=user_id, subject_id=user_id
        )
        if not is_id(user_id) or not self.users.end_generation(user_id, [entry]):
            raise UserNotFound
