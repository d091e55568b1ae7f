"""Accounts: registration, and who somebody is."""

import logging
import unicodedata
from dataclasses import dataclass

from chalicelib.security.passwords import Passwords, PasswordUnacceptable, check_new_password
from chalicelib.services.audit import Action, Audit
from chalicelib.services.clock import Clock
from chalicelib.services.fields import FieldUnacceptable
from chalicelib.services.ids import new_id
from chalicelib.storage.mail import Mail
from chalicelib.storage.users import EmailTaken, User, Users

ROLE_USER = "user"

log = logging.getLogger(__name__)

TAKEN_SUBJECT = "Someone tried to register with your address"
TAKEN_TEXT = """\
Someone asked Janus for a new account with this e-mail address, which has one already.

If it was you, sign in with the password that you chose. If it wasn't, you need do nothing: no account was made, and
nobody was told that you have one.
"""


class UserGone(Exception):
    """The user of a session was deleted."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """The use cases of accounts."""

    users: Users
    passwords: Passwords
    mail: Mail
    audit: Audit
    clock: Clock

    def register(self, email: str, password: str, display_name: str | None) -> None:
        """Make an account.

        Whether the address had one already isn't told, not even by the time it takes: the password is hashed in both
        cases, and the address's owner is told by mail. Raises FieldUnacceptable.
        """
        address = canonical_email(email)
        try:
            check_new_password(password)
        except PasswordUnacceptable as error:
            raise FieldUnacceptable("password", str(error)) from error
        user = User(
            id=new_id(),
            email=address,
            display_name=display_name and unicodedata.normalize("NFC", display_name),
            role=ROLE_USER,
            password_hash=self.passwords.hash(password),
            created_at=self.clock(),
        )
        try:
            self.users.add(user)
        except EmailTaken:
            self._tell_owner(address)
            return
        self.audit.record(Action.REGISTERED, actor_id=user.id, subject_id=user.id)

    def get(self, user_id: str) -> User:
        """Return a user. Raises UserGone."""
        user = self.users.get(user_id)
        if user is None:
            raise UserGone
        return user

    def _tell_owner(self, address: str) -> None:
        try:
            self.mail.send(address, TAKEN_SUBJECT, TAKEN_TEXT)
        except Exception:  # an answer of its own would tell that the address is known
            log.exception("the owner of a known address could not be told")


def canonical_email(email: str) -> str:
    """Return the one form in which an address is stored and looked up. Raises FieldUnacceptable.

    Upper and lower case are not told apart, although RFC 5321 would allow it before the @: no provider does.
    """
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415  35 ms that most requests don't need

    try:
        return validate_email(email, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise FieldUnacceptable("email", "is not an e-mail address") from error
