"""/auth: registering, signing in, going on, signing out."""

from collections.abc import Callable
from http import HTTPStatus

from chalice.app import Blueprint, Response

from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import Credentials, Registration, Renewal, tokens_json
from chalicelib.security.tokens import AccessToken
from chalicelib.services.accounts import Accounts
from chalicelib.services.sessions import Authentication

REGISTERED = "If the address had no account, it has one now: sign in. Either way its owner is told by mail."


def routes(accounts: Callable[[], Accounts], authentication: Callable[[], Authentication]) -> Blueprint:
    """Return the routes of accounts' sessions."""
    auth = Routes(__name__, authentication)

    @auth.add("POST", "/auth/register", public=True, body=Registration)
    def register(body: Registration) -> Response:
        accounts().register(body.email, body.password, body.display_name)
        return json_answer({"detail": REGISTERED}, HTTPStatus.ACCEPTED)

    @auth.add("POST", "/auth/login", public=True, body=Credentials)
    def sign_in(body: Credentials) -> Response:
        return json_answer(tokens_json(authentication().sign_in(body.email, body.password)))

    @auth.add("POST", "/auth/refresh", public=True, body=Renewal)
    def refresh(body: Renewal) -> Response:
        return json_answer(tokens_json(authentication().rotate(body.refresh_token)))

    @auth.add("POST", "/auth/logout")
    def sign_out(caller: AccessToken) -> Response:
        authentication().sign_out(caller)
        return empty_answer()

    return auth.blueprint
