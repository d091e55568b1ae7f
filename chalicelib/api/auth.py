"""/auth: registering, signing in, going on, signing out."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.answers import Done, SessionList, Tokens
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import Credentials, Registration, Renewal
from chalicelib.model.principals import SessionPrincipal
from chalicelib.services.accounts.accounts import AccountsService
from chalicelib.services.accounts.authentication import AuthenticationService
from chalicelib.services.accounts.authorization import AuthorizationService

ACCEPTED: Final = HTTPStatus.ACCEPTED
UNAUTHORIZED: Final = (HTTPStatus.UNAUTHORIZED,)
REGISTERED: Final = "If the address had no account, it has one now: sign in. Either way its owner is told by mail."


def routes(
    accounts: Callable[[], AccountsService],
    authentication: Callable[[], AuthenticationService],
    authorization: Callable[[], AuthorizationService],
) -> Blueprint:
    """Return the routes of accounts' sessions."""
    auth = Routes(__name__, authorization)

    @auth.add(
        "POST", "/auth/register", public=True, body=Registration, answer=Answer(Done, status=ACCEPTED, limited=True)
    )
    def register(body: Registration) -> Response:
        accounts().register(body.email, body.password, body.display_name, auth.client.ip_address)
        return json_answer(Done(REGISTERED), ACCEPTED)

    @auth.add(
        "POST", "/auth/login", public=True, body=Credentials, answer=Answer(Tokens, problems=UNAUTHORIZED, limited=True)
    )
    def sign_in(body: Credentials) -> Response:
        return json_answer(Tokens.of(authentication().sign_in(body.email, body.password, auth.client, body.code)))

    @auth.add("POST", "/auth/refresh", public=True, body=Renewal, answer=Answer(Tokens, problems=UNAUTHORIZED))
    def refresh(body: Renewal) -> Response:
        return json_answer(Tokens.of(authentication().rotate(body.refresh_token)))

    @auth.add("POST", "/auth/logout")
    def sign_out(principal: SessionPrincipal) -> Response:
        authentication().sign_out(principal)
        return empty_answer()

    @auth.add("POST", "/auth/logout/everywhere")
    def sign_out_everywhere(principal: SessionPrincipal) -> Response:
        authentication().sign_out_everywhere(principal)
        return empty_answer()

    @auth.add("GET", "/auth/sessions", answer=Answer(SessionList))
    def list_sessions(principal: SessionPrincipal) -> Response:
        return json_answer(SessionList.of(authentication().list(principal), principal.session.id))

    @auth.add("DELETE", "/auth/sessions/{session_id}", answer=Answer(None, problems=(HTTPStatus.NOT_FOUND,)))
    def end_session(principal: SessionPrincipal, session_id: str) -> Response:
        authentication().revoke(principal, session_id)
        return empty_answer()

    return auth.blueprint
