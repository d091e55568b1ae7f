"""What nobody should send, sent to every route: JSONTestSuite's bodies, and the big list of naughty strings.

`make test` sends a part of the strings to each field, another one to each; `make fuzz` sends all of them.
"""

import json
import os
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import msgspec
import pytest

from app import create_app
from chalicelib.api.openapi import operations
from chalicelib.wiring import Services
from tests.api.test_authorization import ROWS, filled
from tests.conftest import Api
from tests.shared import shared

ID = "01a21453-a46f-7113-9de8-5f9cc8f03beb"
EVERY = 1 if os.environ.get("FUZZ_EXAMPLES") else 25
BODIES = [route for route, row in ROWS.items() if row.body is not None]
OPERATIONS = {
    (method, path): operation for (path, method), (_, operation) in operations(create_app(Services()).routes).items()
}
FIELDS = [
    (method, path, field.encode_name)
    for method, path in BODIES
    for field in msgspec.structs.fields(OPERATIONS[method, path].body or msgspec.Struct)
]
QUERIES = [
    (path, field.encode_name)
    for (method, path), operation in OPERATIONS.items()
    for field in (msgspec.structs.fields(operation.query) if operation.query else ())
    if method == "GET"
]
PARAMETERS = [(method, path) for method, path in ROWS if "{" in path]
pytestmark = pytest.mark.usefixtures("today", "without_limits")


@pytest.fixture
def without_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is tried too often."""
    monkeypatch.setattr("chalicelib.storage.tables.counters.CountersTable.count", lambda *_: None)


@pytest.fixture
def values(signed_in: Api) -> Mapping[str, str]:
    """What stands for the parameters of paths and bodies: a project of one's own, and ids of nothing."""
    names = ("image_id", "session_id", "entry_id", "key_id", "research_id", "user_id", "invitation_id", "name")
    project_id = signed_in("POST", "/projects", {"name": "Shop"}).json["id"]
    return {**dict.fromkeys(names, ID), "project_id": project_id, "guest": "guest@people.example"}


def naughty(place: int) -> list[str]:
    """Return the strings that a place is sent."""
    strings: list[str] = json.loads(shared("corpora/text/blns.json").read_text("utf-8"))
    return strings[place % EVERY :: EVERY]


def in_form_of(value: Any, text: str) -> Any:
    """Return a string where a field takes strings: as it is, in a list or in an object."""
    return [text] if isinstance(value, list) else {text: text} if isinstance(value, dict) else text


def assert_logged(log_lines: Callable[[], list[dict[str, Any]]], requests: int) -> None:
    """Each line is one JSON object, and each request has one: no string broke out of its own."""
    lines = [line for line in log_lines() if line["message"] == "request"]
    assert len(lines) == requests


@pytest.mark.parametrize(("method", "path"), BODIES, ids=[" ".join(route) for route in BODIES])
def test_every_body_is_read_as_jsontestsuite_says(
    admin: Api, signed_in: Api, values: Mapping[str, str], method: str, path: str
) -> None:
    client, address = admin if path.startswith("/admin/") else signed_in, filled(path, values)
    codes: dict[str, set[str]] = {"n": set(), "y": set(), "i": set()}
    for case in sorted(shared("corpora/json/JSONTestSuite").glob("*.json")):
        answer = client(method, address, case.read_bytes())
        assert answer.status < 500, case.name
        codes[case.name[0]].add(answer.code if answer.status >= 400 else "done")
    assert codes["n"] == {"malformed_json"}
    assert "malformed_json" not in codes["y"]


@pytest.mark.parametrize(("method", "path", "field"), FIELDS, ids=[" ".join(field) for field in FIELDS])
def test_no_string_in_any_field_is_more_than_refused(
    admin: Api,
    signed_in: Api,
    values: Mapping[str, str],
    log_lines: Callable[[], list[dict[str, Any]]],
    method: str,
    path: str,
    field: str,
) -> None:
    address, body = filled(path, values), filled(ROWS[method, path].body, values)
    strings = naughty(FIELDS.index((method, path, field)))
    log_lines()
    client = admin if path.startswith("/admin/") else signed_in
    for text in strings:
        assert client(method, address, body | {field: in_form_of(body.get(field), text)}).status < 500, text
    assert_logged(log_lines, len(strings))


@pytest.mark.parametrize(("path", "field"), QUERIES, ids=[" ".join(query) for query in QUERIES])
def test_no_string_in_any_query_is_more_than_refused(
    admin: Api,
    signed_in: Api,
    values: Mapping[str, str],
    log_lines: Callable[[], list[dict[str, Any]]],
    path: str,
    field: str,
) -> None:
    strings = naughty(QUERIES.index((path, field)))
    client = admin if path.startswith("/admin/") else signed_in
    log_lines()
    for text in strings:
        assert client("GET", f"{filled(path, values)}?{field}={quote(text, safe='')}").status < 500, text
    assert_logged(log_lines, len(strings))


@pytest.mark.parametrize(("method", "path"), PARAMETERS, ids=[" ".join(route) for route in PARAMETERS])
def test_no_string_in_any_path_is_more_than_not_found(
    admin: Api, signed_in: Api, values: Mapping[str, str], method: str, path: str
) -> None:
    client = admin if path.startswith("/admin/") else signed_in
    name = path[path.rindex("{") + 1 : path.rindex("}")]
    body = filled(ROWS[method, path].body, values)
    for text in naughty(PARAMETERS.index((method, path))):
        if text.strip("/."):  # else it is another address
            address = filled(path, {**values, name: quote(text, safe="")})
            assert client(method, address, body).status < 500, text
