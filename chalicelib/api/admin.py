"""/admin/users: who has an account, for administrators."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.answers import ImageList, UserList, UserRecord
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import PageRequest, UserChange, UserSearchRequest
from chalicelib.model.errors import InvalidField
from chalicelib.model.principals import Principal
from chalicelib.model.users import AccountRole
from chalicelib.services.accounts.authorization import AuthorizationService
from chalicelib.services.administration import AdministrationService, UserSearch

NOT_FOUND: Final = (HTTPStatus.NOT_FOUND,)


def routes(
    administration: Callable[[], AdministrationService], authorization: Callable[[], AuthorizationService]
) -> Blueprint:
    """Return the routes of users' administration."""
    admin = Routes(__name__, authorization, admin_only=True)

    @admin.add("GET", "/admin/users", query=UserSearchRequest, answer=Answer(UserList))
    def list_users(_: Principal, query: UserSearchRequest) -> Response:
        role = None if query.role is None else AccountRole(query.role)
        search = UserSearch(query.limit, query.before_id, query.search, role, query.disabled)
        return json_answer(UserList.of(administration().search(search)))

    @admin.add("GET", "/admin/users/{user_id}", answer=Answer(UserRecord, problems=NOT_FOUND))
    def get_user(_: Principal, user_id: str) -> Response:
        return json_answer(UserRecord.of(administration().get(user_id)))

    @admin.add(
        "PATCH",
        "/admin/users/{user_id}",
        body=UserChange,
        answer=Answer(None, problems=(*NOT_FOUND, HTTPStatus.CONFLICT)),
    )
    def change_user(principal: Principal, body: UserChange, user_id: str) -> Response:
        if body.role is not None and body.disabled is not None:
            raise InvalidField("disabled", "can't be changed together with the role")
        user = administration().get(user_id)
        if body.role is not None:
            administration().change_role(principal.user_id, user, AccountRole(body.role))
        elif body.disabled is not None:
            administration().set_disabled(principal, user, disabled=body.disabled)
        return empty_answer()

    @admin.add("POST", "/admin/users/{user_id}/sessions/end", answer=Answer(None, problems=NOT_FOUND))
    def end_sessions(principal: Principal, user_id: str) -> Response:
        administration().end_sessions(principal, user_id)
        return empty_answer()

    @admin.add("GET", "/admin/users/{user_id}/images", query=PageRequest, answer=Answer(ImageList))
    def list_images_of_user(_: Principal, query: PageRequest, user_id: str) -> Response:
        return json_answer(ImageList.of(administration().images_of(user_id, query.limit, query.before_id)))

    return admin.blueprint
