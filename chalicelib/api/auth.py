"""/auth: registering, signing in, going on, signing out."""

from collections.abc import Callable
from http import HTTPStatus

from chalice.app import Blueprint, Response

from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import Credentials, Registration, Renewal, session_json, tokens_json
from chalicelib.services.accounts import Accounts
from chalicelib.services.sessions import Authentication, Caller

REGISTERED = "If the address had no account, it has one now: sign in. Either way its owner is told by mail."


def routes(accounts: Callable[[], Accounts], authentication: Callable[[], Authentication]) -> Blueprint:
    """Return the routes of accounts' sessions."""
    auth = Routes(__name__, authentication)

    @auth.add("POST", "/auth/register", public=True, body=Registration)
    def register(body: Registration) -> Response:
        accounts().register(body.email, body.password, body.display_name, auth.origin.address)
        return json_answer({"detail": REGISTERED}, HTTPStatus.ACCEPTED)

    @auth.add("POST", "/auth/login", public=True, body=Credentials)
    def sign_in(body: Credentials) -> Response:
        return json_answer(tokens_json(authentication().sign_in(body.email, body.password, auth.origin)))

    @auth.add("POST", "/auth/refresh", public=True, body=Renewal)
    def refresh(body: Renewal) -> Response:
        return json_answer(tokens_json(authentication().rotate(body.refresh_token)))

    @auth.add("POST", "/auth/logout")
    def sign_out(caller: Caller) -> Response:
        authentication().sign_out(caller)
        return empty_answer()

    @auth.add("POST", "/auth/logout/everywhere")
    def sign_out_everywhere(caller: Caller) -> Response:
        authentication().sign_out_everywhere(caller)
        return empty_answer()

    @auth.add("GET", "/auth/sessions")
    def list_sessions(caller: Caller) -> Response:
        sessions = [session_json(session, caller.session.id) for session in authentication().list(caller)]
        return json_answer({"items": sessions, "next": None})

    @auth.add("DELETE", "/auth/sessions/{session_id}")
    def end_session(caller: Caller, session_id: str) -> Response:
        authentication().revoke(caller, session_id)
        return empty_answer()

    return auth.blueprint
