"""Sessions, and the client that starts one."""

from datetime import datetime

import msgspec

from chalicelib.model.paging import Page


class Session(msgspec.Struct, frozen=True):
    """A session of a user, from signing in until it is ended or expires.

    counter is the number of exchanges of its refresh token, refreshed_at the time of the last exchange or None,
    expires_at the end of the session if no further exchange prolongs it, generation the user's generation at the start
    of the session, and device the client's User-Agent.
    """

    id: str
    user_id: str
    counter: int
    created_at: datetime
    expires_at: datetime
    generation: int = 0
    device: str = ""
    refreshed_at: datetime | None = None

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


class SessionEnded(Exception):
    """The session has expired or was ended, its user is disabled, or the presented token is not valid."""


class RefreshTokenReused(SessionEnded):
    """A refresh token was presented a second time; its session has been ended."""


class SessionNotFound(Exception):
    """The user has no session with this id."""


class InvalidCredentials(Exception):
    """The email address has no account, the password is wrong, or the account is disabled; which is not disclosed."""
