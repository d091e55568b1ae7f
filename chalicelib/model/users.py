"""Users: accounts, their roles, and second factors."""

from datetime import datetime
from enum import StrEnum

import msgspec

from chalicelib.model.emails import EmailChange
from chalicelib.model.paging import Page


class AccountRole(StrEnum):
    """What a user may do outside projects."""

    USER = "user"
    ADMIN = "admin"


class LastAdmin(Exception):
    """The user is the only administrator."""


class UserNotFound(Exception):
    """There is no user with this id."""


class AdminStays(Exception):
    """An administrator can't be disabled or deleted.

    The role must be removed first, and the last administrator keeps it.
    """


class User(msgspec.Struct, frozen=True):
    """An account.

    password_hash is argon2's encoded form; verified_at is when the email address was verified. totp_secret is shared
    with the authenticator app, totp_proposed is the secret that still has to be confirmed, recovery_codes is the number
    of recovery codes left. All sessions of an earlier generation have ended. deleted_at is set while the user's data is
    being deleted.
    """

    id: str
    email: str
    display_name: str | None
    role: AccountRole
    password_hash: str
    created_at: datetime
    generation: int = 0
    verified_at: datetime | None = None
    disabled: bool = False
    totp_secret: str | None = None
    totp_proposed: str | None = None
    recovery_codes: int = 0
    deleted_at: datetime | None = None
    email_change: EmailChange | None = None


type UserPage = Page[User]
"""A page of users, newest first."""


class PresentedCode(msgspec.Struct, frozen=True):
    """A code of the second factor: the number of its time step, or None and the digest of a recovery code."""

    period: int | None
    digest: str


class SecondFactorExists(Exception):
    """The account has a second factor already."""


class NoSecondFactor(Exception):
    """The account has no second factor."""


class CodeRequired(Exception):
    """The password is correct, and the account also requires a code of its second factor."""


class CodeRefused(Exception):
    """The code has expired, was used before, or does not belong to the account."""
