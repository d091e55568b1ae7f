"""Routes whose views take checked values and answer values: what is around every view stands here once.

A view is called with the caller (where the route is for signed-in users), then the body or query (where it declares a
type), then the parameters of its path by name. What it raises is answered with the problem that belongs to it, because
Chalice's middleware never sees the exceptions of views.
"""

import hashlib
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final, cast

import msgspec
from chalice.app import Blueprint, Request, Response

from chalicelib import logs
from chalicelib.api import problems as problem_details
from chalicelib.api.operation import Answer, Operation
from chalicelib.api.problems import ADMIN_REQUIRED, AUTHENTICATION_REQUIRED, KEY_MALFORMED, Refused
from chalicelib.api.validation import read_body, read_query
from chalicelib.model.api_keys import Scope
from chalicelib.model.idempotency import StoredResponse
from chalicelib.model.principals import Principal, Requirement
from chalicelib.model.projects import ProjectRole
from chalicelib.model.sessions import ClientInfo
from chalicelib.model.users import AccountRole
from chalicelib.services.accounts.authorization import AuthorizationService
from chalicelib.services.idempotency import IdempotencyStore

View = Callable[..., Response]
NOTHING: Final = Answer()
IDEMPOTENCY_KEY: Final = re.compile(r"[\x21-\x7e]{1,255}")
PROJECT: Final = "/projects/{project_id}"


def request_id(request: Request) -> str:
    """Return the id that API Gateway gave the request."""
    return str(request.context["requestId"])


def path_of(request: Request) -> str:
    """Return the path as it was asked for."""
    return str(request.context["path"])


def json_answer(value: Any, status: int = 200, content_type: str = "application/json") -> Response:
    """Return a value as JSON."""
    return Response(msgspec.json.encode(value).decode(), {"Content-Type": content_type}, status)


def empty_answer() -> Response:
    """Return 204: done, and nothing to tell."""
    return Response("", {}, 204)


class Routes:
    """The routes of one resource."""

    def __init__(
        self,
        name: str,
        authorization: Callable[[], AuthorizationService],
        *,
        admin_only: bool = False,
        in_project: bool = False,
        idempotency: Callable[[], IdempotencyStore] | None = None,
    ) -> None:
        self.blueprint = Blueprint(f"{name}.project" if in_project else name)
        self._authorization = authorization
        self._admin_only = admin_only
        self._in_project = in_project
        self._idempotency = idempotency

    @property
    def request(self) -> Request:
        """The request that is being answered."""
        return self.blueprint.current_request

    def add(
        self,
        method: str,
        path: str,
        *,
        public: bool = False,
        scope: Scope | None = None,
        role: ProjectRole = ProjectRole.VIEWER,
        body: type[msgspec.Struct] | None = None,
        query: type[msgspec.Struct] | None = None,
        answer: Answer = NOTHING,
    ) -> Callable[[View], View]:
        """Register a view.

        An API key is good for it only if it has the scope that is named. role is what it takes of a member, where the
        routes are those of a project; the view finds the project with its caller. Where the routes have an idempotency
        store, a request that creates something accepts an idempotency key.
        """
        idempotent = self._idempotency is not None and answer.status is HTTPStatus.CREATED
        operation = Operation(public, self._admin_only, self._in_project, idempotent, scope, body, query, answer)

        def register(view: View) -> View:
            def guarded(**parameters: str) -> Response:
                request = self.request
                requirement = Requirement(scope, parameters.pop("project_id", None), role)
                try:
                    arguments: list[Any] = [] if public else [self._authenticate(request, requirement)]
                    if body is not None:
                        arguments.append(read_body(cast("bytes", request.raw_body), body))
                    if query is not None:
                        arguments.append(read_query(_query(request), query))
                    return self._answered(request, arguments, lambda: view(*arguments, **parameters), idempotent)
                except Exception as error:
                    problem = problem_details.of(error)
                    if problem is None:
                        raise
                    return problem.response(path_of(request), request_id(request))

            guarded.operation = operation  # type: ignore[attr-defined]
            prefix, name = (PROJECT, f"project_{view.__name__}") if self._in_project else ("", view.__name__)
            self.blueprint.route(prefix + path, methods=[method], name=name)(guarded)
            return view

        return register

    def _answered(
        self, request: Request, arguments: list[Any], answer: Callable[[], Response], idempotent: bool
    ) -> Response:
        """Answer a request, or repeat the answer that one under the same key had."""
        key = request.headers.get("idempotency-key")
        if not idempotent or key is None or self._idempotency is None:
            return answer()
        if IDEMPOTENCY_KEY.fullmatch(key) is None:
            raise Refused(KEY_MALFORMED)
        asked = f"{request.method} {path_of(request)}\n".encode() + cast("bytes", request.raw_body)
        principal: Principal = arguments[0]

        def give() -> StoredResponse:
            given = answer()
            return StoredResponse(given.status_code, str(given.headers["Content-Type"]), str(given.body))

        given = self._idempotency().run_once(principal.user_id, key, hashlib.sha256(asked).hexdigest(), give)
        return Response(given.body, {"Content-Type": given.content_type}, given.status)

    @property
    def client(self) -> ClientInfo:
        """The client of the request, as API Gateway sees it."""
        ip_address = str(self.request.context["identity"]["sourceIp"])
        return ClientInfo(ip_address, str(self.request.headers.get("user-agent", "")))

    def _authenticate(self, request: Request, requirement: Requirement) -> Principal:
        scheme, _, token = str(request.headers.get("authorization", "")).partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Refused(AUTHENTICATION_REQUIRED)
        principal = self._authorization().authorize(token.strip(), requirement)
        logs.add_context(user_id=principal.user_id)
        if self._admin_only and principal.user.role is not AccountRole.ADMIN:
            raise Refused(ADMIN_REQUIRED)
        return principal


def _query(request: Request) -> dict[str, list[str]]:
    parameters = request.query_params
    return {} if parameters is None else {name: parameters.getlist(name) for name in parameters}
