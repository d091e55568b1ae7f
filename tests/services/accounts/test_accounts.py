from collections.abc import Callable

import pytest

from chalicelib.model.emails import canonical_email
from chalicelib.model.errors import InvalidField
from chalicelib.model.ids import new_id
from tests.conftest import HERE, PASSWORD, Person
from tests.fakes.wiring import FakeServices


def new_address() -> str:
    return f"{new_id()}@people.example"


def test_a_new_account_has_what_was_given_and_a_hash_of_the_password(services: FakeServices) -> None:
    address = new_address()
    services.accounts.register(address, PASSWORD, "Ann", HERE.ip_address)
    user = services.adapters.users.find(address)
    assert user is not None
    assert services.adapters.users.get(user.id) == user
    assert (user.email, user.display_name, user.role) == (address, "Ann", "user")
    assert user.created_at == services.clock()
    assert PASSWORD not in user.password_hash
    assert services.passwords.verify(user.password_hash, PASSWORD)
    assert services.adapters.email.subjects_to(address) == ["Your Janus account"]


def test_the_owner_of_a_known_address_is_told_and_keeps_their_account(services: FakeServices, person: Person) -> None:
    before = services.adapters.users.find(person.email)
    services.accounts.register(person.email.upper(), PASSWORD, "Someone else", HERE.ip_address)
    assert services.adapters.users.find(person.email) == before
    assert services.adapters.email.subjects_to(person.email) == ["Someone tried to register with your email address"]


def test_registering_is_logged_without_saying_whose_address_was_taken(services: FakeServices, person: Person) -> None:
    services.accounts.register(person.email, PASSWORD, None, HERE.ip_address)
    services.audit.write()
    (event,) = services.adapters.audit_log.events.values()
    assert (event.action, event.user_id) == ("user.registration_refused", None)
    assert (event.subject_id, event.detail) == (None, None)


def test_names_are_stored_composed(services: FakeServices) -> None:
    address = new_address()
    services.accounts.register(address, PASSWORD, "Ange\u0301la", HERE.ip_address)
    user = services.adapters.users.find(address)
    assert user is not None
    assert user.display_name == "Ang\u00e9la"


def test_a_mail_that_cannot_be_sent_leaves_the_account_made(
    services: FakeServices,
) -> None:
    services.adapters.email.failure = ConnectionError()
    address = new_address()
    services.accounts.register(address, PASSWORD, None, HERE.ip_address)
    assert services.adapters.users.find(address) is not None


@pytest.mark.parametrize("known", [True, False])
def test_either_way_a_password_is_hashed(
    services: FakeServices, person: Person, known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []

    def note(_: object, password: str) -> str:
        hashed.append(password)
        return "hash"

    monkeypatch.setattr(type(services.passwords), "hash", note)
    services.accounts.register(person.email if known else new_address(), PASSWORD, None, HERE.ip_address)
    assert hashed == [PASSWORD]


@pytest.mark.parametrize(
    ("email", "password", "field"),
    [("no address", PASSWORD, "email"), ("ann@people.example", "short", "password")],
)
def test_what_cannot_be_taken_is_named(services: FakeServices, email: str, password: str, field: str) -> None:
    with pytest.raises(InvalidField) as caught:
        services.accounts.register(email, password, None, HERE.ip_address)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ("Ann.Lee@People.Example", "ann.lee@people.example"),
        ("ann+janus@people.example", "ann+janus@people.example"),
        ("ann@BÜCHER.example", "ann@bücher.example"),
        ("ann@xn--bcher-kva.example", "ann@bücher.example"),
        ("ange\u0301la@people.example", "ang\u00e9la@people.example"),
    ],
)
def test_one_address_has_one_form(given: str, canonical: str) -> None:
    assert canonical_email(given) == canonical
    assert canonical_email(canonical) == canonical


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ann",
        "ann@",
        "@people.example",
        "ann@people",
        "ann@people..example",
        "ann lee@people.example",
        "ann@people.example\nBcc: all@people.example",
        "ann@people.example,bob@people.example",
        "Ann <ann@people.example>",
        "ann@[127.0.0.1]",
        "ann@localhost",
        "ann\u202e@people.example",
    ],
)
def test_what_is_no_address_of_one_person_is_refused(address: str) -> None:
    with pytest.raises(InvalidField):
        canonical_email(address)


def test_ids_sort_as_they_were_made(make_person: Callable[[], Person]) -> None:
    ids = [new_id() for _ in range(200)]
    assert ids == sorted(set(ids))
