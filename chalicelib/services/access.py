"""Who makes a request, and what their credential is good for."""

from datetime import datetime, timedelta
from enum import StrEnum
from hmac import compare_digest
from typing import Final

import msgspec

from chalicelib.security.api_keys import KeyMalformed, is_key, read_key
from chalicelib.security.tokens import TokenInvalid, Tokens
from chalicelib.services.clock import Clock
from chalicelib.services.ids import is_id
from chalicelib.storage.api_keys import ApiKey, ApiKeys
from chalicelib.storage.identities import Identities, Membership
from chalicelib.storage.projects import Project, Role
from chalicelib.storage.sessions import Session
from chalicelib.storage.users import User

USE_NOTED_EVERY: Final = timedelta(minutes=10)  # a write for every use would cost more than the use


class SessionEnded(Exception):
    """The session is over, or the token that names it isn't valid."""


class KeyRefused(Exception):
    """The API key was revoked, has expired, or never was one."""


class ScopeMissing(Exception):
    """The API key isn't good for this; scope is what it would need, None where no key is good for it."""

    def __init__(self, scope: "Scope | None") -> None:
        super().__init__(scope)
        self.scope = scope


class ProjectNotFound(Exception):
    """The caller is no member of such a project."""


class RoleMissing(Exception):
    """The caller is a member of the project, and this takes another role."""

    def __init__(self, role: Role) -> None:
        super().__init__(role)
        self.role = role


class Scope(StrEnum):
    """What an API key may be good for."""

    IMAGES_WRITE = "images:write"
    RESULTS_READ = "results:read"


class Caller(msgspec.Struct, frozen=True):
    """Who makes a request, and what they are in the project that it is about."""

    user: User
    membership: Membership | None

    @property
    def owner_id(self) -> str:
        """Whose images the request is about: the project's, or the user's own."""
        return self.membership.project.id if self.membership else self.user.id

    @property
    def project(self) -> Project:
        """The project that the request is about. Raises ProjectNotFound where it is about none."""
        return self._in_project().project

    @property
    def role(self) -> Role:
        """What the caller is in the project. Raises ProjectNotFound where the request is about none."""
        return self._in_project().member.role

    @property
    def user_id(self) -> str:
        """The user's id."""
        return self.user.id

    def _in_project(self) -> Membership:
        if self.membership is None:
            raise ProjectNotFound
        return self.membership


class SignedIn(Caller, msgspec.Struct, frozen=True):
    """Who makes a request by a session, and may do all that the user may."""

    session: Session


class Need(msgspec.Struct, frozen=True):
    """What a request takes: a scope of an API key, None where no key is good for it; a role in a project."""

    scope: Scope | None = None
    project_id: str | None = None
    role: Role = Role.VIEWER


class Access(msgspec.Struct, frozen=True):
    """Tells callers by what they present."""

    identities: Identities
    keys: ApiKeys
    tokens: Tokens
    clock: Clock

    def caller(self, credential: str, need: Need) -> Caller:
        """Return whose session an access token proves, or whose key this is, if they may do what they ask for.

        Raises SessionEnded, KeyRefused, ScopeMissing, ProjectNotFound, RoleMissing.
        """
        project_id = need.project_id if need.project_id is not None and is_id(need.project_id) else None
        by_key = is_key(credential)
        caller = self._by_key(credential, need.scope, project_id) if by_key else self.signed_in(credential, project_id)
        if need.project_id is not None and not caller.role.includes(need.role):
            raise RoleMissing(need.role)
        return caller

    def signed_in(self, access_token: str, project_id: str | None = None) -> SignedIn:
        """Return whose session an access token proves. Raises SessionEnded."""
        now = self.clock()
        try:
            token = self.tokens.read_access(access_token, now)
        except TokenInvalid as error:
            raise SessionEnded from error
        return self.session(token.session_id, token.user_id, now, project_id)

    def session(self, session_id: str, user_id: str, now: datetime, project_id: str | None = None) -> SignedIn:
        """Return who is signed in by a session that goes on. Raises SessionEnded."""
        found = self.identities.of_session(session_id, user_id, project_id)
        if found is None:
            raise SessionEnded
        session, user, membership = found
        if session.is_over(now) or session.generation != user.generation or user.disabled:
            raise SessionEnded
        return SignedIn(user, membership, session)

    def _by_key(self, presented: str, scope: Scope | None, project_id: str | None) -> Caller:
        now = self.clock()
        try:
            named = read_key(presented)
        except KeyMalformed as error:
            raise KeyRefused from error
        found = self.identities.of_key(named.user_id, named.key_id, project_id)
        if found is None:
            raise KeyRefused
        key, user, membership = found
        if not compare_digest(key.digest, named.digest) or user.disabled or _has_expired(key, now):
            raise KeyRefused
        if scope not in key.scopes:
            raise ScopeMissing(scope)
        if key.last_used_at is None or now - key.last_used_at >= USE_NOTED_EVERY:
            self.keys.note_use(key, now)
        return Caller(user, membership)


def _has_expired(key: ApiKey, now: datetime) -> bool:
    return key.expires_at is not None and now >= key.expires_at
