"""/admin/users/{id}: what administrators do to an account when its owner can't, or must not any more."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, empty_answer
from chalicelib.services.access import Access, Caller
from chalicelib.services.administration import Administration
from chalicelib.services.closure import Closure
from chalicelib.services.second_factor import SecondFactor

PROBLEMS: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


def routes(
    administration: Callable[[], Administration],
    closure: Callable[[], Closure],
    second_factor: Callable[[], SecondFactor],
    access: Callable[[], Access],
) -> Blueprint:
    """Return the routes of accounts that are deleted, and of lost second factors."""
    admin = Routes(__name__, access, admin_only=True)

    @admin.add("DELETE", "/admin/users/{user_id}", answer=Answer(None, problems=PROBLEMS))
    def delete_user(caller: Caller, user_id: str) -> Response:
        closure().close(caller, administration().get(user_id))
        return empty_answer()

    @admin.add("DELETE", "/admin/users/{user_id}/mfa", answer=Answer(None, problems=PROBLEMS))
    def remove_second_factor(caller: Caller, user_id: str) -> Response:
        second_factor().take_away(caller.user_id, administration().get(user_id))
        return empty_answer()

    return admin.blueprint
