"""Requests by which somebody learns of others, keeps what was signed out, or makes an answer too large to be sent."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest

from chalicelib.model.clock import utc_now
from chalicelib.model.ids import new_id
from chalicelib.model.research_notes import ResearchNote
from chalicelib.wiring import Services
from tests.conftest import Api, ApiResponse, Person, SettableClock

LAMBDA_BYTES = 6_291_556  # of a response, which is JSON itself: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
PRIVATE = ("/users/me", "/auth/sessions", "/api-keys", "/logs", "/security-events", "/projects", "/images")


@pytest.fixture(autouse=True)
def today(clock: SettableClock) -> None:
    """The clock that ids go by is the machine's."""
    clock.now = utc_now()


def test_a_link_that_was_never_sent_says_nothing_of_an_account(api: Api, person: Person) -> None:
    def refused(user_id: str, password: str) -> tuple[int, Any]:
        answer = api("POST", "/auth/password/reset", {"token": f"{user_id}.{'x' * 43}", "new_password": password})
        return answer.status, answer.json["errors"]

    guesses = ("short", "twelve char", person.email, "twelve herons over the estuary")
    answers = [refused(user_id, guess) for user_id in (person.id, new_id()) for guess in guesses]
    assert answers == [
        (422, [{"pointer": "#/token", "detail": "was used before, has expired, or was never sent"}])
    ] * len(answers)


@pytest.mark.parametrize("change", [lambda token: token + "=", lambda token: token + "==", lambda token: f"{token} ="])
def test_a_padded_token_is_not_the_token(
    api: Api, signed_in: Api, person: Person, change: Callable[[str], str]
) -> None:
    assert signed_in("GET", "/users/me").status == HTTPStatus.OK
    padded = Api(api.gateway, change(person.access))("GET", "/users/me")
    assert (padded.status, padded.code) == (401, "session_ended")
    refreshed = api("POST", "/auth/refresh", {"refresh_token": person.refresh + "="})
    assert (refreshed.status, refreshed.code) == (401, "session_ended")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", PRIVATE)
def test_nothing_private_is_kept_by_a_browser_or_shown_in_a_frame(signed_in: Api, method: str, path: str) -> None:
    answer = signed_in(method, path)
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_a_browser_forgets_what_was_shown_when_its_user_signs_out(signed_in: Api) -> None:
    assert signed_in("POST", "/auth/logout").headers["clear-site-data"] == '"cache", "storage"'
    refused = signed_in("GET", "/users/me")
    assert (refused.code, refused.headers["cache-control"]) == ("session_ended", "no-store")


def test_the_largest_notes_are_listed_in_answers_that_lambda_can_send(
    signed_in: Api, person: Person, services: Services
) -> None:
    text = "\u00e9" * (32 * 1024 - 8)  # 64 KB; Lambda's own JSON escapes it to 192 KB
    notes = [
        ResearchNote(person.id, new_id(), person.id, "topic", {"text": text}, (), services.clock()) for _ in range(40)
    ]
    for note in notes:
        services.adapters.research_notes.add(note, [])
    pages: list[ApiResponse] = []
    cursor = ""
    while cursor is not None:
        pages.append(signed_in("GET", f"/analytics?limit=100{cursor and f'&cursor={cursor}'}"))
        cursor = pages[-1].json["next"]
    assert [item["id"] for page in pages for item in page.json["items"]] == [note.id for note in notes[::-1]]
    assert max(len(json.dumps(page.text)) for page in pages) < LAMBDA_BYTES
    assert len(pages) == 3
