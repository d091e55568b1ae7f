"""Accounts: registration, passwords, and email verification."""

import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec

from chalicelib.model.audit import AuditAction, AuditEvent
from chalicelib.model.clock import Clock
from chalicelib.model.emails import EmailTaken, EmailToken, EmailTokenPurpose, InvalidEmailToken, canonical_email
from chalicelib.model.errors import InvalidField
from chalicelib.model.ids import new_id
from chalicelib.model.users import AccountRole, User
from chalicelib.security.device_tokens import DeviceTokens
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
from chalicelib.storage.tables.api_keys import ApiKeysTable
from chalicelib.storage.tables.invitations import InvitationsTable
from chalicelib.storage.tables.users import UsersTable

PASSWORD_RESET_LIFETIME: Final = timedelta(minutes=30)
VERIFICATION_LIFETIME: Final = timedelta(days=1)


class AccountsService(msgspec.Struct, frozen=True):
    """The use cases of accounts: registration, display names, passwords, and email verification.

    link returns the URL of the page that accepts a token for a purpose.
    """

    users: UsersTable
    api_keys: ApiKeysTable
    invitations: InvitationsTable
    passwords: Passwords
    device_tokens: DeviceTokens
    mailer: Mailer
    throttle: Throttle
    audit: AuditRecorder
    clock: Clock
    link: Callable[[EmailTokenPurpose, str], str]

    def register(
        self, email: str, password: str, display_name: str | None, ip_address: str, invitation: str | None = None
    ) -> None:
        """Create an account, and send a link that verifies its email address and is valid for a day.

        invitation is the token of an invitation into a project; it was sent to the email address, which is therefore
        verified at once. An earlier registration of the address that was not verified is replaced, with everything that
        was set up with it.

        If the email address has an account, none is created and its holder is informed by email. That is not disclosed
        to the client, not even by the time taken: either way the password is hashed, the same requests are made, and an
        email is sent. Raises InvalidField if the email address or the invitation is invalid or the password
        unacceptable, and RateLimitExceeded.
        """
        email = canonical_email(email)
        attempt = self.throttle.email(email, ip_address)
        try:
            _check("password", password, email, display_name, MIN_PASSWORD_LENGTH)
        except InvalidField:
            self.throttle.take_back(attempt)
            raise
        now = self.clock()
        if invitation is not None:
            self._check_invitation(invitation, email, now)
        earlier = self.users.find(email)
        user_id = new_id() if earlier is None else earlier.id
        token, digest = new_email_token(user_id)
        user = User(
            id=user_id,
            email=email,
            display_name=display_name and unicodedata.normalize("NFC", display_name),
            role=AccountRole.USER,
            password_hash=self.passwords.hash(password),
            created_at=now,
            verified_at=None if invitation is None else now,
            verification=EmailToken(digest, now + VERIFICATION_LIFETIME) if invitation is None else None,
        )
        try:
            self._store_registration(user, earlier)
        except EmailTaken:
            self.audit.record(AuditAction.REGISTRATION_REFUSED, actor_id=None)
            self.mailer.send(email, Message.ALREADY_REGISTERED)
        else:
            self._welcome(user, token)

    def _check_invitation(self, token: str, email: str, now: datetime) -> None:
        """Raise InvalidField unless the token is that of an unexpired invitation to this email address."""
        try:
            project_id, digest = read_email_token(token)
        except InvalidEmailToken as error:
            raise InvalidField("invitation", error.detail) from error
        invitation = self.invitations.get(project_id, digest)
        if invitation is None or invitation.expires_at <= now or invitation.email != email:
            raise InvalidField("invitation", "was used before, has expired, or was sent to another email address")

    def _store_registration(self, user: User, earlier: User | None) -> None:
        """Store a new user, or replace an earlier registration that was not verified. Raises EmailTaken."""
        registered = self.audit.event(AuditAction.REGISTERED, actor_id=user.id, subject_id=user.id)
        if earlier is None:
            self.users.add(user, [registered])
        elif earlier.is_confirmed or earlier.disabled:
            raise EmailTaken
        else:
            self.users.register_again(earlier, user, [registered])

    def _welcome(self, user: User, token: str) -> None:
        if user.is_confirmed:
            self.mailer.send(user.email, Message.WELCOME_INVITED)
        else:
            self.mailer.send(user.email, Message.WELCOME, link=self.link(EmailTokenPurpose.VERIFY, token))

    def rename(self, user: User, display_name: str | None) -> None:
        """Change the user's display name, normalized to NFC, or remove it if display_name is None."""
        self.users.rename(user.id, display_name and unicodedata.normalize("NFC", display_name))

    def change_password(self, user: User, current: str, new: str, *, revoke_api_keys: bool = False) -> None:
        """Change the password, end all sessions and everything that is pending, and send a notification.

        API keys stay valid unless revoke_api_keys is set. Raises InvalidField if the current password is wrong or the
        new one unacceptable, and RateLimitExceeded.
        """
        self.throttle.password(user.id)
        if not self.passwords.verify(user.password_hash, current):
            self.audit.record(AuditAction.PASSWORD_CHANGE_REFUSED, actor_id=user.id, subject_id=user.id)
            raise InvalidField("current_password", "is not the account's password")
        _check("new_password", new, user.email, user.display_name, _min_length(user))
        changed = self._credentials_event(AuditAction.PASSWORD_CHANGED, user, revoke_api_keys=revoke_api_keys)
        password_hash = self.passwords.hash(new)
        if not self.users.change_password(user, password_hash, [changed], revoke_api_keys=revoke_api_keys):
            raise InvalidField("current_password", "is no longer the account's password")
        self._finish_password(user, keys_revoked=revoke_api_keys)

    def forgot_password(self, email: str, ip_address: str, device_token: str | None = None) -> None:
        """Send a link that resets the password, or an email that says that the address has no account.

        The link is valid for 30 minutes. None is sent if the address has received so many within a quarter of an hour
        that the last one is still valid, so that others cannot keep the owner from having one. device_token is what an
        earlier sign-in to the account returned to the device, whose requests are counted separately. Whether the email
        address has an account is not disclosed to the client. Raises InvalidField if the email address is invalid, and
        RateLimitExceeded.
        """
        email = canonical_email(email)
        device = self.device_tokens.device_of(device_token, email, self.clock())
        if not self.throttle.reset(email, ip_address, device):
            return
        user, requested = self.users.find(email), AuditAction.PASSWORD_RESET_REQUESTED
        lifetime, message = PASSWORD_RESET_LIFETIME, Message.RESET_PASSWORD
        if not self._send_requested_link(user, requested, EmailTokenPurpose.RESET, lifetime, message):
            self.mailer.send(email, Message.NO_ACCOUNT)

    def reset_password(self, token: str, new: str, ip_address: str, *, revoke_api_keys: bool = False) -> str:
        """Set a new password with an email token, end all sessions and everything pending, and send a notification.

        Return a device token, so that the owner can sign in also while others exhaust the limits of the account.

        The token proves that the user reads the mail to the address, which is thereby verified. If it was not verified
        before, somebody else may have set up the account, and its API keys and second factor are removed; otherwise
        API keys are revoked if revoke_api_keys is set. Raises InvalidEmailToken if the token is not valid, InvalidField
        if the password is unacceptable, and RateLimitExceeded. The password is judged only after the token: what is
        wrong with it says something of the account.
        """
        self.throttle.email_token(ip_address)
        user_id, digest = read_email_token(token)
        user = self.users.with_reset_token(user_id, digest, self.clock())
        if user is None:
            raise InvalidEmailToken
        min_length = _min_length(user) if user.is_confirmed else MIN_PASSWORD_LENGTH
        _check("new_password", new, user.email, user.display_name, min_length)
        revoked = revoke_api_keys or not user.is_confirmed
        events = [self._credentials_event(AuditAction.PASSWORD_RESET, user, revoke_api_keys=revoked)]
        if not user.is_confirmed:
            events.append(self.audit.event(AuditAction.EMAIL_VERIFIED, actor_id=user_id, subject_id=user_id))
        if not self.users.reset_password(
            user, digest, self.clock(), self.passwords.hash(new), events, revoke_api_keys=revoked
        ):
            raise InvalidEmailToken
        self._finish_password(user, keys_revoked=revoked)
        return self.device_tokens.issue(user.email, self.clock())

    def resend_verification(self, email: str, ip_address: str) -> None:
        """Send another link that verifies an email address, or an email that says that this isn't needed or possible.

        Whether the email address has an account is not disclosed to the client. Raises InvalidField if the email
        address is invalid, and RateLimitExceeded.
        """
        email = canonical_email(email)
        self.throttle.email(email, ip_address)
        user = self.users.find(email)
        confirmed = user is not None and user.is_confirmed
        unconfirmed, requested = None if confirmed else user, AuditAction.VERIFICATION_REQUESTED
        lifetime, message = VERIFICATION_LIFETIME, Message.VERIFY_EMAIL
        if not self._send_requested_link(unconfirmed, requested, EmailTokenPurpose.VERIFY, lifetime, message):
            self.mailer.send(email, Message.ALREADY_REGISTERED if confirmed else Message.NO_ACCOUNT)

    def _send_requested_link(
        self, user: User | None, action: AuditAction, purpose: EmailTokenPurpose, lifetime: timedelta, message: Message
    ) -> bool:
        """Send a link to a user, if there is one, and record that somebody unknown requested it.

        Return False if no link was sent.
        """
        if user is not None:
            requested = self.audit.event(action, actor_id=None, user_id=user.id, subject_id=user.id)
            if self._send_link(user, purpose, lifetime, message, [requested]):
                return True
        self.audit.record_refusal(action, actor_id=None)
        return False

    def _credentials_event(self, action: AuditAction, user: User, *, revoke_api_keys: bool) -> AuditEvent:
        detail = "API keys revoked" if revoke_api_keys else None
        return self.audit.event(action, actor_id=user.id, subject_id=user.id, detail=detail)

    def _finish_password(self, user: User, *, keys_revoked: bool) -> None:
        """Delete the API keys that a new password has revoked, and send a notification."""
        if not keys_revoked:
            self.mailer.send(user.email, Message.PASSWORD_CHANGED)
            return
        for key in self.api_keys.of_user(user.id):
            if key.generation <= user.key_generation:
                self.api_keys.delete(user.id, key.id)
        self.mailer.send(user.email, Message.PASSWORD_CHANGED_AND_KEYS_REVOKED)

    def _send_link(
        self,
        user: User,
        purpose: EmailTokenPurpose,
        lifetime: timedelta,
        message: Message,
        events: Sequence[AuditEvent],
    ) -> bool:
        """Send a link with a new email token, which replaces an earlier token for the same purpose.

        Return False, without sending it, if the user was found by an index that lags behind, and has another address.
        """
        token, digest = new_email_token(user.id)
        stored = self.users.store_token(user, purpose, EmailToken(digest, self.clock() + lifetime), events)
        if stored:
            self.mailer.send(user.email, message, link=self.link(purpose, token))
        return stored


def _min_length(user: User) -> int:
    return MIN_PASSWORD_LENGTH if user.totp_secret is None else MIN_PASSWORD_LENGTH_WITH_SECOND_FACTOR


def _check(field: str, password: str, email: str, display_name: str | None, min_length: int) -> None:
    try:
        check_new_password(password, (email, display_name or ""), min_length)
    except PasswordUnacceptable as error:
        raise InvalidField(field, str(error)) from error
