"""Sessions: signing in, going on, signing out."""

from datetime import datetime, timedelta
from typing import Final

import msgspec

from chalicelib import measures
from chalicelib.security.passwords import Passwords
from chalicelib.security.tokens import ACCESS_LIFETIME, AccessToken, RefreshToken, TokenInvalid, Tokens
from chalicelib.services.access import Access, SessionEnded, SignedIn
from chalicelib.services.addresses import canonical_email
from chalicelib.services.audit import Action, Audit
from chalicelib.services.clock import Clock
from chalicelib.services.fields import FieldUnacceptable
from chalicelib.services.ids import is_id, new_id
from chalicelib.services.second_factor import SecondFactor
from chalicelib.services.throttling import Throttle
from chalicelib.storage.counters import OverLimit
from chalicelib.storage.sessions import Session, Sessions
from chalicelib.storage.users import User, Users

LIFETIME: Final = timedelta(days=30)
LONGEST_DEVICE: Final = 200  # characters of what a browser calls itself


class InvalidCredentials(Exception):
    """No account has this address and password."""


class RefreshTokenReused(SessionEnded):
    """A refresh token was presented a second time; its session is over now."""


class SessionNotFound(Exception):
    """The caller has no such session."""


class TokenPair(msgspec.Struct, frozen=True):
    """The tokens of a session, and how many seconds each is valid."""

    access: str
    access_seconds: int
    refresh: str
    refresh_seconds: int


class Origin(msgspec.Struct, frozen=True):
    """Where a request comes from: an IP address, and what the browser or program calls itself."""

    address: str
    device: str


class Authentication(msgspec.Struct, frozen=True):
    """The use cases of sessions."""

    users: Users
    sessions: Sessions
    access: Access
    passwords: Passwords
    tokens: Tokens
    throttle: Throttle
    second_factor: SecondFactor
    audit: Audit
    clock: Clock

    def sign_in(self, email: str, password: str, origin: Origin, code: str | None = None) -> TokenPair:
        """Start a session; code is that of the second factor, where the account has one.

        Raises OverLimit, CodeNeeded and CodeRefused to who knows the password, and InvalidCredentials after the same
        work whether the address is known or not.
        """
        try:
            address = canonical_email(email)
        except FieldUnacceptable:
            address = ""
        self._count(address, origin)
        user = self.users.find(address) if address else None
        matches = self.passwords.verify(user.password_hash if user else None, password)
        if user is None or not matches or user.disabled:
            measures.count("SignIns", outcome="failed")
            self.audit.record(Action.SIGN_IN_FAILED, actor_id=user.id if user else None)
            raise InvalidCredentials
        self.second_factor.check(user, code)
        if self.passwords.is_outdated(user.password_hash):
            self.users.replace_password_hash(user, self.passwords.hash(password))
        return self._begin(user, origin)

    def _count(self, address: str, origin: Origin) -> None:
        """Count a try; one too many is told to whoever the account is. Raises OverLimit."""
        try:
            self.throttle.sign_in(address, origin.address)
        except OverLimit as error:
            user = self.users.find(address) if address else None
            whose = user.id if user else None
            measures.count("SignIns", outcome="limited")
            self.audit.record(Action.SIGN_IN_LIMITED, actor_id=None, user_id=whose, detail=error.limit.name)
            raise

    def _begin(self, user: User, origin: Origin) -> TokenPair:
        now = self.clock()
        session = Session(
            id=new_id(),
            user_id=user.id,
            counter=0,
            created_at=now,
            expires_at=now + LIFETIME,
            generation=user.generation,
            device=origin.device[:LONGEST_DEVICE],
        )
        self.sessions.add(session, [self.audit.entry(Action.SIGNED_IN, actor_id=user.id, subject_id=session.id)])
        measures.count("SignIns", outcome="signed_in")
        return self._issue(session, 0, now)

    def rotate(self, presented: str) -> TokenPair:
        """Exchange a refresh token for the next pair.

        Raises SessionEnded if its session is over, and RefreshTokenReused, after ending the whole session, if the
        token was exchanged before (RFC 9700, section 4.14.2).
        """
        now = self.clock()
        try:
            token = self.tokens.read_refresh(presented, now)
        except TokenInvalid as error:
            raise SessionEnded from error
        session = self.access.session(token.session_id, token.user_id, now).session
        if not self.sessions.advance(session, token.counter, now):  # conditional write: one winner
            self.sessions.end(session.id, session.user_id)
            self.audit.record(Action.REFRESH_REUSED, actor_id=session.user_id, subject_id=session.id)
            raise RefreshTokenReused
        return self._issue(session, token.counter + 1, now)

    def list(self, caller: SignedIn) -> list[Session]:
        """Return the caller's sessions that go on, the newest first."""
        sessions = self.sessions.of_user(caller.user_id, self.clock())
        return [session for session in sessions if session.generation == caller.user.generation]

    def revoke(self, caller: SignedIn, session_id: str) -> None:
        """End one of the caller's sessions. Raises SessionNotFound."""
        if not is_id(session_id) or not self.sessions.end(session_id, caller.user_id):
            raise SessionNotFound
        self.audit.record(Action.SIGNED_OUT, actor_id=caller.user_id, subject_id=session_id)

    def sign_out(self, caller: SignedIn) -> None:
        """End a session; its next request is refused."""
        self.sessions.end(caller.session.id, caller.user_id)
        self.audit.record(Action.SIGNED_OUT, actor_id=caller.user_id, subject_id=caller.session.id)

    def sign_out_everywhere(self, caller: SignedIn) -> None:
        """End all sessions of the caller; the next request of each is refused."""
        ended = self.audit.entry(Action.SIGNED_OUT_EVERYWHERE, actor_id=caller.user_id, subject_id=caller.user_id)
        self.users.end_generation(caller.user_id, [ended])

    def _issue(self, session: Session, counter: int, now: datetime) -> TokenPair:
        return TokenPair(
            access=self.tokens.issue_access(AccessToken(session.user_id, session.id), now),
            access_seconds=int(ACCESS_LIFETIME.total_seconds()),
            refresh=self.tokens.issue_refresh(
                RefreshToken(session.user_id, session.id, counter), now, session.expires_at
            ),
            refresh_seconds=int((session.expires_at - now).total_seconds()),
        )
