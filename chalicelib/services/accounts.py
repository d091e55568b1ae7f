"""Accounts: registration, and who somebody is."""

import logging
import unicodedata
from dataclasses import dataclass

from chalicelib.security.passwords import Passwords, PasswordUnacceptable, check_new_password
from chalicelib.services.audit import ANONYMOUS, Action, Audit
from chalicelib.services.clock import Clock
from chalicelib.services.fields import FieldUnacceptable
from chalicelib.services.ids import new_id
from chalicelib.storage.mail import Mail
from chalicelib.storage.users import EmailTaken, User, Users

ROLE_USER = "user"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says."""

    subject: str
    text: str


WELCOME = Letter(
    "Your account at Janus",
    """\
An account at Janus was made with this e-mail address. Sign in with the password that you chose, and upload a
screenshot.

If it wasn't you who made it, you need do nothing.
""",
)
TAKEN = Letter(
    "Someone tried to register with your address",
    """\
Someone asked Janus for a new account with this e-mail address, which has one already.

If it was you, sign in with the password that you chose. If it wasn't, you need do nothing: no account was made, and
nobody was told that you have one.
""",
)


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

        Whether the address had one already isn't told, not even by the time it takes: either way a password is hashed,
        a mail sent and an entry logged. Raises FieldUnacceptable.
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
            self.audit.record(Action.REGISTRATION_REFUSED, actor_id=ANONYMOUS)
            self._write(address, TAKEN)
        else:
            self.audit.record(Action.REGISTERED, actor_id=user.id, subject_id=user.id)
            self._write(address, WELCOME)

    def get(self, user_id: str) -> User:
        """Return a user. Raises UserGone."""
        user = self.users.get(user_id)
        if user is None:
            raise UserGone
        return user

    def _write(self, address: str, letter: Letter) -> None:
        try:
            self.mail.send(address, letter.subject, letter.text)
        except Exception:  # the account is made or not, whatever becomes of its mail
            log.exception("a mail could not be sent", extra={"subject": letter.subject})


def canonical_email(email: str) -> str:
    """Return the one form in which an address is stored and looked up. Raises FieldUnacceptable.

    Upper and lower case are not told apart, although RFC 5321 would allow it before the @: no provider does.
    """
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415  35 ms that most requests don't need

    try:
        return validate_email(email, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise FieldUnacceptable("email", "is not an e-mail address") from error
