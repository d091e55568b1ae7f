"""/users: who somebody is."""

from collections.abc import Callable

from chalice.app import Blueprint, Response

from chalicelib.api.answers import Account
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, json_answer
from chalicelib.services.access import Access, Caller


def routes(access: Callable[[], Access]) -> Blueprint:
    """Return the routes of users."""
    users = Routes(__name__, access)

    @users.add("GET", "/users/me", answer=Answer(Account))
    def me(caller: Caller) -> Response:
        return json_answer(Account.of(caller.user))

    return users.blueprint
