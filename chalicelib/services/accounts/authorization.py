"""Authorization: the principal of a credential, and the requirements of a request."""

from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Final

import msgspec

from chalicelib.model.api_keys import ApiKey, ApiKeyRefused, Scope, ScopeMissing
from chalicelib.model.audit import AuditAction
from chalicelib.model.clock import Clock
from chalicelib.model.ids import is_id
from chalicelib.model.principals import Principal, Requirement, SessionPrincipal
from chalicelib.model.projects import RoleMissing
from chalicelib.model.sessions import ReauthenticationRequired, SessionEnded
from chalicelib.model.users import EmailUnconfirmed, User
from chalicelib.security.api_keys import ApiKeyMalformed, is_api_key, read_api_key
from chalicelib.security.tokens import TokenInvalid, Tokens
from chalicelib.services.audit import AuditRecorder
from chalicelib.storage.tables.api_keys import ApiKeysTable
from chalicelib.storage.tables.identities import IdentitiesTable

USE_RECORDED_EVERY: Final = timedelta(minutes=10)  # a write per request would cost more than the request


class AuthorizationService(msgspec.Struct, frozen=True):
    """Authenticates access tokens and API keys, and checks the requirements of requests.

    Refused API keys, and refused requests of authenticated users, are recorded in the audit log of the user. Every
    method also raises KeysUnprocessed if DynamoDB does not return the items that it needs.
    """

    identities: IdentitiesTable
    keys: ApiKeysTable
    tokens: Tokens
    audit: AuditRecorder
    clock: Clock

    def authorize(self, credential: str, requirement: Requirement) -> Principal:
        """Return the principal of an access token or API key that meets the requirement.

        The use of an API key is recorded, at most every ten minutes. Raises SessionEnded if an access token is not
        valid, ApiKeyRefused if an API key is not valid, ScopeMissing if the key lacks the scope, EmailUnconfirmed if
        the user's email address is not confirmed, ReauthenticationRequired if a recent authentication is required,
        ProjectNotFound if the user is not a member of the project, and RoleMissing if their role is too low.
        """
        project_id = (
            requirement.project_id if requirement.project_id is not None and is_id(requirement.project_id) else None
        )
        by_key = is_api_key(credential)
        principal = (
            self._from_api_key(credential, requirement.scope, project_id)
            if by_key
            else self.from_access_token(credential, project_id)
        )
        if not (principal.user.is_confirmed or requirement.unconfirmed):
            self.record_refusal(principal.user_id, "email_unconfirmed", project_id)
            raise EmailUnconfirmed
        if requirement.recent and not (
            isinstance(principal, SessionPrincipal) and principal.session.is_recent(self.clock())
        ):
            self.record_refusal(principal.user_id, "reauthentication_required", project_id)
            raise ReauthenticationRequired
        if requirement.project_id is not None and not principal.role.includes(requirement.role):
            self.record_refusal(principal.user_id, "role_required", project_id)
            raise RoleMissing(requirement.role)
        return principal

    def record_refusal(self, user_id: str, reason: str, project_id: str | None = None) -> None:
        """Record that a request of an authenticated user was refused; reason is the code of the problem."""
        self.audit.record_refusal(AuditAction.ACCESS_REFUSED, actor_id=user_id, subject_id=project_id, detail=reason)

    def from_access_token(self, access_token: str, project_id: str | None = None) -> SessionPrincipal:
        """Return the principal of an access token, with the user's membership of a project if project_id is not None.

        Raises SessionEnded if the token is not valid or its session has ended.
        """
        now = self.clock()
        try:
            token = self.tokens.read_access(access_token, now)
        except TokenInvalid as error:
            raise SessionEnded from error
        return self.from_session(token.session_id, token.user_id, now, project_id)

    def from_session(
        self, session_id: str, user_id: str, now: datetime, project_id: str | None = None
    ) -> SessionPrincipal:
        """Return the principal of an active session, with the user's membership of a project if project_id is not None.

        Raises SessionEnded if the session does not exist, belongs to another user, has expired, is of an earlier
        generation, or if its user is disabled.
        """
        identity = self.identities.of_session(session_id, user_id, project_id)
        if identity is None:
            raise SessionEnded
        session, user, membership = identity
        if session.is_expired(now) or session.generation != user.generation or user.disabled:
            raise SessionEnded
        return SessionPrincipal(user, membership, session)

    def _from_api_key(self, presented: str, scope: Scope | None, project_id: str | None) -> Principal:
        now = self.clock()
        try:
            ids = read_api_key(presented)
        except ApiKeyMalformed as error:
            self.audit.record_refusal(AuditAction.API_KEY_REFUSED, actor_id=None)
            raise ApiKeyRefused from error
        identity = self.identities.of_api_key(ids.user_id, ids.key_id, project_id)
        if identity is None:
            self.audit.record_refusal(AuditAction.API_KEY_REFUSED, actor_id=None)
            raise ApiKeyRefused
        key, user, membership = identity
        if not compare_digest(key.digest, ids.digest) or user.disabled or _has_ended(key, user, now):
            self.audit.record_refusal(AuditAction.API_KEY_REFUSED, actor_id=None, user_id=user.id, subject_id=key.id)
            raise ApiKeyRefused
        if scope not in key.scopes:
            self.record_refusal(user.id, "insufficient_scope", project_id)
            raise ScopeMissing(scope)
        if key.last_used_at is None or now - key.last_used_at >= USE_RECORDED_EVERY:
            self.keys.record_use(key, now)
        return Principal(user, membership)


def _has_ended(key: ApiKey, user: User, now: datetime) -> bool:
    return key.generation != user.key_generation or (key.expires_at is not None and now >= key.expires_at)
