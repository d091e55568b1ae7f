"""What a route takes and answers, as the views declare it and the description of the API says it."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import msgspec

from chalicelib.model.api_keys import Scope


class Answer(msgspec.Struct, frozen=True):
    """What a route answers: a type, None where it answers nothing.

    formats are its other media types. problems are the statuses of the route's own errors: those that follow from what
    it takes, and from who may call it, are known without. limited says that it may be tried too often, conditional
    that it answers 304 to who has the answer already.
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
        """The status of an answer that is no error."""
        return HTTPStatus.NO_CONTENT if self.type_ is None else self.status


class Operation(msgspec.Struct, frozen=True):
    """A route: who may call it, what it takes and answers. scope is what an API key must be good for, None for none.

    idempotent says that it accepts an Idempotency-Key.
    """

    public: bool
    admin_only: bool
    in_project: bool
    idempotent: bool
    scope: Scope | None
    body: type[msgspec.Struct] | None
    query: type[msgspec.Struct] | None
    answer: Answer

    def all_problems(self) -> list[HTTPStatus]:
        """Return the statuses of all errors that it may answer, in order."""
        statuses = set(self.answer.problems)
        if not self.public:
            statuses |= {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
        if self.in_project:
            statuses.add(HTTPStatus.NOT_FOUND)
        if self.idempotent:
            statuses.add(HTTPStatus.CONFLICT)
        if self.answer.limited:
            statuses.add(HTTPStatus.TOO_MANY_REQUESTS)
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
