"""Requests that cost us much more than their sender."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest
import zxcvbn
from hypothesis import given
from hypothesis import strategies as st
from zxcvbn import matching

from chalicelib.model.attempts import Count
from chalicelib.model.errors import RateLimitExceeded
from chalicelib.security.passwords import Passwords, PasswordUnacceptable, check_new_password
from chalicelib.storage.tables.counters import CountersTable
from tests.attack.conftest import OTHER, Account, From, limit_of, lower
from tests.conftest import PASSWORD, Api, ApiResponse
from tests.mailbox import new_address, token_to

SIGNS = "".join(sorted({sign for signs in matching.L33T_TABLE.values() for sign in signs}))
WORST = [
    SIGNS * 6,
    "p4$$w0rd(1{2|3!7+%[<@8569" * 5,
    "5me11y741852spar+@n1q!22w5xb@1loonfre@kyw@5sup00080|di3berth@rdone113@bet!48tor(1158ris7haz|m7urkey90(o(edonk(yd!no5@6awordpas5(",
    "password" * 16,
    "ab" * 64,
    "1" * 128,
    "19901991" * 16,
]


class Work:
    """Counts the substrings that zxcvbn looks up in its dictionaries."""

    def __init__(self) -> None:
        self.substrings = 0

    def of(self, password: str) -> int:
        self.substrings = 0
        with suppress(PasswordUnacceptable):
            check_new_password(password, ("ann@people.example", "Ann Lee"))
        return self.substrings


@pytest.fixture(scope="module")
def work() -> Iterator[Work]:
    counting, match = Work(), matching.dictionary_match

    def count(password: str, _ranked_dictionaries: Any = matching.RANKED_DICTIONARIES) -> Any:
        counting.substrings += len(password) ** 2 // 2
        return match(password, _ranked_dictionaries)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "dictionary_match", count)
        yield counting


class TestJudgingAPassword:
    @pytest.mark.parametrize("password", WORST)
    def test_the_worst_passwords_are_little_work(self, work: Work, password: str) -> None:
        assert work.of(password) < 100_000  # 1,500,000 for 64 signs without a limit

    @given(st.text(alphabet=SIGNS + "aeiostlc", min_size=15, max_size=128))
    def test_no_signs_are_much_work(self, work: Work, password: str) -> None:
        assert work.of(password) < 100_000

    @pytest.mark.parametrize("password", WORST)
    def test_it_takes_a_moment(self, password: str) -> None:
        began = time.process_time()
        with suppress(PasswordUnacceptable):
            check_new_password(password)
        assert time.process_time() - began < 1  # a tenth of that on the machine of the benchmark

    def test_a_password_of_many_signs_is_still_accepted(self) -> None:
        for start in range(len(SIGNS)):
            shuffled = (SIGNS[start:] + SIGNS[:start])[::3] + (SIGNS[:start] + SIGNS[start:])[1::3]
            check_new_password(shuffled + "wq}z~k")


@pytest.fixture
def without_work(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let every costly step fail from now on."""

    def fail(*_: Any, **__: Any) -> Any:
        pytest.fail("a refused request costs nothing")

    def forbid() -> None:
        monkeypatch.setattr(zxcvbn, "zxcvbn", fail)
        monkeypatch.setattr(Passwords, "hash", fail)
        monkeypatch.setattr(Passwords, "verify", fail)

    return forbid


def exhaust(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let a limit be reached."""

    def count(_: CountersTable, counts: Sequence[Count], __: datetime) -> None:
        for limit, _subject in counts:
            if limit.name == name:
                raise RateLimitExceeded(limit, 60)

    monkeypatch.setattr(CountersTable, "count", count)


class TestBeyondALimit:
    @pytest.mark.parametrize("password", [WORST[0], "short", PASSWORD])
    def test_registering_costs_nothing(
        self, api: Api, monkeypatch: pytest.MonkeyPatch, without_work: Callable[[], None], password: str
    ) -> None:
        exhaust(monkeypatch, "email-mailbox-ip")
        without_work()
        answer = api("POST", "/auth/register", {"email": new_address(), "password": password})
        assert limit_of(answer) == "email-mailbox-ip"

    def test_signing_in_costs_nothing(
        self, account: Account, monkeypatch: pytest.MonkeyPatch, without_work: Callable[[], None]
    ) -> None:
        exhaust(monkeypatch, "sign-in-account-ip")
        without_work()
        assert limit_of(account.sign_in()) == "sign-in-account-ip"

    def test_resetting_a_password_costs_nothing(
        self, account: Account, monkeypatch: pytest.MonkeyPatch, without_work: Callable[[], None]
    ) -> None:
        account.api("POST", "/auth/password/forgot", {"email": account.address})
        exhaust(monkeypatch, "email-token")
        without_work()
        body = {"token": token_to(account.address, "reset"), "new_password": OTHER}
        assert limit_of(account.api("POST", "/auth/password/reset", body)) == "email-token"

    @pytest.mark.parametrize(
        ("path", "body"),
        [
            ("/auth/password/change", {"current_password": PASSWORD, "new_password": WORST[0]}),
            ("/auth/reauthenticate", {"password": PASSWORD}),
            ("/auth/mfa/enrol", {"password": PASSWORD}),
            ("/users/me/email", {"email": "new@people.example", "password": PASSWORD}),
        ],
    )
    def test_entering_the_password_costs_nothing(
        self,
        account: Account,
        monkeypatch: pytest.MonkeyPatch,
        without_work: Callable[[], None],
        path: str,
        body: dict[str, str],
    ) -> None:
        exhaust(monkeypatch, "password")
        without_work()
        assert limit_of(account.client("POST", path, body)) == "password"


def test_bad_passwords_have_a_limit_per_place(request_from: From, monkeypatch: pytest.MonkeyPatch) -> None:
    lower(monkeypatch, "EMAILS_PER_IP", 8)

    def register() -> ApiResponse:
        return request_from("198.51.100.30", "/auth/register", {"email": new_address(), "password": "a" * 20})

    assert [register().status for _ in range(8)] == [422] * 8
    assert limit_of(register()) == "email-ip"


def test_a_person_may_choose_among_many_passwords(api: Api) -> None:
    address = new_address()
    answers = [api("POST", "/auth/register", {"email": address, "password": "a" * 20}).status for _ in range(12)]
    assert answers == [422] * 12
    assert api("POST", "/auth/register", {"email": address, "password": PASSWORD}).status == 202
