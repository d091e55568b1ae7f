"""Administration of accounts: search, roles, disabling."""

import msgspec

from chalicelib.model.audit import AuditAction
from chalicelib.model.clock import Clock
from chalicelib.model.errors import ChangedMeanwhile
from chalicelib.model.ids import is_id
from chalicelib.model.images import ImagePage
from chalicelib.model.principals import Principal
from chalicelib.model.usage import Limit, OwnLimits
from chalicelib.model.users import (
    AccountRole,
    AdminStays,
    LastAdmin,
    User,
    UserInactive,
    UserNotFound,
    UserPage,
    UserUnconfirmed,
)
from chalicelib.services.audit import AuditRecorder
from chalicelib.storage.tables.images import ImagesTable
from chalicelib.storage.tables.users import UsersTable


class UserSearch(msgspec.Struct, frozen=True):
    """A search for users, with the page to return.

    text is part of the email address or display name, in any case; role and disabled restrict the users. None does not
    restrict them. before_id is the last id of the previous page.
    """

    limit: int
    before_id: str | None = None
    text: str | None = None
    role: AccountRole | None = None
    disabled: bool | None = None

    def matches(self, user: User) -> bool:
        """Return whether a user matches text, role and disabled."""
        if self.text is not None and self.text.lower() not in f"{user.email}\n{(user.display_name or '').lower()}":
            return False
        return self.role in (None, user.role) and self.disabled in (None, user.disabled)


class AdministrationService(msgspec.Struct, frozen=True):
    """The use cases of administrators: finding and disabling users, changing their roles, ending their sessions."""

    users: UsersTable
    images: ImagesTable
    audit: AuditRecorder
    clock: Clock

    def search(self, search: UserSearch) -> UserPage:
        """Return a page of the users that match a search, newest first."""
        return self.users.list(search.before_id, search.limit, search.matches)

    def get(self, user_id: str) -> User:
        """Return a user. Raises UserNotFound if there is no user with this id."""
        user = self.users.get(user_id) if is_id(user_id) else None
        if user is None:
            raise UserNotFound
        return user

    def images_of(self, user_id: str, limit: int, before_id: str | None) -> ImagePage:
        """Return a page of up to limit images of a user, newest first, that come after the image before_id.

        The page is empty for an unknown user.
        """
        return self.images.list(user_id, limit, before_id)

    def change_role(self, actor_id: str, user: User, role: AccountRole) -> None:
        """Change a user's role and end their sessions; do nothing if the user has the role already.

        Raises UserInactive if the account is closed or an administrator would be disabled, UserUnconfirmed if an
        administrator's email address would not be confirmed, AdminStays if no administrator would remain, and
        ChangedMeanwhile.
        """
        if user.role is role:
            return
        if user.deleted_at is not None or (role is AccountRole.ADMIN and user.disabled):
            raise UserInactive
        if role is AccountRole.ADMIN and not user.is_confirmed:
            raise UserUnconfirmed
        event = self.audit.event(
            AuditAction.ROLE_CHANGED,
            actor_id=actor_id,
            user_id=user.id,
            subject_id=user.id,
            detail=f"{user.role} to {role}",
        )
        try:
            changed = self.users.change_role(user, role, [event])
        except LastAdmin as error:
            raise AdminStays from error
        if not changed:
            raise ChangedMeanwhile

    def change_limits(self, actor_id: str, user: User, limits: OwnLimits) -> None:
        """Change the limits of a user's account; do nothing if the user has them already. Raises ChangedMeanwhile."""
        if user.limits == limits:
            return
        changes = [_change_of(limit, user.limits, limits) for limit in Limit]
        event = self.audit.event(
            AuditAction.LIMITS_CHANGED,
            actor_id=actor_id,
            user_id=user.id,
            subject_id=user.id,
            detail=", ".join(change for change in changes if change is not None),
        )
        if not self.users.set_limits(user, limits, [event]):
            raise ChangedMeanwhile

    def confirm_email(self, actor_id: str, user: User) -> None:
        """Confirm a user's email address without a link; do nothing if it is confirmed. Raises ChangedMeanwhile."""
        if user.is_confirmed:
            return
        event = self.audit.event(AuditAction.EMAIL_VERIFIED, actor_id=actor_id, user_id=user.id, subject_id=user.id)
        if not self.users.confirm(user, self.clock(), [event]):
            raise ChangedMeanwhile

    def set_disabled(self, principal: Principal, user: User, *, disabled: bool) -> None:
        """Disable or enable a user and end their sessions; do nothing if the user is in this state already.

        Raises AdminStays if an administrator would be disabled, UserInactive if a closed account would be enabled, and
        ChangedMeanwhile.
        """
        if disabled and user.role is AccountRole.ADMIN:
            raise AdminStays
        if user.disabled == disabled:
            return
        if user.deleted_at is not None:
            raise UserInactive
        action = AuditAction.DISABLED if disabled else AuditAction.ENABLED
        event = self.audit.event(action, actor_id=principal.user_id, user_id=user.id, subject_id=user.id)
        if not self.users.set_disabled(user, [event], disabled=disabled):
            raise ChangedMeanwhile

    def end_sessions(self, principal: Principal, user_id: str) -> None:
        """End all sessions of a user. Raises UserNotFound if there is no user with this id."""
        event = self.audit.event(
            AuditAction.SIGNED_OUT_EVERYWHERE, actor_id=principal.user_id, user_id=user_id, subject_id=user_id
        )
        if not is_id(user_id) or not self.users.end_generation(user_id, [event]):
            raise UserNotFound


def _change_of(limit: Limit, before: OwnLimits, after: OwnLimits) -> str | None:
    """Return the change of a limit as text, such as "projects: default to 200", or None if it stays the same."""
    old, new = (getattr(limits, limit) for limits in (before, after))
    return None if old == new else f"{limit}: {_default_or(old)} to {_default_or(new)}"


def _default_or(value: int | None) -> str:
    return "default" if value is None else str(value)
