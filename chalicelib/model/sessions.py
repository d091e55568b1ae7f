"""Sessions, and the client that starts one."""

from datetime import datetime, timedelta
from typing import Final

import msgspec

from chalicelib.model.paging import Page

RECENT: Final = timedelta(minutes=10)


class Session(msgspec.Struct, frozen=True):
    """A session of a user, from signing in until it is ended or expires.

    counter is the number of exchanges of its refresh token, refreshed_at the time of the last exchange or None,
    expires_at the end of the session if no further exchange prolongs it, generation the user's generation at the start
    of the session, and device the client's User-Agent. authenticated_at is the time at which the user last entered the
    password during the session, and the code if there is a second factor; None for the start of the session.
    """

    id: str
    user_id: str
    counter: int
    created_at: datetime
    expires_at: datetime
    generation: int = 0
    device: str = ""
    refreshed_at: datetime | None = None
    authenticated_at: datetime | None = None

    def is_recent(self, now: datetime) -> bool:
        """Return whether the user entered the password, and the code if there is one, less than ten minutes ago."""
        return now - (self.authenticated_at or self.created_at) < RECENT

    def is_expired(self, now: datetime) -> bool:
        """Return whether the session has expired: whether now is at or after expires_at.

        DynamoDB deletes expired items with a delay, so that they can still be read.
        """
        return now >= self.expires_at


type SessionPage = Page[Session]
"""A page of sessions, newest first."""


class ClientInfo(msgspec.Struct, frozen=True):
    """The client of a request: its IP address and its User-Agent."""

    ip_address: str
    device: str


class ReauthenticationRequired(Exception):
    """A sensitive change requires that the user has entered the password less than ten minutes ago."""


class SessionEnded(Exception):
    """The session has expired or was ended, its user is disabled, or the presented token is not valid."""


class RefreshTokenReused(SessionEnded):
    """A refresh token was presented a second time; its session has been ended."""


class SessionNotFound(Exception):
    """The user has no session with this id."""


class InvalidCredentials(Exception):
    """No account has this password and email address, or the address is not confirmed, or the account is disabled.

    Which of these is the case is not disclosed.
    """
