"""Email addresses, and the tokens that are sent to them."""

from datetime import datetime
from enum import StrEnum

import msgspec

from chalicelib.model.errors import InvalidField


class EmailTaken(Exception):
    """Another user has this email address."""


class EmailTokenPurpose(StrEnum):
    """The purpose of an email token: to reset a password, verify an email address, or confirm its change."""

    RESET = "reset"
    VERIFY = "verify"
    CONFIRM = "confirm"


class EmailToken(msgspec.Struct, frozen=True):
    """A stored token that was sent by email: its SHA-256 digest in hexadecimal digits, and its expiry.

    The token itself is not stored.
    """

    digest: str
    expires_at: datetime


class EmailChange(msgspec.Struct, frozen=True):
    """A pending change of a user's email address.

    new_email_digest and old_email_digest are the SHA-256 digests of the tokens that were sent to the two addresses,
    None if the address has confirmed the change or need not confirm it.
    """

    new_email: str
    new_email_digest: str | None
    old_email_digest: str | None
    expires_at: datetime

    @property
    def digests(self) -> list[str]:
        """The SHA-256 digests of the tokens, one or two, with which the addresses must still confirm the change."""
        return [digest for digest in (self.new_email_digest, self.old_email_digest) if digest is not None]


def canonical_email(email: str) -> str:
    """Return the canonical form of an email address, in lowercase, in which it is stored and looked up.

    Case is ignored, although RFC 5321 allows the part before the @ to be case-sensitive: no provider does that. Raises
    InvalidField if the text is not an email address.
    """
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415  35 ms that most requests don't need

    try:
        return validate_email(email, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise InvalidField("email", "is not an email address") from error


def mailbox_of(email: str) -> str:
    """Return the mailbox of a canonical email address: `ann@example.org` for `ann+shop@example.org`."""
    local, _, domain = email.rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


class InvalidEmailToken(InvalidField):
    """An email token is malformed, has expired, was used before or was replaced; which of these is not disclosed."""

    def __init__(self) -> None:
        super().__init__("token", "was used before, has expired, or was never sent")
