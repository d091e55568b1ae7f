"""Accounts: registration, passwords, and whose mail is read by whom."""

import unicodedata
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

import msgspec

from chalicelib.security.mailed_secrets import new_secret
from chalicelib.security.passwords import (
    SHORTEST,
    SHORTEST_WITH_SECOND_FACTOR,
    Passwords,
    PasswordUnacceptable,
    check_new_password,
)
from chalicelib.services import letters
from chalicelib.services.addresses import canonical_email
from chalicelib.services.audit import Action, Audit
from chalicelib.services.clock import Clock
from chalicelib.services.fields import FieldUnacceptable
from chalicelib.services.ids import new_id
from chalicelib.services.letters import Letter
from chalicelib.services.mailed_links import not_good, read_link
from chalicelib.services.post import Post
from chalicelib.services.throttling import Throttle
from chalicelib.storage.logs import LogEntry
from chalicelib.storage.users import ROLE_USER, EmailTaken, MailedSecret, Purpose, User, Users

RESET_WITHIN: Final = timedelta(minutes=30)
VERIFY_WITHIN: Final = timedelta(days=1)


class Accounts(msgspec.Struct, frozen=True):
    """The use cases of accounts. link returns the address of the page that takes a mailed secret for a purpose."""

    users: Users
    passwords: Passwords
    post: Post
    throttle: Throttle
    audit: Audit
    clock: Clock
    link: Callable[[Purpose, str], str]

    def register(self, email: str, password: str, display_name: str | None, from_address: str) -> None:
        """Make an account.

        Whether the address had one already isn't told, not even by the time it takes: either way a password is hashed,
        a mail sent and an entry logged. Raises FieldUnacceptable, OverLimit.
        """
        address = canonical_email(email)
        _check("password", password, address, display_name, SHORTEST)
        self.throttle.mail(address, from_address)
        now = self.clock()
        user = User(
            id=new_id(),
            email=address,
            display_name=display_name and unicodedata.normalize("NFC", display_name),
            role=ROLE_USER,
            password_hash=self.passwords.hash(password),
            created_at=now,
        )
        secret, digest = new_secret(user.id)
        registered = self.audit.entry(Action.REGISTERED, actor_id=user.id, subject_id=user.id)
        try:
            self.users.add(user, MailedSecret(digest, now + VERIFY_WITHIN), [registered])
        except EmailTaken:
            self.audit.record(Action.REGISTRATION_REFUSED, actor_id=None)
            self.post.send(address, letters.TAKEN)
        else:
            self.post.send(address, letters.welcome(self.link(Purpose.VERIFY, secret)))

    def rename(self, user: User, display_name: str | None) -> None:
        """Choose another name to be shown by, or none."""
        self.users.rename(user.id, display_name and unicodedata.normalize("NFC", display_name))

    def change_password(self, user: User, current: str, new: str, from_address: str) -> None:
        """Choose another password; all sessions end. Raises FieldUnacceptable, OverLimit."""
        self.throttle.sign_in(user.email, from_address)
        if not self.passwords.verify(user.password_hash, current):
            self.audit.record(Action.PASSWORD_CHANGE_REFUSED, actor_id=user.id, subject_id=user.id)
            raise FieldUnacceptable("current_password", "is not the account's password")
        _check("new_password", new, user.email, user.display_name, _shortest(user))
        changed = self.audit.entry(Action.PASSWORD_CHANGED, actor_id=user.id, subject_id=user.id)
        if not self.users.change_password(user, self.passwords.hash(new), [changed]):
            raise FieldUnacceptable("current_password", "is no longer the account's password")
        self.post.send(user.email, letters.PASSWORD_CHANGED)

    def forgot_password(self, email: str, from_address: str) -> None:
        """Send a link to choose another password by; whether the address has an account isn't told.

        Raises FieldUnacceptable, OverLimit.
        """
        address = canonical_email(email)
        self.throttle.mail(address, from_address)
        user = self.users.find(address)
        if user is None:
            self.audit.record(Action.PASSWORD_RESET_ASKED, actor_id=None)
            self.post.send(address, letters.NO_ACCOUNT)
            return
        asked = self.audit.entry(Action.PASSWORD_RESET_ASKED, actor_id=user.id, subject_id=user.id)
        self._write_link(user, Purpose.RESET, RESET_WITHIN, letters.reset, [asked])

    def reset_password(self, secret: str, new: str, from_address: str) -> None:
        """Choose another password by a link; all sessions end. Raises FieldUnacceptable, OverLimit."""
        self.throttle.guess(from_address)
        user_id, digest = read_link(secret)
        user = self.users.get(user_id)
        if user is None:
            raise not_good()
        _check("new_password", new, user.email, user.display_name, _shortest(user))
        was_reset = self.audit.entry(Action.PASSWORD_RESET, actor_id=user_id, subject_id=user_id)
        if not self.users.reset_password(user_id, digest, self.clock(), self.passwords.hash(new), [was_reset]):
            raise not_good()
        self.post.send(user.email, letters.PASSWORD_CHANGED)

    def ask_to_verify(self, user: User, from_address: str) -> None:
        """Send another link that proves that the account's mail is read. Raises OverLimit."""
        if user.verified_at is not None:
            return
        self.throttle.mail(user.email, from_address)
        self._write_link(user, Purpose.VERIFY, VERIFY_WITHIN, letters.verify)

    def verify_email(self, secret: str, from_address: str) -> None:
        """Take a link that proves that an account's mail is read. Raises FieldUnacceptable, OverLimit."""
        self.throttle.guess(from_address)
        user_id, digest = read_link(secret)
        verified = self.audit.entry(Action.EMAIL_VERIFIED, actor_id=user_id, subject_id=user_id)
        if not self.users.verify(user_id, digest, self.clock(), [verified]):
            raise not_good()

    def _write_link(
        self,
        user: User,
        purpose: Purpose,
        within: timedelta,
        letter: Callable[[str], Letter],
        entries: Sequence[LogEntry] = (),
    ) -> None:
        """Send a link that is good for a purpose within a time, in the place of an earlier one."""
        secret, digest = new_secret(user.id)
        self.users.keep_secret(user.id, purpose, MailedSecret(digest, self.clock() + within), entries)
        self.post.send(user.email, letter(self.link(purpose, secret)))


def _shortest(user: User) -> int:
    return SHORTEST if user.totp_secret is None else SHORTEST_WITH_SECOND_FACTOR


def _check(field: str, password: str, email: str, display_name: str | None, shortest: int) -> None:
    try:
        check_new_password(password, (email, display_name or ""), shortest)
    except PasswordUnacceptable as error:
        raise FieldUnacceptable(field, str(error)) from error
