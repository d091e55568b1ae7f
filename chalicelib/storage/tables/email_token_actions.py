"""Actions and conditions of the email tokens that are stored with a user, one for each purpose."""

from datetime import datetime

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.model.emails import EmailToken, EmailTokenPurpose
from chalicelib.storage.tables.user_items import UserItem


def set_token(purpose: EmailTokenPurpose, token: EmailToken | None) -> list[Action]:
    """Return the actions that store a user's email token for a purpose, or discard it if token is None."""
    if token is None:
        return no_token(purpose)
    digest, expires_at = _token(purpose)
    return [digest.set(token.digest), expires_at.set(token.expires_at)]


def no_token(purpose: EmailTokenPurpose) -> list[Action]:
    """Return the actions that discard a user's email token for a purpose."""
    return [attribute.remove() for attribute in _token(purpose)]


def is_valid(purpose: EmailTokenPurpose, presented: str, now: datetime) -> Condition:
    """Return the condition that a user's email token for a purpose has the presented digest and expires after now."""
    digest, expires_at = _token(purpose)
    valid: Condition = (digest == presented) & (expires_at > now)
    return valid


def verified_at(now: datetime) -> list[Action]:
    """Return the actions that record that the email address was verified at now, and discard the token for that."""
    return [UserItem.verified_at.set(now), *no_token(EmailTokenPurpose.VERIFY)]


def _token(purpose: EmailTokenPurpose) -> tuple[UnicodeAttribute, UTCDateTimeAttribute]:
    return getattr(UserItem, f"{purpose}_digest"), getattr(UserItem, f"{purpose}_expires_at")
