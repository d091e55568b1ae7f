"""Sessions: signing in, going on, signing out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from chalicelib.security.passwords import Passwords
from chalicelib.security.tokens import ACCESS_LIFETIME, AccessToken, RefreshToken, TokenInvalid, Tokens
from chalicelib.services.accounts import canonical_email
from chalicelib.services.audit import ANONYMOUS, Action, Audit
from chalicelib.services.clock import Clock
from chalicelib.services.fields import FieldUnacceptable
from chalicelib.services.ids import new_id
from chalicelib.storage.sessions import Session, Sessions
from chalicelib.storage.users import User, Users

LIFETIME: Final = timedelta(days=30)


class InvalidCredentials(Exception):
    """No account has this address and password."""


class SessionEnded(Exception):
    """The session is over, or the token that names it isn't valid."""


class RefreshTokenReused(SessionEnded):
    """A refresh token was presented a second time; its session is over now."""


@dataclass(frozen=True, slots=True)
class TokenPair:
    """The tokens of a session, and how many seconds each is valid."""

    access: str
    access_seconds: int
    refresh: str
    refresh_seconds: int


@dataclass(frozen=True, slots=True)
class Authentication:
    """The use cases of sessions."""

    users: Users
    sessions: Sessions
    passwords: Passwords
    tokens: Tokens
    audit: Audit
    clock: Clock

    def sign_in(self, email: str, password: str) -> TokenPair:
        """Start a session. Raises InvalidCredentials, after the same work whether the address is known or not."""
        user = self._find(email)
        matches = self.passwords.verify(user.password_hash if user else None, password)
        if user is None or not matches:
            self.audit.record(Action.SIGN_IN_FAILED, actor_id=user.id if user else ANONYMOUS)
            raise InvalidCredentials
        if self.passwords.is_outdated(user.password_hash):
            self.users.replace_password_hash(user, self.passwords.hash(password))
        now = self.clock()
        session = Session(id=new_id(), user_id=user.id, counter=0, created_at=now, expires_at=now + LIFETIME)
        self.sessions.add(session)
        self.audit.record(Action.SIGNED_IN, actor_id=user.id, subject_id=session.id)
        return self._issue(session, 0, now)

    def rotate(self, presented: str) -> TokenPair:
        """Exchange a refresh token for the next pair.

        Raises SessionEnded if its session is over, and RefreshTokenReused, after ending the whole session, if the
        token was exchanged before (RFC 9700, section 4.14.2).
        """
        now = self.clock()
        token = self._read(presented, now)
        session = self.sessions.get(token.session_id)
        if session is None or session.is_over(now):
            raise SessionEnded
        if not self.sessions.advance(session, token.counter):  # conditional write: one winner
            self.sessions.end(session.id)
            self.audit.record(Action.REFRESH_REUSED, actor_id=session.user_id, subject_id=session.id)
            raise RefreshTokenReused
        return self._issue(session, token.counter + 1, now)

    def authenticate(self, access: str) -> AccessToken:
        """Return whose session an access token proves. Raises SessionEnded."""
        now = self.clock()
        try:
            token = self.tokens.read_access(access, now)
        except TokenInvalid as error:
            raise SessionEnded from error
        session = self.sessions.get(token.session_id)
        if session is None or session.is_over(now) or session.user_id != token.user_id:
            raise SessionEnded
        return token

    def sign_out(self, token: AccessToken) -> None:
        """End a session; its next request is refused."""
        self.sessions.end(token.session_id)
        self.audit.record(Action.SIGNED_OUT, actor_id=token.user_id, subject_id=token.session_id)

    def _find(self, email: str) -> User | None:
        try:
            return self.users.find(canonical_email(email))
        except FieldUnacceptable:
            return None

    def _read(self, presented: str, now: datetime) -> RefreshToken:
        try:
            return self.tokens.read_refresh(presented, now)
        except TokenInvalid as error:
            raise SessionEnded from error

    def _issue(self, session: Session, counter: int, now: datetime) -> TokenPair:
        return TokenPair(
            access=self.tokens.issue_access(AccessToken(session.user_id, session.id), now),
            access_seconds=int(ACCESS_LIFETIME.total_seconds()),
            refresh=self.tokens.issue_refresh(
                RefreshToken(session.user_id, session.id, counter), now, session.expires_at
            ),
            refresh_seconds=int((session.expires_at - now).total_seconds()),
        )
