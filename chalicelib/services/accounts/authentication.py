"""Authentication: signing in, refreshing and ending sessions."""

from collections.abc import Sequence
from copy import replace
from datetime import datetime, timedelta
from typing import Final

import msgspec

from chalicelib import metrics
from chalicelib.model.attempts import Attempt
from chalicelib.model.audit import AuditAction
from chalicelib.model.clock import Clock
from chalicelib.model.emails import InvalidEmailToken, canonical_email
from chalicelib.model.errors import InvalidField, RateLimitExceeded
from chalicelib.model.ids import is_id, new_id
from chalicelib.model.paging import page_of
from chalicelib.model.principals import SessionPrincipal
from chalicelib.model.sessions import (
    ClientInfo,
    InvalidCredentials,
    RefreshTokenReused,
    Session,
    SessionEnded,
    SessionNotFound,
    SessionPage,
)
from chalicelib.model.users import CodeRequired, PasswordTooShort, User
from chalicelib.security.device_tokens import DeviceTokens
from chalicelib.security.email_tokens import read_email_token
from chalicelib.security.passwords import MIN_PASSWORD_LENGTH, Passwords, length
from chalicelib.security.tokens import ACCESS_LIFETIME, AccessToken, RefreshToken, TokenInvalid, Tokens
from chalicelib.services.accounts.authorization import AuthorizationService
from chalicelib.services.accounts.second_factor import SecondFactorService
from chalicelib.services.accounts.throttling import Throttle
from chalicelib.services.audit import AuditRecorder
from chalicelib.services.email.mailer import Mailer, Message
from chalicelib.storage.tables.email_verifications import EmailVerificationsTable
from chalicelib.storage.tables.sessions import SessionsTable
from chalicelib.storage.tables.sign_ins import SignInsTable
from chalicelib.storage.tables.users import UsersTable

SESSION_LIFETIME: Final = timedelta(days=30)
MAX_DEVICE_LENGTH: Final = 200  # characters of a User-Agent


class TokenPair(msgspec.Struct, frozen=True):
    """The access and the refresh token of a session, and their lifetimes in seconds."""

    access: str
    access_seconds: int
    refresh: str
    refresh_seconds: int


class SignedIn(TokenPair, frozen=True):
    """The tokens of a new session, and the token that makes the device known."""

    device_token: str


class AuthenticationService(msgspec.Struct, frozen=True):
    """The use cases of sessions: confirming an account, signing in and out, refreshing tokens, listing sessions.

    A session ends after the time inactivity without an exchange of its refresh token, and after SESSION_LIFETIME in any
    case.
    """

    users: UsersTable
    sessions: SessionsTable
    sign_ins: SignInsTable
    verifications: EmailVerificationsTable
    authorization: AuthorizationService
    passwords: Passwords
    tokens: Tokens
    device_tokens: DeviceTokens
    throttle: Throttle
    second_factor: SecondFactorService
    mailer: Mailer
    audit: AuditRecorder
    clock: Clock
    inactivity: timedelta

    def sign_in(
        self, email: str, password: str, client: ClientInfo, code: str | None = None, device_token: str | None = None
    ) -> SignedIn:
        """Start a session and return its tokens; code is required if the account has a second factor.

        device_token is what an earlier sign-in to the account returned to the device, whose attempts are then counted
        separately. Only failures count, but for the limits that many clients share. Raises RateLimitExceeded, and
        InvalidCredentials if the email address has no account or is not confirmed, the password is wrong, or the
        account is disabled; the work is the same in all these cases. If the password is correct, raises CodeRequired,
        CodeRefused, or PasswordTooShort if a second factor, which was removed, allowed it to have fewer characters.
        """
        try:
            email = canonical_email(email)
        except InvalidField:
            email = ""
        device = self.device_tokens.device_of(device_token, email, self.clock())
        attempt = self._count_attempt(email, client, device)
        user, matches = self._identify(email, password)
        if user is None or not matches:
            metrics.count("SignIns", outcome="failed")
            self._record_failure(user)
            raise InvalidCredentials
        attempts = [attempt, *self._check_code(user, code, attempt)]
        if user.totp_secret is None and length(password) < MIN_PASSWORD_LENGTH:
            raise PasswordTooShort
        if self.passwords.is_outdated(user.password_hash):
            self.users.replace_password_hash(user, self.passwords.hash(password))
        return self._start(user, client, attempts, device)

    def _identify(self, email: str, password: str) -> tuple[User | None, bool]:
        """Return the user with an email address, and whether the user may sign in with a password.

        The index of addresses may lag behind a registration or a new password, so that what it refuses is looked up
        again, with the same work whether or not the address is known.
        """
        found = self.users.find(email) if email else None
        if self._may_sign_in(found, password):
            return found, True
        current = self.users.look_up(email) if email else None
        return current, current != found and self._may_sign_in(current, password)

    def _may_sign_in(self, user: User | None, password: str) -> bool:
        matches = self.passwords.verify(user.password_hash if user else None, password)
        return user is not None and matches and user.is_confirmed and not user.disabled

    def _record_failure(self, user: User | None) -> None:
        """Record a failed attempt to sign in, whose actor is unknown: the limits of an account bound their number."""
        if user is None:
            self.audit.record_refusal(AuditAction.SIGN_IN_FAILED, actor_id=None)
        else:
            self.audit.record(AuditAction.SIGN_IN_FAILED, actor_id=None, user_id=user.id)

    def _check_code(self, user: User, code: str | None, attempt: Attempt) -> list[Attempt]:
        """Check the code of a sign-in with the correct password; return the attempt to enter it, if there is one."""
        try:
            return self.second_factor.check(user, code)
        except CodeRequired:
            self.throttle.take_back(attempt)
            raise

    def confirm_email(self, token: str, password: str, client: ClientInfo, code: str | None = None) -> SignedIn:
        """Verify an account's email address with an email token and the password; start a session, return its tokens.

        The password ensures that the person who reads the mail also created the account: a link that is followed by
        mistake does not confirm an account that somebody else created with the address. Raises InvalidEmailToken if the
        token is not valid, InvalidField if the password is wrong, RateLimitExceeded, CodeRequired and CodeRefused.
        """
        self.throttle.email_token(client.ip_address)
        user_id, digest = read_email_token(token)
        user, now = self.users.get(user_id), self.clock()
        sent = None if user is None else user.verification
        if user is None or sent is None or sent.digest != digest or sent.expires_at <= now or user.disabled:
            raise InvalidEmailToken
        self.passwords.check(user.password_hash, password)
        self.second_factor.check(user, code)
        session = self._new_session(user, client, now)
        events = [
            self.audit.event(AuditAction.EMAIL_VERIFIED, actor_id=user.id, subject_id=user.id),
            self.audit.event(AuditAction.SIGNED_IN, actor_id=user.id, subject_id=session.id),
        ]
        if not self.verifications.complete(sent, session, now, events):
            raise InvalidEmailToken
        return self._signed_in(user, session, now)

    def reauthenticate(self, principal: SessionPrincipal, password: str, code: str | None) -> None:
        """Record that the user entered the password of the account, which permits sensitive changes for ten minutes.

        code is required if the account has a second factor. Raises InvalidField if the password is wrong,
        RateLimitExceeded, CodeRequired, CodeRefused, and SessionEnded.
        """
        user, session = principal.user, principal.session
        self.throttle.password(user.id)
        try:
            self.passwords.check(user.password_hash, password)
        except InvalidField:
            self.audit.record(AuditAction.REAUTHENTICATION_REFUSED, actor_id=user.id, subject_id=session.id)
            raise
        self.second_factor.check(user, code)
        entered = self.audit.event(AuditAction.REAUTHENTICATED, actor_id=user.id, subject_id=session.id)
        if not self.sessions.reauthenticate(session.id, user.id, self.clock(), [entered]):
            raise SessionEnded

    def _count_attempt(self, email: str, client: ClientInfo, device: str | None) -> Attempt:
        """Count an attempt; record one beyond the limit in the account's audit log. Raises RateLimitExceeded."""
        try:
            return self.throttle.sign_in(email, client.ip_address, device)
        except RateLimitExceeded as error:
            user = self.users.find(email) if email else None
            user_id = user.id if user else None
            metrics.count("SignIns", outcome="limited")
            self.audit.record_refusal(
                AuditAction.SIGN_IN_LIMITED, actor_id=None, user_id=user_id, detail=error.limit.name
            )
            raise

    def _start(
        self, user: User, client: ClientInfo, attempts: Sequence[Attempt] = (), device: str | None = None
    ) -> SignedIn:
        now = self.clock()
        session = self._new_session(user, client, now)
        signed_in = self.audit.event(AuditAction.SIGNED_IN, actor_id=user.id, subject_id=session.id)
        self.sign_ins.add(session, attempts, [signed_in])
        return self._signed_in(user, session, now, device)

    def _signed_in(self, user: User, session: Session, now: datetime, device: str | None = None) -> SignedIn:
        metrics.count("SignIns", outcome="signed_in")
        pair = self._issue(session, 0, now)
        return SignedIn(**msgspec.structs.asdict(pair), device_token=self.device_tokens.issue(user.email, now, device))

    def _new_session(self, user: User, client: ClientInfo, now: datetime) -> Session:
        return Session(
            id=new_id(),
            user_id=user.id,
            counter=0,
            created_at=now,
            expires_at=self._expiry(now, now),
            generation=user.generation,
            device=client.device[:MAX_DEVICE_LENGTH],
        )

    def rotate(self, presented: str) -> TokenPair:
        """Exchange a refresh token for the next pair of tokens of its session.

        Raises SessionEnded if the token is not valid or its session has ended, and RefreshTokenReused, after ending the
        session, if the token was exchanged before (RFC 9700, section 4.14.2).
        """
        now = self.clock()
        try:
            token = self.tokens.read_refresh(presented, now)
        except TokenInvalid as error:
            raise SessionEnded from error
        session = self.authorization.from_session(token.session_id, token.user_id, now).session
        expires_at = self._expiry(session.created_at, now)
        if not self.sessions.advance(session, token.counter, now, expires_at):  # conditional write: one winner
            reused = self.audit.event(
                AuditAction.REFRESH_REUSED, actor_id=None, user_id=session.user_id, subject_id=session.id
            )
            self.sessions.end(session.id, session.user_id, [reused])
            raise RefreshTokenReused
        return self._issue(replace(session, expires_at=expires_at), token.counter + 1, now)

    def list(self, principal: SessionPrincipal, limit: int, before_id: str | None) -> SessionPage:
        """Return a page of up to limit active sessions of the principal's user, newest first.

        They have not expired, were not ended, and are of the user's current generation. The page starts after the
        session before_id, which is excluded, or with the newest session if before_id is None.
        """
        sessions = self.sessions.of_user(principal.user_id, self.clock())
        active = [session for session in sessions if session.generation == principal.user.generation]
        newest_first = sorted(active, key=lambda session: session.id, reverse=True)
        older = (session for session in newest_first if before_id is None or session.id < before_id)
        return page_of(older, before_id, limit, lambda _: True)

    def revoke(self, principal: SessionPrincipal, session_id: str) -> None:
        """End a session of the principal's user. Raises SessionNotFound if the user has no session with this id."""
        ended = self.audit.event(AuditAction.SIGNED_OUT, actor_id=principal.user_id, subject_id=session_id)
        if not is_id(session_id) or not self.sessions.end(session_id, principal.user_id, [ended]):
            raise SessionNotFound
        self.mailer.send(principal.user.email, Message.SESSIONS_ENDED)

    def sign_out(self, principal: SessionPrincipal) -> None:
        """End the session with which the principal was authenticated."""
        session_id = principal.session.id
        ended = self.audit.event(AuditAction.SIGNED_OUT, actor_id=principal.user_id, subject_id=session_id)
        self.sessions.end(session_id, principal.user_id, [ended])

    def sign_out_everywhere(self, principal: SessionPrincipal) -> None:
        """End all sessions of the principal's user, including the current one."""
        ended = self.audit.event(
            AuditAction.SIGNED_OUT_EVERYWHERE, actor_id=principal.user_id, subject_id=principal.user_id
        )
        self.users.end_generation(principal.user_id, [ended])
        self.mailer.send(principal.user.email, Message.SESSIONS_ENDED)

    def _expiry(self, created_at: datetime, now: datetime) -> datetime:
        return min(now + self.inactivity, created_at + SESSION_LIFETIME)

    def _issue(self, session: Session, counter: int, now: datetime) -> TokenPair:
        return TokenPair(
            access=self.tokens.issue_access(AccessToken(session.user_id, session.id), now),
            access_seconds=int(ACCESS_LIFETIME.total_seconds()),
            refresh=self.tokens.issue_refresh(
                RefreshToken(session.user_id, session.id, counter), now, session.expires_at
            ),
            refresh_seconds=int((session.expires_at - now).total_seconds()),
        )
