"""/admin/users/{id}: what administrators do to an account when its owner can't, or must not any more."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, empty_answer
from chalicelib.model.principals import Principal
from chalicelib.services.accounts.authorization import AuthorizationService
from chalicelib.services.accounts.deletion import DeletionService
from chalicelib.services.accounts.second_factor import SecondFactorService
from chalicelib.services.administration import AdministrationService

PROBLEMS: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


def routes(
    administration: Callable[[], AdministrationService],
    deletion: Callable[[], DeletionService],
    second_factor: Callable[[], SecondFactorService],
    authorization: Callable[[], AuthorizationService],
) -> Blueprint:
    """Return the routes of accounts that are deleted, and of lost second factors."""
    admin = Routes(__name__, authorization, admin_only=True)

    @admin.add("DELETE", "/admin/users/{user_id}", answer=Answer(None, problems=PROBLEMS))
    def delete_user(principal: Principal, user_id: str) -> Response:
        deletion().request(principal, administration().get(user_id))
        return empty_answer()

    @admin.add("DELETE", "/admin/users/{user_id}/mfa", answer=Answer(None, problems=PROBLEMS))
    def remove_second_factor(principal: Principal, user_id: str) -> Response:
        second_factor().reset(principal.user_id, administration().get(user_id))
        return empty_answer()

    return admin.blueprint
