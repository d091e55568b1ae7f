"""/users: who somebody is."""

from collections.abc import Callable

from chalice.app import Blueprint, Response

from chalicelib.api.routing import Routes, json_answer
from chalicelib.api.schemas import user_json
from chalicelib.security.tokens import AccessToken
from chalicelib.services.accounts import Accounts
from chalicelib.services.sessions import Authentication


def routes(accounts: Callable[[], Accounts], authentication: Callable[[], Authentication]) -> Blueprint:
    """Return the routes of users."""
    users = Routes(__name__, authentication)

    @users.add("GET", "/users/me")
    def me(caller: AccessToken) -> Response:
        return json_answer(user_json(accounts().get(caller.user_id)))

    return users.blueprint
