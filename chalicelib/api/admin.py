"""/admin/users: who has an account, for administrators."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.answers import ImageList, UserList, UserRecord
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import PageRequest, UserChange, UserSearchRequest
from chalicelib.services.access import Access, Caller
from chalicelib.services.administration import Administration, UserSearch
from chalicelib.services.fields import FieldUnacceptable

NOT_FOUND: Final = (HTTPStatus.NOT_FOUND,)


def routes(administration: Callable[[], Administration], access: Callable[[], Access]) -> Blueprint:
    """Return the routes of users' administration."""
    admin = Routes(__name__, access, admin_only=True)

    @admin.add("GET", "/admin/users", query=UserSearchRequest, answer=Answer(UserList))
    def list_users(_: Caller, query: UserSearchRequest) -> Response:
        search = UserSearch(query.limit, query.before_id, query.search, query.role, query.disabled)
        return json_answer(UserList.of(administration().search(search)))

    @admin.add("GET", "/admin/users/{user_id}", answer=Answer(UserRecord, problems=NOT_FOUND))
    def get_user(_: Caller, user_id: str) -> Response:
        return json_answer(UserRecord.of(administration().get(user_id)))

    @admin.add(
        "PATCH",
        "/admin/users/{user_id}",
        body=UserChange,
        answer=Answer(None, problems=(*NOT_FOUND, HTTPStatus.CONFLICT)),
    )
    def change_user(caller: Caller, body: UserChange, user_id: str) -> Response:
        if body.role is not None and body.disabled is not None:
            raise FieldUnacceptable("disabled", "can't be changed together with the role")
        user = administration().get(user_id)
        if body.role is not None:
            administration().change_role(caller.user_id, user, body.role)
        elif body.disabled is not None:
            administration().set_disabled(caller, user, disabled=body.disabled)
        return empty_answer()

    @admin.add("POST", "/admin/users/{user_id}/sessions/end", answer=Answer(None, problems=NOT_FOUND))
    def end_sessions(caller: Caller, user_id: str) -> Response:
        administration().end_sessions(caller, user_id)
        return empty_answer()

    @admin.add("GET", "/admin/users/{user_id}/images", query=PageRequest, answer=Answer(ImageList))
    def list_images_of_user(_: Caller, query: PageRequest, user_id: str) -> Response:
        return json_answer(ImageList.of(administration().images_of(user_id, query.limit, query.before_id)))

    return admin.blueprint
