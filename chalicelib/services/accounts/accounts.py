"""Accounts: registration, passwords, and email verification."""

import unicodedata
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

import msgspec

from chalicelib.model.audit import AuditAction, AuditEvent
from chalicelib.model.clock import Clock
from chalicelib.model.emails import EmailTaken, EmailToken, EmailTokenPurpose, InvalidEmailToken, canonical_email
from chalicelib.model.errors import InvalidField
from chalicelib.model.ids import new_id
from chalicelib.model.users import AccountRole, User
from chalicelib.security.email_tokens import new_email_token, read_email_token
from chalicelib.security.passwords import (
    MIN_PASSWORD_LENGTH,
    MIN_PASSWORD_LENGTH_WITH_SECOND_FACTOR,
    Passwords,
    PasswordUnacceptable,
    check_new_password,
)
from chalicelib.services.accounts.throttling import Throttle
from chalicelib.services.audit import AuditRecorder
from chalicelib.services.email.mailer import Mailer, Message
from chalicelib.storage.tables.users import UsersTable

PASSWORD_RESET_LIFETIME: Final = timedelta(minutes=30)
VERIFICATION_LIFETIME: Final = timedelta(days=1)


class AccountsService(msgspec.Struct, frozen=True):
    """The use cases of accounts: registration, display names, passwords, and email verification.

    link returns the URL of the page that accepts a token for a purpose.
    """

    users: UsersTable
    passwords: Passwords
    mailer: Mailer
    throttle: Throttle
    audit: AuditRecorder
    clock: Clock
    link: Callable[[EmailTokenPurpose, str], str]

    def register(self, email: str, password: str, display_name: str | None, ip_address: str) -> None:
        """Create an account, and send a link that verifies its email address and is valid for a day.

        If the email address has an account, none is created and its holder is informed by email. That is not disclosed
        to the client, not even by the time taken: either way the password is hashed, an email is sent and an audit
        event recorded. Raises InvalidField if the email address is invalid or the password unacceptable, and
        RateLimitExceeded.
        """
        email = canonical_email(email)
        _check("password", password, email, display_name, MIN_PASSWORD_LENGTH)
        self.throttle.email(email, ip_address)
        now = self.clock()
        user = User(
            id=new_id(),
            email=email,
            display_name=display_name and unicodedata.normalize("NFC", display_name),
            role=AccountRole.USER,
            password_hash=self.passwords.hash(password),
            created_at=now,
        )
        token, digest = new_email_token(user.id)
        registered = self.audit.event(AuditAction.REGISTERED, actor_id=user.id, subject_id=user.id)
        try:
            self.users.add(user, EmailToken(digest, now + VERIFICATION_LIFETIME), [registered])
        except EmailTaken:
            self.audit.record(AuditAction.REGISTRATION_REFUSED, actor_id=None)
            self.mailer.send(email, Message.ALREADY_REGISTERED)
        else:
            self.mailer.send(email, Message.WELCOME, link=self.link(EmailTokenPurpose.VERIFY, token))

    def rename(self, user: User, display_name: str | None) -> None:
        """Change the user's display name, normalized to NFC, or remove it if display_name is None."""
        self.users.rename(user.id, display_name and unicodedata.normalize("NFC", display_name))

    def change_password(self, user: User, current: str, new: str, ip_address: str) -> None:
        """Change the password, end all sessions, and send a notification.

        Raises InvalidField if the current password is wrong or the new one unacceptable, and RateLimitExceeded.
        """
        self.throttle.sign_in(user.email, ip_address)
        if not self.passwords.verify(user.password_hash, current):
            self.audit.record(AuditAction.PASSWORD_CHANGE_REFUSED, actor_id=user.id, subject_id=user.id)
            raise InvalidField("current_password", "is not the account's password")
        _check("new_password", new, user.email, user.display_name, _min_length(user))
        changed = self.audit.event(AuditAction.PASSWORD_CHANGED, actor_id=user.id, subject_id=user.id)
        if not self.users.change_password(user, self.passwords.hash(new), [changed]):
            raise InvalidField("current_password", "is no longer the account's password")
        self.mailer.send(user.email, Message.PASSWORD_CHANGED)

    def forgot_password(self, email: str, ip_address: str) -> None:
        """Send a link that resets the password, or an email that says that the address has no account.

        The link is valid for 30 minutes. Whether the email address has an account is not disclosed to the client.
        Raises InvalidField if the email address is invalid, and RateLimitExceeded.
        """
        email = canonical_email(email)
        self.throttle.email(email, ip_address)
        user = self.users.find(email)
        if user is None:
            self.audit.record(AuditAction.PASSWORD_RESET_REQUESTED, actor_id=None)
            self.mailer.send(email, Message.NO_ACCOUNT)
            return
        requested = self.audit.event(AuditAction.PASSWORD_RESET_REQUESTED, actor_id=user.id, subject_id=user.id)
        self._send_link(user, EmailTokenPurpose.RESET, PASSWORD_RESET_LIFETIME, Message.RESET_PASSWORD, [requested])

    def reset_password(self, token: str, new: str, ip_address: str) -> None:
        """Set a new password with an email token, end all sessions, and send a notification.

        Raises InvalidEmailToken if the token is not valid, InvalidField if the password is unacceptable, and
        RateLimitExceeded. The password is judged only after the token: what is wrong with it says something of the
        account.
        """
        self.throttle.email_token(ip_address)
        user_id, digest = read_email_token(token)
        user = self.users.with_reset_token(user_id, digest, self.clock())
        if user is None:
            raise InvalidEmailToken
        _check("new_password", new, user.email, user.display_name, _min_length(user))
        was_reset = self.audit.event(AuditAction.PASSWORD_RESET, actor_id=user_id, subject_id=user_id)
        if not self.users.reset_password(user_id, digest, self.clock(), self.passwords.hash(new), [was_reset]):
            raise InvalidEmailToken
        self.mailer.send(user.email, Message.PASSWORD_CHANGED)

    def resend_verification(self, user: User, ip_address: str) -> None:
        """Send another link that verifies the email address; do nothing if it is verified. Raises RateLimitExceeded."""
        if user.verified_at is not None:
            return
        self.throttle.email(user.email, ip_address)
        self._send_link(user, EmailTokenPurpose.VERIFY, VERIFICATION_LIFETIME, Message.VERIFY_EMAIL)

    def verify_email(self, token: str, ip_address: str) -> None:
        """Verify the email address of an account with an email token.

        Raises InvalidEmailToken if the token is not valid, and RateLimitExceeded.
        """
        self.throttle.email_token(ip_address)
        user_id, digest = read_email_token(token)
        verified = self.audit.event(AuditAction.EMAIL_VERIFIED, actor_id=user_id, subject_id=user_id)
        if not self.users.verify(user_id, digest, self.clock(), [verified]):
            raise InvalidEmailToken

    def _send_link(
        self,
        user: User,
        purpose: EmailTokenPurpose,
        lifetime: timedelta,
        message: Message,
        events: Sequence[AuditEvent] = (),
    ) -> None:
        """Send a link with a new email token, which replaces an earlier token for the same purpose."""
        token, digest = new_email_token(user.id)
        self.users.store_token(user.id, purpose, EmailToken(digest, self.clock() + lifetime), events)
        self.mailer.send(user.email, message, link=self.link(purpose, token))


def _min_length(user: User) -> int:
    return MIN_PASSWORD_LENGTH if user.totp_secret is None else MIN_PASSWORD_LENGTH_WITH_SECOND_FACTOR


def _check(field: str, password: str, email: str, display_name: str | None, min_length: int) -> None:
    try:
        check_new_password(password, (email, display_name or ""), min_length)
    except PasswordUnacceptable as error:
        raise InvalidField(field, str(error)) from error
