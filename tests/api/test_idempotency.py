"""Requests that are repeated with an idempotency key: each receives the response of the first."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.model.idempotency import RequestInProgress, StoredResponse
from chalicelib.wiring import Services
from tests.api.conftest import NEW
from tests.conftest import Api, Person, SettableClock

KEY = {"Idempotency_Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}
ANSWER = StoredResponse(201, "application/json", "{}")
pytestmark = pytest.mark.usefixtures("today")


def test_the_same_request_gets_the_first_answer_and_creates_nothing_more(signed_in: Api) -> None:
    first, second = (signed_in("POST", "/images", NEW, **KEY) for _ in range(2))
    assert (second.status, second.text, second.headers["content-type"]) == (201, first.text, "application/json")
    assert len(signed_in("GET", "/images").json["items"]) == 1


def test_another_request_under_the_key_is_refused(signed_in: Api) -> None:
    signed_in("POST", "/images", NEW, **KEY)
    other = signed_in("POST", "/images", NEW | {"size": 7}, **KEY)
    assert (other.status, other.code) == (422, "idempotency_key_reused")
    assert signed_in("POST", "/projects", {"name": "Shop"}, **KEY).code == "idempotency_key_reused"


def test_a_key_is_its_senders_own(signed_in: Api, stranger: Api) -> None:
    ids = {client("POST", "/images", NEW, **KEY).json["id"] for client in (signed_in, stranger)}
    assert len(ids) == 2


def test_what_was_refused_may_be_sent_again_under_its_key(signed_in: Api) -> None:
    assert signed_in("POST", "/images", NEW | {"content_type": "text/plain"}, **KEY).status == 422
    assert signed_in("POST", "/images", NEW, **KEY).status == 201


def test_a_key_is_free_again_after_a_day(
    api: Api, signed_in: Api, person: Person, clock: SettableClock, sign_in_again: Callable[[Person], str]
) -> None:
    first = signed_in("POST", "/images", NEW, **KEY).json["id"]
    clock.advance(timedelta(days=1))
    later = Api(api.gateway, sign_in_again(person))
    assert later("POST", "/images", NEW, **KEY).json["id"] != first


@pytest.mark.parametrize("key", ["", "a key", "x" * 256, "schl\u00fcssel"])
def test_a_key_is_visible_ascii(signed_in: Api, key: str) -> None:
    assert signed_in("POST", "/images", NEW, Idempotency_Key=key).code == "idempotency_key_malformed"


def test_a_request_that_is_underway_is_waited_for_a_minute(
    services: Services, person: Person, clock: SettableClock
) -> None:
    once, refused = services.idempotency.run_once, []

    def slow() -> StoredResponse:
        with pytest.raises(RequestInProgress):
            once(person.id, "key", "print", lambda: ANSWER)
        refused.append(True)
        clock.advance(timedelta(minutes=1, seconds=1))
        assert once(person.id, "key", "print", lambda: ANSWER) == ANSWER  # the first is taken for dead
        return StoredResponse(201, "application/json", '"too late"')

    once(person.id, "key", "print", slow)
    assert refused
    assert once(person.id, "key", "print", slow) == ANSWER


def test_of_twenty_at_once_one_is_carried_out(services: Services, person: Person) -> None:
    carried_out: list[int] = []
    outcomes: list[str] = []

    def carry_out() -> StoredResponse:
        carried_out.append(1)
        return ANSWER

    def send() -> None:
        try:
            services.idempotency.run_once(person.id, "race", "print", carry_out)
            outcomes.append("answered")
        except RequestInProgress:
            outcomes.append("underway")

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(carried_out), len(outcomes)) == (1, 20)


def test_a_key_of_the_api_is_never_kept_with_its_answer(signed_in: Api) -> None:
    body = {"name": "CI", "scopes": ["images:write"]}
    first, second = (signed_in("POST", "/api-keys", body, **KEY).json["key"] for _ in range(2))
    assert first != second
