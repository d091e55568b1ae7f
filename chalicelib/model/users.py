"""Users: accounts, their roles, and second factors."""

from datetime import datetime
from enum import StrEnum

import msgspec

from chalicelib.model.emails import EmailChange, EmailToken
from chalicelib.model.paging import Page
from chalicelib.model.usage import NO_OWN_LIMITS, OwnLimits


class AccountRole(StrEnum):
    """The role of a user in the whole service, independent of roles in projects."""

    USER = "user"
    ADMIN = "admin"


class LastAdmin(Exception):
    """The user is the only administrator and cannot lose the role."""


class UserNotFound(Exception):
    """There is no user with this id."""


class AdminStays(Exception):
    """An administrator cannot be disabled or deleted, and the last administrator cannot lose the role."""


class UserInactive(Exception):
    """A closed account cannot change its role or be enabled, and a disabled user cannot become an administrator."""


class EmailUnconfirmed(Exception):
    """The user's email address is not confirmed, so that the user may do nothing but confirm it and sign out."""


class UserUnconfirmed(Exception):
    """A user whose email address is not confirmed cannot become an administrator."""


class User(msgspec.Struct, frozen=True):
    """An account.

    password_hash is in argon2's encoded form; verified_at is the time at which the email address was verified, or None.
    Sessions of an earlier generation have ended, and API keys of an earlier key_generation are revoked. verification is
    the token that was sent to confirm the address. totp_secret is the Base32 secret of the authenticator app, None
    without a second factor; totp_proposed is a secret that is not confirmed yet; recovery_codes is the number of unused
    recovery codes. deleted_at is set while the data of a closed account is being deleted.
    limits are those that administrators have set for the account.
    """

    id: str
    email: str
    display_name: str | None
    role: AccountRole
    password_hash: str
    created_at: datetime
    generation: int = 0
    key_generation: int = 0
    verified_at: datetime | None = None
    disabled: bool = False
    totp_secret: str | None = None
    totp_proposed: str | None = None
    recovery_codes: int = 0
    deleted_at: datetime | None = None
    email_change: EmailChange | None = None
    verification: EmailToken | None = None
    limits: OwnLimits = NO_OWN_LIMITS

    @property
    def is_confirmed(self) -> bool:
        """Whether the user has proved to read the mail to the email address."""
        return self.verified_at is not None

    @property
    def may_administer(self) -> bool:
        """Whether the user is an administrator with a second factor, without which administrators may not act."""
        return self.role is AccountRole.ADMIN and self.totp_secret is not None


type UserPage = Page[User]
"""A page of users, newest first."""


class PresentedCode(msgspec.Struct, frozen=True):
    """A second-factor code that a user presented.

    period is the RFC 6238 time step that the code is valid for, None if it is not a code of the authenticator app.
    digest is the SHA-256 digest that the code has if it is a recovery code.
    """

    period: int | None
    digest: str


class SecondFactorExists(Exception):
    """The account has a second factor already."""


class PasswordTooShort(Exception):
    """The password is correct, but too short for the account, which no longer has a second factor."""


class NoSecondFactor(Exception):
    """The account has no second factor."""


class CodeRequired(Exception):
    """The password is correct, and the account also requires a code of its second factor."""


class CodeRefused(Exception):
    """The code of the second factor is wrong, has expired, or was used before."""
