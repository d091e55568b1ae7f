"""The declaration of a route, which the router checks requests against and the OpenAPI document describes."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import msgspec

from chalicelib.model.api_keys import Scope


class Responses(msgspec.Struct, frozen=True):
    """The responses of a route.

    type_ is the type of the body, None for a response without one. formats are further media types of the body.
    problems lists only the statuses of the route's own errors: those that follow from its body, its query, and its
    authorization are added. limited means that a rate limit applies, conditional that If-None-Match may lead to 304.
    """

    type_: Any = None
    status: HTTPStatus = HTTPStatus.OK
    media_type: str = "application/json"
    formats: Sequence[str] = ()
    problems: Sequence[HTTPStatus] = ()
    limited: bool = False
    conditional: bool = False

    @property
    def success(self) -> HTTPStatus:
        """The status of a successful response: 204 without a body, otherwise `status`."""
        return HTTPStatus.NO_CONTENT if self.type_ is None else self.status


class Operation(msgspec.Struct, frozen=True):
    """The declaration of a route: its summary, its authorization, its request and response types.

    public routes need no credential, admin_only routes an administrator, and in_project routes a member of the project
    in the path. scope is the scope that an API key needs, None if no API key permits the request. idempotent means that
    the route accepts an Idempotency-Key. unconfirmed routes are also open to users whose email address is not
    confirmed. recent routes require that the user has entered the password less than ten minutes ago.
    """

    summary: str
    public: bool
    admin_only: bool
    in_project: bool
    idempotent: bool
    scope: Scope | None
    body: type[msgspec.Struct] | None
    query: type[msgspec.Struct] | None
    responses: Responses
    unconfirmed: bool = False
    recent: bool = False

    def problem_statuses(self) -> list[HTTPStatus]:
        """Return the statuses of all expected errors of the route, in ascending order.

        They are those that its responses list, and those that follow from its authorization, body, query, formats,
        rate limit, and idempotency. An internal error (500) is not among them.
        """
        statuses = set(self.responses.problems)
        if not self.public:
            statuses |= {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
        if self.in_project:
            statuses.add(HTTPStatus.NOT_FOUND)
        if self.idempotent:
            statuses.add(HTTPStatus.CONFLICT)
        if self.responses.limited:
            statuses.add(HTTPStatus.TOO_MANY_REQUESTS)
        if self.responses.formats:
            statuses.add(HTTPStatus.NOT_ACCEPTABLE)
        if self.body is not None:
            statuses |= {
                HTTPStatus.BAD_REQUEST,
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                HTTPStatus.UNPROCESSABLE_ENTITY,
            }
        if self.query is not None:
            statuses.add(HTTPStatus.UNPROCESSABLE_ENTITY)
        return sorted(statuses)
