"""What is around every view: authorization, validation, idempotency, and the response to what it returns or raises."""

import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any

import msgspec
import pytest
from chalice.app import Chalice, Response
from msgspec import Meta

from chalicelib.api.common_types import ApiRequest, MessageResponse
from chalicelib.api.openapi import operations
from chalicelib.api.operation import Operation, Responses
from chalicelib.api.router import Find, Router
from chalicelib.model.api_keys import Scope
from chalicelib.model.errors import InvalidField
from chalicelib.model.ids import is_id
from chalicelib.model.principals import Requirement
from chalicelib.model.projects import ProjectRole
from tests.api.offline import FakeAuthorization, FakeIdempotency, client_of, offline_services
from tests.conftest import ApiResponse

BEARER = {"Authorization": "Bearer of-ann"}
CREATED = Responses(MessageResponse, status=HTTPStatus.CREATED)


class ThingResponse(msgspec.Struct):
    id: str
    word: str


THING = Responses(ThingResponse, status=HTTPStatus.CREATED)


def find(_: Any, thing_id: str) -> ThingResponse:
    if thing_id == "id of gone":
        raise LookupError
    return ThingResponse(thing_id, "found")


class Body(ApiRequest, frozen=True):
    word: Annotated[str, Meta(max_length=4, description="at most 4 characters")]


class Query(ApiRequest, frozen=True):
    limit: Annotated[int, Meta(ge=1, description="a positive whole number")] = 20


@pytest.fixture
def authorization() -> FakeAuthorization:
    return FakeAuthorization()


@pytest.fixture
def idempotency() -> FakeIdempotency:
    return FakeIdempotency()


@pytest.fixture
def services(authorization: FakeAuthorization, idempotency: FakeIdempotency) -> Any:
    return offline_services(authorization=authorization, idempotency=idempotency)


@pytest.fixture
def router(services: Any) -> Router:
    return Router("things", services)


def test_a_view_is_given_the_principal_the_body_the_query_and_the_path(services: Any, router: Router) -> None:
    @router.route("POST", "/things/{thing}/parts/{part}", body=Body, query=Query, responses=Responses(MessageResponse))
    def view(principal: Any, body: Body, query: Query, thing: str, part: str) -> MessageResponse:
        return MessageResponse(f"{principal.user_id} {body.word} {query.limit} {thing} {part}")

    client = client_of(services, [router.blueprint])
    answer = client("POST", "/things/a%2Fb/parts/2?limit=7", {"word": "hey"}, **BEARER)
    assert (answer.status, answer.json) == (200, {"detail": "ann hey 7 a/b 2"})


def test_a_public_view_is_given_no_principal_and_asks_for_none(
    services: Any, router: Router, authorization: FakeAuthorization
) -> None:
    @router.route("POST", "/things", public=True, body=Body, responses=Responses(MessageResponse))
    def view(body: Body) -> MessageResponse:
        return MessageResponse(body.word)

    client = client_of(services, [router.blueprint])
    assert client("POST", "/things", {"word": "hey"}).json == {"detail": "hey"}
    assert authorization.asked == []


def add_simple(router: Router, method: str = "GET", path: str = "/things", **declared: Any) -> None:
    @router.route(method, path, **declared)
    def view(*_: Any) -> None:
        """Do it."""


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic of-ann", "of-ann", "Bearerof-ann"])
def test_a_request_without_a_bearer_token_is_not_signed_in(services: Any, router: Router, header: str | None) -> None:
    add_simple(router)
    headers = {} if header is None else {"Authorization": header}
    client = client_of(services, [router.blueprint])
    answer = client("GET", "/things", **headers)
    assert (answer.status, answer.code) == (401, "authentication_required")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["Bearer of-ann", "bearer of-ann", "BEARER  of-ann "])
def test_the_name_of_the_scheme_has_no_case(
    services: Any, router: Router, authorization: FakeAuthorization, header: str
) -> None:
    add_simple(router)
    client = client_of(services, [router.blueprint])
    assert client("GET", "/things", Authorization=header).status == 204
    assert [credential for credential, _ in authorization.asked] == ["of-ann"]


def test_a_token_that_is_refused_is_a_problem(services: Any, router: Router) -> None:
    add_simple(router)
    client = client_of(services, [router.blueprint])
    assert client("GET", "/things", Authorization="Bearer x").code == "session_ended"


@pytest.mark.parametrize(
    ("path", "declared", "requirement"),
    [
        ("/things", {}, Requirement(None, None, ProjectRole.VIEWER)),
        ("/things", {"scope": Scope.RESULTS_READ}, Requirement(Scope.RESULTS_READ, None, ProjectRole.VIEWER)),
        ("/projects/p1", {"role": ProjectRole.OWNER}, Requirement(None, "p1", ProjectRole.OWNER)),
    ],
)
def test_a_request_is_authorized_for_what_its_route_requires(
    services: Any,
    router: Router,
    authorization: FakeAuthorization,
    path: str,
    declared: dict[str, Any],
    requirement: Requirement,
) -> None:
    add_simple(router, path=path.replace("p1", "{project_id}"), **declared)
    client = client_of(services, [router.blueprint])
    assert client("GET", path, **BEARER).status == 204
    assert authorization.asked == [("of-ann", requirement)]


def test_routes_of_administrators_are_for_them_alone(services: Any) -> None:
    router = Router("admin", services, admin_only=True)
    add_simple(router)
    client = client_of(services, [router.blueprint])
    refused = client("GET", "/things", **BEARER)
    assert (refused.status, refused.code) == (403, "admin_required")
    assert services.authorization.refused == [("ann", "admin_required")]
    assert client("GET", "/things", Authorization="Bearer of-root").status == 204


def test_who_is_not_signed_in_does_not_learn_what_is_wrong_with_the_body(services: Any, router: Router) -> None:
    add_simple(router, "POST", body=Body)
    client = client_of(services, [router.blueprint])
    assert client("POST", "/things", b"{").code == "authentication_required"


def test_what_is_wrong_with_the_body_or_the_query_is_a_problem(services: Any, router: Router) -> None:
    add_simple(router, "POST", body=Body, query=Query)
    client = client_of(services, [router.blueprint])
    assert client("POST", "/things", b"{", **BEARER).code == "malformed_json"
    assert client("POST", "/things", {}, **BEARER).pointers == {"#/word"}
    body = {"word": "hey"}
    assert client("POST", "/things?limit=0", body, **BEARER).pointers == {"#/limit"}
    assert client("POST", "/things?limit=1&limit=1", body, **BEARER).pointers == {"#/limit"}
    assert client("POST", "/things?limit=1", body, **BEARER).status == 204


def test_routes_per_project_exist_twice(services: Any, authorization: FakeAuthorization) -> None:
    router = Router("things", services, per_project=True)

    @router.route("GET", "/things/{thing}", responses=Responses(MessageResponse))
    def get_thing(_: Any, thing: str) -> MessageResponse:
        return MessageResponse(thing)

    client = client_of(services, [router.blueprint])
    for path in ("/things/7", "/projects/p1/things/7"):
        assert client("GET", path, **BEARER).json == {"detail": "7"}
    assert [requirement.project_id for _, requirement in authorization.asked] == [None, "p1"]


def test_nothing_is_204_and_a_struct_is_json_with_the_declared_status_and_media_type(
    services: Any, router: Router
) -> None:
    add_simple(router)

    @router.route(
        "GET", "/made", responses=Responses(MessageResponse, status=HTTPStatus.ACCEPTED, media_type="a/b+json")
    )
    def made(_: Any) -> MessageResponse:
        return MessageResponse("é")

    @router.route("GET", "/own", responses=Responses(MessageResponse))
    def own(_: Any) -> Response:
        return Response("text", {"Content-Type": "text/plain"}, 418)

    client = client_of(services, [router.blueprint])
    nothing = client("GET", "/things", **BEARER)
    assert (nothing.status, nothing.text) == (204, "")
    accepted = client("GET", "/made", **BEARER)
    assert (accepted.status, accepted.headers["content-type"], accepted.text) == (202, "a/b+json", '{"detail":"é"}')
    teapot = client("GET", "/own", **BEARER)
    assert (teapot.status, teapot.headers["content-type"], teapot.text) == (418, "text/plain", "text")


def test_the_error_of_a_use_case_is_a_problem_with_the_path_and_the_id_of_the_request(
    services: Any, router: Router
) -> None:
    @router.route("GET", "/things/{thing}")
    def view(_: Any, thing: str) -> None:
        raise InvalidField("thing", f"is not {thing}")

    client = client_of(services, [router.blueprint])
    answer = client("GET", "/things/7", **BEARER)
    assert (answer.status, answer.code, answer.json["instance"]) == (422, "invalid_fields", "/things/7")
    assert answer.json["request_id"] == answer.headers["x-request-id"]


def test_an_error_of_a_subclass_is_no_internal_error(services: Any, router: Router) -> None:
    class TooSmall(InvalidField):
        pass

    @router.route("GET", "/things")
    def view(_: Any) -> None:
        raise TooSmall("size", "is too small")

    client = client_of(services, [router.blueprint])
    assert client("GET", "/things", **BEARER).pointers == {"#/size"}


def test_an_unexpected_error_is_an_internal_error(services: Any, router: Router) -> None:
    @router.route("GET", "/things")
    def view(_: Any) -> None:
        raise ArithmeticError("the reason")

    client = client_of(services, [router.blueprint])
    answer = client("GET", "/things", **BEARER)
    assert (answer.status, answer.code) == (500, "internal_error")
    assert "the reason" not in answer.text


def test_a_fault_of_a_service_says_when_to_retry(
    services: Any, router: Router, caplog: pytest.LogCaptureFixture
) -> None:
    @router.route("GET", "/things", public=True, responses=Responses(MessageResponse))
    def view() -> MessageResponse:
        raise ConnectionError("the reason")

    answer = client_of(services, [router.blueprint])("GET", "/things")
    assert (answer.status, answer.code, answer.headers["retry-after"]) == (503, "unavailable", "5")
    assert "the reason" not in answer.text
    assert "the reason" in caplog.text


def test_the_client_of_a_request_is_its_address_and_user_agent(services: Any, router: Router) -> None:
    @router.route("GET", "/things", public=True, responses=Responses(MessageResponse))
    def view() -> MessageResponse:
        return MessageResponse(f"{router.client.ip_address} {router.client.device}.")

    client = client_of(services, [router.blueprint])
    assert client("GET", "/things", User_Agent="curl/8").json["detail"] == "127.0.0.1 curl/8."
    assert client("GET", "/things").json["detail"] == "127.0.0.1 ."


class TestIdempotency:
    @pytest.fixture
    def router(self, services: Any) -> Router:
        router = Router("things", services)

        def view(_: Any, thing_id: str, body: Body) -> ThingResponse:
            match body.word:
                case "bad":
                    raise InvalidField("word", "is bad")
                case "out":
                    raise ConnectionError
            return ThingResponse(thing_id, "created")

        for method, path in (("POST", "/things"), ("PUT", "/things"), ("POST", "/others")):
            router.route(method, path, body=Body, responses=THING, find=Find(find, gone=LookupError))(view)

        @router.route("POST", "/accepted", body=Body, responses=Responses(MessageResponse))
        def accept(_: Any, body: Body) -> MessageResponse:
            return MessageResponse(body.word)

        return router

    @pytest.fixture
    def post(self, services: Any, router: Router) -> Callable[..., ApiResponse]:
        client = client_of(services, [router.blueprint])

        def send_it(path: str, word: str = "hey", key: str = "k1", method: str = "POST", **headers: str) -> ApiResponse:
            return client(method, path, {"word": word}, Idempotency_Key=key, **BEARER | headers)

        return send_it

    def test_a_repeated_request_finds_what_the_first_created(self, post: Callable[..., ApiResponse]) -> None:
        first, second, third = post("/things"), post("/things"), post("/things", key="k2")
        assert (first.status, first.json) == (201, {"id": "id of k1", "word": "created"})
        assert (second.status, second.headers["content-type"]) == (201, "application/json")
        assert second.json == {"id": "id of k1", "word": "found"}
        assert third.json == {"id": "id of k2", "word": "created"}

    def test_what_is_gone_is_a_problem(self, post: Callable[..., ApiResponse]) -> None:
        post("/things", key="gone")
        answer = post("/things", key="gone")
        assert (answer.status, answer.code) == (409, "already_deleted")

    def test_a_request_without_a_key_gets_a_new_id_each_time(
        self, services: Any, router: Router, idempotency: FakeIdempotency
    ) -> None:
        client = client_of(services, [router.blueprint])
        ids = {client("POST", "/things", {"word": "hey"}, **BEARER).json["id"] for _ in range(2)}
        assert len(ids) == 2
        assert all(is_id(id_) for id_ in ids)
        assert idempotency.stored == {}

    @pytest.mark.parametrize(("word", "status", "refused"), [("bad", 422, True), ("out", 503, False)])
    def test_a_fault_is_no_refusal(
        self, post: Callable[..., ApiResponse], idempotency: FakeIdempotency, word: str, status: int, *, refused: bool
    ) -> None:
        assert post("/things", word).status == status
        assert idempotency.refused == [refused]

    @pytest.mark.parametrize(
        "changed", [{"path": "/others"}, {"word": "you"}, {"method": "PUT"}], ids=["path", "body", "method"]
    )
    def test_the_key_of_another_request_is_refused(
        self, post: Callable[..., ApiResponse], changed: dict[str, str]
    ) -> None:
        post("/things")
        answer = post(**{"path": "/things"} | changed)
        assert (answer.status, answer.code) == (422, "idempotency_key_reused")

    def test_a_key_is_its_users_own(self, post: Callable[..., ApiResponse], idempotency: FakeIdempotency) -> None:
        post("/things")
        assert post("/things", Authorization="Bearer of-root").json["word"] == "created"
        assert set(idempotency.stored) == {("ann", "k1"), ("root", "k1")}

    def test_the_fingerprint_is_a_hash_of_the_method_the_path_and_the_body(
        self, post: Callable[..., ApiResponse], idempotency: FakeIdempotency
    ) -> None:
        post("/things")
        (fingerprint, _) = idempotency.stored["ann", "k1"]
        assert fingerprint == hashlib.sha256(b'POST /things\n{"word": "hey"}').hexdigest()

    def test_a_request_that_failed_stores_nothing(
        self, post: Callable[..., ApiResponse], idempotency: FakeIdempotency
    ) -> None:
        assert post("/things", "bad").status == 422
        assert post("/things", "too long").status == 422
        assert idempotency.stored == {}

    @pytest.mark.parametrize("key", ["", " ", "a key", "x" * 256, "schl\u00fcssel", "a\tb"])
    def test_a_key_that_is_not_visible_ascii_is_refused(self, post: Callable[..., ApiResponse], key: str) -> None:
        answer = post("/things", key=key)
        assert (answer.status, answer.code) == (400, "idempotency_key_malformed")

    @pytest.mark.parametrize("key", ["!", "~", "x" * 255])
    def test_any_other_key_is_accepted(self, post: Callable[..., ApiResponse], key: str) -> None:
        assert post("/things", key=key).status == 201

    def test_a_request_that_creates_nothing_takes_no_key(
        self, post: Callable[..., ApiResponse], idempotency: FakeIdempotency
    ) -> None:
        assert post("/accepted", key="a key").status == 200
        assert idempotency.stored == {}


class TestDeclarations:
    def declared(self, router: Router) -> dict[str, Operation]:
        app = Chalice("offline", configure_logs=False)
        app.register_blueprint(router.blueprint)
        return {f"{method} {path}": operation for (path, method), (_, operation) in operations(app.routes).items()}

    def test_a_route_is_declared_as_it_was_added(self, services: Any) -> None:
        router = Router("things", services, admin_only=True, per_project=True)
        add_simple(
            router,
            "POST",
            find=Find(find, gone=LookupError),
            scope=Scope.IMAGES_WRITE,
            body=Body,
            query=Query,
            responses=CREATED,
        )
        expected = Operation("Do it", False, True, False, True, Scope.IMAGES_WRITE, Body, Query, CREATED)
        assert self.declared(router) == {
            "POST /things": expected,
            "POST /projects/{project_id}/things": msgspec.structs.replace(expected, in_project=True),
        }

    def test_only_what_can_be_found_again_is_idempotent(self, services: Any) -> None:
        router = Router("things", services)
        add_simple(router, responses=Responses(MessageResponse))
        assert self.declared(router)["GET /things"] == Operation(
            "Do it", False, False, False, False, None, None, None, Responses(MessageResponse)
        )
