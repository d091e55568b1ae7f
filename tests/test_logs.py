"""Log lines: one JSON object each, with what they belong to and without what must not be in a log."""

import json
import logging
import re
import time
from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
import requests
from chalice.app import SQSEvent
from hypothesis import given
from hypothesis import strategies as st

from chalicelib import logs
from chalicelib.jobs.handlers import handle_uploads
from chalicelib.model.ids import new_id
from chalicelib.model.images import ImageKey
from chalicelib.storage.object_store import upload_name
from chalicelib.wiring import Services
from infra import make_admin
from tests.conftest import PASSWORD, Api, FakeAnalyzer, Person

Lines = Callable[[], list[dict[str, Any]]]

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
SIGNED = "https://b.s3.amazonaws.com/images/a/b?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0a1b"
log = logging.getLogger(__name__)


def formatted(message: Any, *arguments: Any, **extra: Any) -> str:
    record = logging.LogRecord("test", logging.INFO, __file__, 1, message, arguments, None)
    vars(record).update(extra)
    return logs.JsonLines().format(record)


def test_a_line_says_when_how_bad_where_and_what(log_lines: Lines) -> None:
    log.warning("%s of %s", 1, 2, extra={"status": 404})
    (line,) = log_lines()
    assert datetime.fromisoformat(line.pop("time")).utcoffset() is not None
    assert line == {"level": "WARNING", "logger": __name__, "message": "1 of 2", "status": 404}


def test_a_line_carries_what_its_context_has(log_lines: Lines) -> None:
    with logs.context(request_id="1"):
        log.info("before")
        logs.add_context(user_id="2")
        log.info("after")
    log.info("outside")
    known = [(line.get("request_id"), line.get("user_id")) for line in log_lines()]
    assert known == [("1", None), ("1", "2"), (None, None)]


def test_an_exception_is_part_of_its_line(log_lines: Lines) -> None:
    log.error("failed", exc_info=ArithmeticError("no\nsum"))
    (line,) = log_lines()
    assert "ArithmeticError: no\nsum" in line["exception"]


@given(st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("\r\n\x0b\x0c\x1c\x85\u2028\u2029\0")))
def test_no_text_makes_a_second_line_or_breaks_the_first(text: str) -> None:
    line = formatted("%s", text, field=text, **{"odd\nname": text})
    assert len(line.splitlines()) == 1
    assert json.loads(line)["level"] == "INFO"


def test_what_has_no_json_is_written_as_text() -> None:
    assert json.loads(formatted("x", field={1, 2}))["field"] == "{1, 2}"


SECRETS = {
    "an address": "ann.lee+1@people.example",
    "an address in another script": "анна@пример.example",
    "a token": TOKEN,
    "a token as it is sent": f"Authorization: Bearer {TOKEN}",
    "a signed address": SIGNED,
    "a signed address in quotes": f'<Url="{SIGNED}">',
}


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
@pytest.mark.parametrize(
    "place",
    [
        formatted,
        lambda secret: formatted("%s", secret),
        lambda secret: formatted("x", field=secret),
        lambda secret: formatted("x", field=[secret]),
        lambda secret: formatted("x", field={"inner": {secret: (secret,)}}),
        lambda secret: formatted("x", field=ValueError(secret)),
        lambda secret: formatted("x", field=secret.encode()),
    ],
    ids=["message", "argument", "extra", "list", "object", "exception", "bytes"],
)
def test_secrets_are_redacted_wherever_they_stand(place: Callable[[str], str], secret: str) -> None:
    line = json.dumps(json.loads(place(secret)), ensure_ascii=False)
    assert logs.REDACTED in line
    for part in ("people.example", "анна", "eyJ", "X-Amz-Signature", "0a1b"):
        assert part not in line


@pytest.mark.parametrize("text", ["GET /images/{image_id}", "at 12:00 @ noon", "https://janus.example/?page=1", "a@ b"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert json.loads(formatted("%s", text))["message"] == text


@pytest.mark.parametrize("text", ["a" * 200_000, "eyJ" * 60_000, "https://" * 20_000, "a@" * 60_000, "eyJa." * 40_000])
def test_a_long_text_takes_no_time_to_search(text: str) -> None:
    started = time.process_time()
    formatted("%s", text)
    assert time.process_time() - started < 2  # a search that is quadratic takes minutes


def test_each_request_writes_one_line_about_itself(signed_in: Api, person: Person, log_lines: Lines) -> None:
    answers = [
        signed_in("GET", "/users/me"),
        signed_in("GET", f"/images/{new_id()}"),
        signed_in("POST", "/images", b"{"),
        signed_in("PUT", "/images"),
        Api(signed_in.gateway)("GET", "/images"),
    ]
    lines = [line for line in log_lines() if line["message"] == "request"]
    assert [line["request_id"] for line in lines] == [answer.headers["x-request-id"] for answer in answers]
    assert [line["status"] for line in lines] == [200, 404, 400, 405, 401]
    assert [line["route"] for line in lines] == [
        "GET /users/me",
        "GET /images/{image_id}",
        "POST /images",
        "PUT /images",
        "GET /images",
    ]
    assert [line.get("user_id") for line in lines] == [person.id, person.id, person.id, None, None]
    assert all(0 <= line["duration_ms"] < 60_000 for line in lines)


def test_a_request_that_fails_writes_its_line_as_an_error(
    signed_in: Api, services: Services, log_lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(services.images), "list", lambda *_: 1 / 0)
    signed_in("GET", "/images")
    (line,) = [line for line in log_lines() if line["message"] == "request"]
    assert (line["status"], line["level"]) == (500, "ERROR")


def test_a_failing_log_table_fails_no_request(
    signed_in: Api, services: Services, log_lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(services.audit._table, "add", refuse)
    wrong = {"current_password": "not Ann's password", "new_password": "another sentence of hers"}
    assert signed_in("POST", "/auth/password/change", wrong).code == "invalid_fields"
    messages = [line["message"] for line in log_lines()]
    assert messages == ["request", "audit events could not be written"]


def test_a_whole_walk_logs_nothing_secret(
    api: Api, services: Services, analyzer: FakeAnalyzer, log_lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Register, sign in, upload, crash, analyze, read, sign out; where mail fails with the address in its error."""

    def refuse(**message: Any) -> None:
        raise ConnectionError(f"not delivered: {message}")

    monkeypatch.setattr(services.mailer.transport._ses, "send_email", refuse)
    address = f"ann-{new_id()}@people.example"
    credentials = {"email": address, "password": PASSWORD}
    for _ in range(2):
        api("POST", "/auth/register", {**credentials, "display_name": "Ann Lee"})
    api("POST", "/auth/login", {**credentials, "password": "another " + PASSWORD})
    assert make_admin.main([address], services) == 0
    pair = api("POST", "/auth/login", credentials).json
    pair = api("POST", "/auth/refresh", {"refresh_token": pair["refresh_token"]}).json
    user = Api(api.gateway, pair["access_token"])
    me = user("GET", "/users/me").json
    image = user("POST", "/images", {"name": "secret plan.png", "content_type": "image/png", "size": 6}).json
    form = image["upload"]
    requests.post(form["url"], data=form["fields"], files={"file": b"pixels"}, timeout=10).raise_for_status()
    name = upload_name(ImageKey(me["id"], image["id"]))
    announcement = {"Records": [{"eventTime": "2026-03-01T12:00:00Z", "s3": {"object": {"key": name}}}]}
    context: Any = SimpleNamespace(aws_request_id="invocation", function_name="analyze_uploads")
    event = SQSEvent(
        {"Records": [{"messageId": "message", "body": json.dumps(announcement), "receiptHandle": "handle"}]}, context
    )
    picture_url = services.adapters.objects.image_url(ImageKey(me["id"], image["id"]), services.clock()).url
    analyzer.fail(RuntimeError(f"{address} {picture_url} {pair['access_token']}"))
    assert handle_uploads(event, services.audit, services.analyses.upload_arrived)["batchItemFailures"]
    analyzer.recover()
    assert not handle_uploads(event, services.audit, services.analyses.upload_arrived)["batchItemFailures"]
    record = user("GET", f"/images/{image['id']}").json
    assert record["status"] == "analyzed"
    user("GET", f"/images/{image['id']}/accessibility")
    api("POST", "/auth/refresh", {"refresh_token": "eyJ.not.valid"})
    user("POST", "/auth/logout")

    written = json.dumps(log_lines())
    assert "invocation" in written
    for secret in (
        address,
        address.split("@", maxsplit=1)[0],
        PASSWORD,
        "Ann Lee",
        "secret plan",
        pair["access_token"],
        pair["refresh_token"],
        form["fields"]["policy"],
        form["fields"]["x-amz-signature"],
        record["picture"]["url"],
    ):
        assert secret not in written
    assert re.search(r"eyJ|X-Amz-|@", written) is None
