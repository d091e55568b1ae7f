"""/users: who somebody is."""

from collections.abc import Callable

from chalice.app import Blueprint, Response

from chalicelib.api.routing import Routes, json_answer
from chalicelib.api.schemas import user_json
from chalicelib.services.sessions import Authentication, Caller


def routes(authentication: Callable[[], Authentication]) -> Blueprint:
    """Return the routes of users."""
    users = Routes(__name__, authentication)

    @users.add("GET", "/users/me")
    def me(caller: Caller) -> Response:
        return json_answer(user_json(caller.user))

    return users.blueprint
