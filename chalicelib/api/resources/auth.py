"""/auth: registration, signing in and out, and sessions."""

from http import HTTPStatus
from typing import Annotated, Final, Literal, Self

from chalice.app import Blueprint, Response
from msgspec import Meta, Struct, structs

from chalicelib.api.common_types import (
    VISIBLE_ASCII,
    ApiRequest,
    DisplayName,
    Email,
    EmailToken,
    Id,
    MessageResponse,
    OptionalCode,
    OptionalDeviceToken,
    Password,
    Timestamp,
    optional_timestamp,
    timestamp,
)
from chalicelib.api.operation import Responses
from chalicelib.api.paging import Limit, NextCursor, PageRequest, next_cursor
from chalicelib.api.router import Router
from chalicelib.api.services import Services
from chalicelib.model.principals import SessionPrincipal
from chalicelib.model.sessions import Session, SessionPage
from chalicelib.services.accounts.authentication import SignedIn, TokenPair

UNAUTHORIZED: Final = (HTTPStatus.UNAUTHORIZED,)
REGISTERED: Final = (
    "If this email address had no account, it has one now. In both cases we sent an email to the address; "
    "a new account is confirmed with the link in it."
)
INVITED: Final = (
    "If this email address had no account, it has one now, and you can sign in. "
    "In both cases we sent an email to the address."
)

OptionalInvitation = Annotated[
    Annotated[str, Meta(max_length=200, pattern=VISIBLE_ASCII)] | None,
    Meta(description="the token of the link in an invitation"),
]
RefreshToken = Annotated[str, Meta(max_length=4096, pattern=VISIBLE_ASCII, description="a refresh token")]


class RegistrationRequest(ApiRequest, frozen=True):
    """The email address, password, and optional display name of a new account.

    invitation is the token of an invitation that was sent to the address, which is thereby confirmed.
    """

    email: Email
    password: Password
    display_name: DisplayName = None
    invitation: OptionalInvitation = None


class SignInRequest(ApiRequest, frozen=True):
    """The credentials of an account. code is required if the account has a second factor.

    device_token is what an earlier sign-in to the account returned to this device, whose attempts are counted
    separately from those of others.
    """

    email: Email
    password: Password
    code: OptionalCode = None
    device_token: OptionalDeviceToken = None


class EmailVerificationRequest(ApiRequest, frozen=True):
    """The token of the emailed link, and the password of the account.

    code is required if the account has a second factor.
    """

    token: EmailToken
    password: Password
    code: OptionalCode = None


class ReauthenticationRequest(ApiRequest, frozen=True):
    """The password of the account. code is required if the account has a second factor."""

    password: Password
    code: OptionalCode = None


class RefreshRequest(ApiRequest, frozen=True):
    """A refresh token, which can be used once."""

    refresh_token: RefreshToken


class TokenPairResponse(Struct):
    """The tokens of a session, named as in OAuth 2.0 (RFC 6749, section 5.1).

    expires_in and refresh_expires_in are the seconds for which the access and the refresh token are valid.
    """

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    refresh_token: str
    refresh_expires_in: int

    @classmethod
    def from_pair(cls, pair: TokenPair) -> Self:
        """Build the response from a `TokenPair`."""
        return cls(pair.access, "Bearer", pair.access_seconds, pair.refresh, pair.refresh_seconds)


class SignedInResponse(TokenPairResponse):
    """The tokens of a new session, and a token to send with the next sign-in of this device. It signs nobody in."""

    device_token: str

    @classmethod
    def from_signed_in(cls, signed_in: SignedIn) -> Self:
        """Build the response from a `SignedIn`."""
        pair = TokenPairResponse.from_pair(signed_in)
        return cls(**structs.asdict(pair), device_token=signed_in.device_token)


class SessionResponse(Struct):
    """A session of the user. current marks the session of the request."""

    id: Id
    device: str
    created_at: Timestamp
    refreshed_at: Timestamp | None
    expires_at: Timestamp
    current: bool

    @classmethod
    def from_session(cls, session: Session, current_id: str) -> Self:
        """Build the response from a `Session` and the id of the request's own session."""
        return cls(
            id=session.id,
            device=session.device,
            created_at=timestamp(session.created_at),
            refreshed_at=optional_timestamp(session.refreshed_at),
            expires_at=timestamp(session.expires_at),
            current=session.id == current_id,
        )


class SessionListRequest(PageRequest, frozen=True):
    """The query of a page of sessions, by default of as many as possible."""

    limit: Limit = 100


class SessionListResponse(Struct):
    """A page of the active sessions of the user, newest first."""

    items: list[SessionResponse]
    next: NextCursor

    @classmethod
    def from_page(cls, page: SessionPage, current_id: str) -> Self:
        """Build the response from a `SessionPage` and the id of the request's own session."""
        sessions = [SessionResponse.from_session(session, current_id) for session in page.items]
        return cls(sessions, next_cursor(page.next_id))


def signed_out_response() -> Response:
    """Return a response without a body that has the browser delete what it stored and cached of this origin."""
    return Response("", {"Clear-Site-Data": '"cache", "storage"'}, HTTPStatus.NO_CONTENT)


def routes(services: Services) -> Blueprint:
    """Return a blueprint with the routes of registration and sessions."""
    router = Router(__name__, services)

    @router.route(
        "POST",
        "/auth/register",
        public=True,
        body=RegistrationRequest,
        responses=Responses(MessageResponse, status=HTTPStatus.ACCEPTED, limited=True),
    )
    def register(body: RegistrationRequest) -> MessageResponse:
        """Register an account."""
        services.accounts.register(
            body.email, body.password, body.display_name, router.client.ip_address, body.invitation
        )
        return MessageResponse(REGISTERED if body.invitation is None else INVITED)

    @router.route(
        "POST",
        "/auth/login",
        public=True,
        body=SignInRequest,
        responses=Responses(SignedInResponse, problems=UNAUTHORIZED, limited=True),
    )
    def sign_in(body: SignInRequest) -> SignedInResponse:
        """Sign in."""
        signed_in = services.authentication.sign_in(
            body.email, body.password, router.client, body.code, body.device_token
        )
        return SignedInResponse.from_signed_in(signed_in)

    @router.route(
        "POST",
        "/auth/email/verify",
        public=True,
        body=EmailVerificationRequest,
        responses=Responses(SignedInResponse, problems=UNAUTHORIZED, limited=True),
    )
    def verify_email(body: EmailVerificationRequest) -> SignedInResponse:
        """Confirm the email address of a new account with the token of an emailed link, and sign in."""
        signed_in = services.authentication.confirm_email(body.token, body.password, router.client, body.code)
        return SignedInResponse.from_signed_in(signed_in)

    @router.route(
        "POST",
        "/auth/refresh",
        public=True,
        body=RefreshRequest,
        responses=Responses(TokenPairResponse, problems=UNAUTHORIZED),
    )
    def refresh(body: RefreshRequest) -> TokenPairResponse:
        """Exchange a refresh token for new tokens."""
        return TokenPairResponse.from_pair(services.authentication.rotate(body.refresh_token))

    @router.route(
        "POST",
        "/auth/reauthenticate",
        body=ReauthenticationRequest,
        responses=Responses(problems=UNAUTHORIZED, limited=True),
    )
    def reauthenticate(principal: SessionPrincipal, body: ReauthenticationRequest) -> None:
        """Enter the password again, which permits sensitive changes for ten minutes."""
        services.authentication.reauthenticate(principal, body.password, body.code)

    @router.route("POST", "/auth/logout", unconfirmed=True)
    def sign_out(principal: SessionPrincipal) -> Response:
        """End the current session."""
        services.authentication.sign_out(principal)
        return signed_out_response()

    @router.route("POST", "/auth/logout/everywhere", unconfirmed=True, recent=True)
    def sign_out_everywhere(principal: SessionPrincipal) -> Response:
        """End all sessions of the user."""
        services.authentication.sign_out_everywhere(principal)
        return signed_out_response()

    @router.route("GET", "/auth/sessions", query=SessionListRequest, responses=Responses(SessionListResponse))
    def list_sessions(principal: SessionPrincipal, query: SessionListRequest) -> SessionListResponse:
        """List the active sessions of the user."""
        page = services.authentication.list(principal, query.limit, query.before_id)
        return SessionListResponse.from_page(page, principal.session.id)

    @router.route(
        "DELETE", "/auth/sessions/{session_id}", recent=True, responses=Responses(problems=(HTTPStatus.NOT_FOUND,))
    )
    def end_session(principal: SessionPrincipal, session_id: str) -> None:
        """End a session of the user."""
        services.authentication.revoke(principal, session_id)

    return router.blueprint
