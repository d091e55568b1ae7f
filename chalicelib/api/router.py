"""The router of a resource: it authorizes and validates requests, and turns results and errors into responses.

A view receives the principal (unless the route is public), then the body and the query (where the route declares
their types), then the parameters of the path by name. Errors become problem details here, because Chalice's
middleware never sees the exceptions of views.
"""

import hashlib
import logging
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final, NoReturn, cast

import msgspec
from chalice.app import Blueprint, Request, Response

from chalicelib import logs
from chalicelib.api.operation import Operation, Responses
from chalicelib.api.problems import (
    ADMIN_FACTOR_REQUIRED,
    ADMIN_REQUIRED,
    AUTHENTICATION_REQUIRED,
    IDEMPOTENCY_KEY_MALFORMED,
    UNAVAILABLE,
    ApiError,
    Problem,
    to_problem,
)
from chalicelib.api.services import Services
from chalicelib.api.validation import read_body, read_query
from chalicelib.model.api_keys import Scope
from chalicelib.model.idempotency import CreatedGone
from chalicelib.model.ids import new_id
from chalicelib.model.principals import Principal, Requirement
from chalicelib.model.projects import ProjectRole
from chalicelib.model.sessions import ClientInfo
from chalicelib.model.users import AccountRole
from chalicelib.services.idempotency import Created, Creation

type View = Callable[..., Response | msgspec.Struct | None]

log = logging.getLogger(__name__)

NO_CONTENT: Final = Responses()
IDEMPOTENCY_KEY: Final = re.compile(r"[\x21-\x7e]{1,255}")
PROJECT_PREFIX: Final = "/projects/{project_id}"


def request_id(request: Request) -> str:
    """Return the id that API Gateway gave the request."""
    return str(request.context["requestId"])


def path_of(request: Request) -> str:
    """Return the path of the request as the client sent it, without the query."""
    return str(request.context["path"])


def client_of(request: Request) -> ClientInfo:
    """Return the IP address from which API Gateway received a request, and its User-Agent, empty without one."""
    ip_address = str(request.context["identity"]["sourceIp"])
    return ClientInfo(ip_address, str(request.headers.get("user-agent", "")))


def json_response(value: Any, status: int = HTTPStatus.OK, content_type: str = "application/json") -> Response:
    """Return a response with a value encoded as JSON by msgspec."""
    return Response(msgspec.json.encode(value).decode(), {"Content-Type": content_type}, status)


class Find(msgspec.Struct, frozen=True):
    """The way in which a repeated request finds what the first one created.

    read is called with the principal, the id, and the parameters of the path, and returns the response; it raises
    `gone` if nothing has the id.
    """

    read: Callable[..., Created]
    gone: type[Exception]

    def created(self, principal: Principal, created_id: str, **parameters: str) -> Created:
        """Return the response for what was created, as it is now. Raises CreatedGone."""
        try:
            return self.read(principal, created_id, **parameters)
        except self.gone as error:
            raise CreatedGone from error


class Router:
    """The routes of one resource, as a Chalice blueprint.

    admin_only restricts them to administrators. per_project adds each route a second time below the path of a project.
    """

    def __init__(
        self,
        name: str,
        services: Services,
        *,
        admin_only: bool = False,
        per_project: bool = False,
    ) -> None:
        self.blueprint = Blueprint(name)
        self._services = services
        self._admin_only = admin_only
        self._per_project = per_project

    @property
    def request(self) -> Request:
        """The request that is being handled."""
        return self.blueprint.current_request

    @property
    def client(self) -> ClientInfo:
        """The client of the current request."""
        return client_of(self.request)

    def route(  # noqa: PLR0913 - by keyword, and most routes need few of them
        self,
        method: str,
        path: str,
        *,
        public: bool = False,
        unconfirmed: bool = False,
        recent: bool = False,
        scope: Scope | None = None,
        role: ProjectRole = ProjectRole.VIEWER,
        body: type[msgspec.Struct] | None = None,
        query: type[msgspec.Struct] | None = None,
        responses: Responses = NO_CONTENT,
        find: Find | None = None,
    ) -> Callable[[View], View]:
        """Return a decorator that registers a view, whose docstring is the summary of the route.

        The view is called with the principal, unless the route is public (needs no authentication), then with the
        request's body and query, validated as the types body and query if given, and with the parameters of the path by
        name, except project_id. A Struct that it returns is sent as JSON, with the status of responses; None as a
        response without a body (204), and a Response as it is. Errors for which there is a problem are sent as problem
        details.

        unconfirmed routes are also open to users whose email address is not confirmed; recent routes require that
        the user has entered the password less than ten minutes ago. scope is the scope that an API key needs; without
        one, no API key permits the request. role is the role that a member needs where the path is that of a project.
        responses also describes the route's responses in OpenAPI.

        A route with `find` creates something, and accepts an Idempotency-Key. Its view receives the id of what it
        creates after the principal, and a repeated request is answered by `find`.
        """
        paths = [path, PROJECT_PREFIX + path] if self._per_project else [path]

        def register(view: View) -> View:
            for each in paths:
                in_project = each.startswith(PROJECT_PREFIX)
                operation = Operation(
                    summary=(view.__doc__ or "").strip().removesuffix("."),
                    public=public,
                    admin_only=self._admin_only,
                    in_project=in_project,
                    idempotent=find is not None,
                    scope=scope,
                    body=body,
                    query=query,
                    responses=responses,
                    unconfirmed=unconfirmed,
                    recent=recent,
                )
                handler = self._handler(view, operation, role, find)
                name = f"project_{view.__name__}" if in_project else view.__name__
                self.blueprint.route(each, methods=[method], name=name)(handler)
            return view

        return register

    def _handler(
        self, view: View, operation: Operation, role: ProjectRole, find: Find | None
    ) -> Callable[..., Response]:
        def handle(**parameters: str) -> Response:
            request = self.request
            project_id = parameters.pop("project_id", None)
            requirement = Requirement(operation.scope, project_id, role, operation.unconfirmed, operation.recent)
            try:
                arguments: list[Any] = [] if operation.public else [self._authenticate(request, requirement)]
                if operation.body is not None:
                    arguments.append(read_body(_raw_body(request), operation.body))
                if operation.query is not None:
                    arguments.append(read_query(_query(request), operation.query))
                if find is None:
                    return _to_response(view(*arguments, **parameters), operation.responses)
                principal, *others = arguments
                created = self._create_once(
                    principal,
                    lambda id_: cast("Created", view(principal, id_, *others, **parameters)),
                    lambda id_: find.created(principal, id_, **parameters),
                )
                return json_response(created, operation.responses.status, operation.responses.media_type)
            except Exception as error:  # noqa: BLE001 - an unexpected one is raised again
                return self._problem_of(error).response(path_of(request), request_id(request))

        handle.operation = operation  # type: ignore[attr-defined]
        return handle

    def _authenticate(self, request: Request, requirement: Requirement) -> Principal:
        scheme, _, token = str(request.headers.get("authorization", "")).partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise ApiError(AUTHENTICATION_REQUIRED)
        principal = self._services.authorization.authorize(token.strip(), requirement)
        logs.add_context(user_id=principal.user_id)
        if self._admin_only and principal.user.role is not AccountRole.ADMIN:
            self._refuse(principal, ADMIN_REQUIRED)
        if self._admin_only and not principal.user.may_administer:
            self._refuse(principal, ADMIN_FACTOR_REQUIRED)
        return principal

    def _refuse(self, principal: Principal, problem: Problem) -> NoReturn:
        self._services.authorization.record_refusal(principal.user_id, problem.code)
        raise ApiError(problem)

    def _create_once(
        self, principal: Principal, create: Callable[[str], Created], find: Callable[[str], Created]
    ) -> Created:
        """Create something, or find what an earlier request with the same Idempotency-Key created."""
        request = self.request
        key = request.headers.get("idempotency-key")
        if key is None:
            return create(new_id())
        if IDEMPOTENCY_KEY.fullmatch(key) is None:
            raise ApiError(IDEMPOTENCY_KEY_MALFORMED)
        fingerprint = hashlib.sha256(f"{request.method} {path_of(request)}\n".encode() + _raw_body(request)).hexdigest()
        creation = Creation(create, find, refused=lambda error: to_problem(error) is not None)
        return self._services.idempotency.run_once(principal.user_id, key, fingerprint, creation)

    def _problem_of(self, error: Exception) -> Problem:
        """Return the problem of an error that a view raised. An unexpected error is raised again."""
        problem = to_problem(error)
        if problem is None and self._services.is_temporary(error):
            log.error("a service of AWS failed", exc_info=error)
            problem = UNAVAILABLE
        if problem is None:
            raise error
        return problem


def _to_response(result: Response | msgspec.Struct | None, responses: Responses) -> Response:
    if isinstance(result, Response):
        return result
    if result is None:
        return Response("", {}, HTTPStatus.NO_CONTENT)
    return json_response(result, responses.status, responses.media_type)


def _raw_body(request: Request) -> bytes:
    return cast("bytes", request.raw_body)


def _query(request: Request) -> dict[str, list[str]]:
    parameters = request.query_params
    return {} if parameters is None else {name: parameters.getlist(name) for name in parameters}
