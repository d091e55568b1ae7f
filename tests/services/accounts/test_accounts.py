from collections.abc import Callable
from copy import replace
from datetime import timedelta

import pytest

from chalicelib.model.emails import InvalidEmailToken, canonical_email
from chalicelib.model.errors import InvalidField, RateLimitExceeded
from chalicelib.model.ids import new_id
from chalicelib.model.sessions import ClientInfo
from chalicelib.model.users import CodeRequired, User
from chalicelib.services.accounts.authentication import TokenPair
from tests.conftest import HERE, NOON, PASSWORD, Person, SettableClock
from tests.fakes.wiring import FakeServices

NEW_PASSWORD = "another horse battery staple"
MOMENT = timedelta(microseconds=1)


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
    assert services.adapters.email.subjects_to(address) == ["Confirm your Janus account"]


def test_the_owner_of_a_known_address_is_told_and_keeps_their_account(services: FakeServices, person: Person) -> None:
    before = services.adapters.users.find(person.email)
    services.accounts.register(person.email.upper(), PASSWORD, "Someone else", HERE.ip_address)
    assert services.adapters.users.find(person.email) == before
    assert services.adapters.email.subjects_to(person.email) == ["You already have a Janus account"]


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


def test_an_email_that_cannot_be_sent_leaves_the_account(
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
def test_what_is_no_email_address_of_one_person_is_refused(address: str) -> None:
    with pytest.raises(InvalidField):
        canonical_email(address)


def test_ids_sort_as_they_were_made(make_person: Callable[[], Person]) -> None:
    ids = [new_id() for _ in range(200)]
    assert ids == sorted(set(ids))


@pytest.fixture
def registered(services: FakeServices) -> User:
    """A user who registered, before the email address is verified."""
    services.accounts.register("ann@people.example", PASSWORD, "Ann", HERE.ip_address)
    user = services.adapters.users.find("ann@people.example")
    assert user is not None
    return user


def current(services: FakeServices, user: User) -> User:
    return services.adapters.users.stored[user.id]


def token(services: FakeServices, purpose: str) -> str:
    """Return the token of the link in the last email."""
    return services.adapters.email.sent[-1].text.partition(f"https://janus.example/#{purpose}=")[2].split()[0]


def confirm(services: FakeServices, link: str, password: str = PASSWORD) -> TokenPair:
    return services.authentication.confirm_email(link, password, HERE)


def audited(services: FakeServices, user: User) -> list[str]:
    services.audit.write()
    return services.adapters.audit_log.actions(user.id)


def test_a_registration_is_audited(services: FakeServices, registered: User) -> None:
    (event,) = services.adapters.audit_log.events.values()
    assert (event.action, event.actor_id, event.subject_id) == ("user.registered", registered.id, registered.id)


def test_registering_counts_an_email(services: FakeServices, registered: User) -> None:
    for _ in range(5):
        services.accounts.register(registered.email, PASSWORD, None, "198.51.100.2")
    with pytest.raises(RateLimitExceeded) as caught:
        services.throttle.email(registered.email, "198.51.100.2")
    assert caught.value.limit.name == "email-mailbox-ip"


def test_a_registration_that_is_refused_for_its_password_counts_for_the_place_only(
    services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = new_address()
    for _ in range(200):
        with pytest.raises(InvalidField):
            services.accounts.register(address, "short", None, "198.51.100.2")
    services.accounts.register(address, PASSWORD, None, "198.51.100.3")
    with pytest.raises(RateLimitExceeded) as caught:
        services.accounts.register(address, "short", None, "198.51.100.2")
    assert caught.value.limit.name == "email-ip"


def test_a_password_must_not_be_the_name(services: FakeServices) -> None:
    with pytest.raises(InvalidField):
        services.accounts.register(new_address(), "Annabella Lwin-Meyer", "Annabella Lwin-Meyer", HERE.ip_address)


class TestVerification:
    @pytest.mark.parametrize(("after", "valid"), [(timedelta(days=1) - MOMENT, True), (timedelta(days=1), False)])
    def test_the_link_is_valid_for_one_day(
        self, services: FakeServices, registered: User, clock: SettableClock, after: timedelta, valid: bool
    ) -> None:
        link = token(services, "verify")
        clock.advance(after)
        if valid:
            confirm(services, link)
            assert current(services, registered).verified_at == NOON + after
            assert audited(services, registered) == ["user.registered", "email.verified", "session.started"]
            return
        with pytest.raises(InvalidEmailToken):
            confirm(services, link)
        assert current(services, registered).verified_at is None

    def test_the_link_verifies_once(self, services: FakeServices, registered: User) -> None:
        link = token(services, "verify")
        confirm(services, link)
        with pytest.raises(InvalidEmailToken):
            confirm(services, link)

    def test_another_link_replaces_the_first(self, services: FakeServices, registered: User) -> None:
        first = token(services, "verify")
        services.accounts.resend_verification(registered.email, HERE.ip_address)
        assert services.adapters.email.subjects_to(registered.email)[1:] == ["Confirm your email address"]
        with pytest.raises(InvalidEmailToken):
            confirm(services, first)
        confirm(services, token(services, "verify"))

    def test_another_link_is_valid_for_one_day(
        self, services: FakeServices, registered: User, clock: SettableClock
    ) -> None:
        clock.advance(timedelta(hours=2))
        services.accounts.resend_verification(registered.email, HERE.ip_address)
        clock.advance(timedelta(days=1) - MOMENT)
        confirm(services, token(services, "verify"))

    def test_the_link_starts_a_session(self, services: FakeServices, registered: User) -> None:
        pair = confirm(services, token(services, "verify"))
        assert services.authorization.from_access_token(pair.access).user == current(services, registered)

    def test_the_link_needs_the_password_and_is_not_used_up_without_it(
        self, services: FakeServices, registered: User
    ) -> None:
        link = token(services, "verify")
        with pytest.raises(InvalidField) as caught:
            confirm(services, link, NEW_PASSWORD)
        assert caught.value.field == "password"
        assert not current(services, registered).is_confirmed
        confirm(services, link)

    def test_the_link_of_a_disabled_account_is_refused(self, services: FakeServices, registered: User) -> None:
        services.adapters.users.set_disabled(registered, [], disabled=True)
        with pytest.raises(InvalidEmailToken):
            confirm(services, token(services, "verify"))

    def test_a_second_factor_is_asked_for(self, services: FakeServices, registered: User) -> None:
        services.adapters.users.stored[registered.id] = replace(registered, totp_secret="GEZDGNBVGY3TQOJQ")
        with pytest.raises(CodeRequired):
            confirm(services, token(services, "verify"))

    def test_a_verified_address_gets_no_other_link(self, services: FakeServices, registered: User) -> None:
        confirm(services, token(services, "verify"))
        services.accounts.resend_verification(registered.email, HERE.ip_address)
        assert services.adapters.email.subjects_to(registered.email)[1:] == ["You already have a Janus account"]

    def test_an_unknown_address_gets_an_email_too(self, services: FakeServices) -> None:
        services.accounts.resend_verification("nobody@people.example", HERE.ip_address)
        subjects = services.adapters.email.subjects_to("nobody@people.example")
        assert subjects == ["No Janus account has your email address"]
        services.audit.write()
        assert services.adapters.audit_log.actions(None) == ["email.verification_requested"]

    def test_who_asked_for_another_link_is_unknown(self, services: FakeServices, registered: User) -> None:
        services.accounts.resend_verification(registered.email, HERE.ip_address)
        (asked,) = [
            event for event in services.adapters.audit_log.events.values() if event.action.endswith("_requested")
        ]
        assert (asked.actor_id, asked.user_id) == (None, registered.id)

    def test_five_links_may_be_sent_per_hour(self, services: FakeServices, registered: User) -> None:
        for _ in range(4):
            services.accounts.resend_verification(registered.email, HERE.ip_address)
        with pytest.raises(RateLimitExceeded):
            services.accounts.resend_verification(registered.email, HERE.ip_address)

    def test_sixty_links_may_be_tried_in_a_quarter_of_an_hour(self, services: FakeServices) -> None:
        for attempt in (
            lambda link, ip: services.authentication.confirm_email(link, "", ClientInfo(ip, "")),
            lambda link, ip: services.accounts.reset_password(link, "", ip),
        ):
            for _ in range(30):
                with pytest.raises(InvalidEmailToken):
                    attempt("no token", HERE.ip_address)
        with pytest.raises(RateLimitExceeded):
            confirm(services, "no token")
        with pytest.raises(RateLimitExceeded):
            services.accounts.reset_password("no token", NEW_PASSWORD, HERE.ip_address)


class TestNames:
    def test_a_name_is_changed_composed_and_removed(self, services: FakeServices, registered: User) -> None:
        services.accounts.rename(registered, "Ange\u0301la")
        assert current(services, registered).display_name == "Ang\u00e9la"
        services.accounts.rename(registered, None)
        assert current(services, registered).display_name is None


class TestChangingThePassword:
    def change(self, services: FakeServices, user: User, present: str = PASSWORD, new: str = NEW_PASSWORD) -> None:
        services.accounts.change_password(user, present, new)

    def test_a_new_password_ends_all_sessions(self, services: FakeServices, registered: User) -> None:
        self.change(services, registered)
        changed = current(services, registered)
        assert services.passwords.verify(changed.password_hash, NEW_PASSWORD)
        assert changed.generation == 1
        assert audited(services, registered) == ["user.registered", "password.changed"]
        assert services.adapters.email.subjects_to(registered.email)[1:] == ["Your Janus password was changed"]

    def test_the_present_password_is_required_and_its_lack_audited(
        self, services: FakeServices, registered: User
    ) -> None:
        with pytest.raises(InvalidField) as caught:
            self.change(services, registered, "another password")
        assert caught.value.field == "current_password"
        assert audited(services, registered) == ["user.registered", "password.change_refused"]
        assert current(services, registered) == registered

    def test_a_password_that_was_changed_meanwhile_is_refused(self, services: FakeServices, registered: User) -> None:
        services.adapters.users.stored[registered.id] = replace(registered, password_hash="another")
        with pytest.raises(InvalidField) as caught:
            self.change(services, registered)
        assert caught.value.field == "current_password"
        assert len(services.adapters.email.sent) == 1

    @pytest.mark.parametrize(
        ("new", "with_factor", "accepted"),
        [
            ("xkq vhz wpm 71", False, False),  # fourteen characters
            ("xkq vhz wpm 719", False, True),
            ("xkqvhz7", True, False),  # seven
            ("xkq!hz7w", True, True),
        ],
    )
    def test_the_length_depends_on_the_second_factor(
        self, services: FakeServices, registered: User, new: str, with_factor: bool, accepted: bool
    ) -> None:
        user = replace(registered, totp_secret="secret" if with_factor else None)
        if accepted:
            self.change(services, user, new=new)
            return
        with pytest.raises(InvalidField) as caught:
            self.change(services, user, new=new)
        assert caught.value.field == "new_password"

    def test_ten_passwords_may_be_tried(self, services: FakeServices, registered: User) -> None:
        for _ in range(10):
            services.throttle.password(registered.id)
        with pytest.raises(RateLimitExceeded):
            self.change(services, registered)


class TestResettingThePassword:
    def test_a_link_is_sent_and_audited(self, services: FakeServices, registered: User) -> None:
        services.accounts.forgot_password(registered.email.upper(), HERE.ip_address)
        assert services.adapters.email.subjects_to(registered.email)[1:] == ["Reset your Janus password"]
        assert audited(services, registered) == ["user.registered", "password.reset_requested"]

    def test_an_address_without_an_account_gets_an_email_too(self, services: FakeServices) -> None:
        services.accounts.forgot_password("nobody@people.example", HERE.ip_address)
        assert services.adapters.email.subjects_to("nobody@people.example") == [
            "No Janus account has your email address"
        ]
        services.audit.write()
        assert services.adapters.audit_log.actions(None) == ["password.reset_requested"]

    def test_five_links_may_be_sent_per_hour(self, services: FakeServices) -> None:
        for _ in range(5):
            services.accounts.forgot_password("nobody@people.example", HERE.ip_address)
        with pytest.raises(RateLimitExceeded):
            services.accounts.forgot_password("nobody@people.example", HERE.ip_address)

    @pytest.mark.parametrize(
        ("after", "valid"), [(timedelta(minutes=30) - MOMENT, True), (timedelta(minutes=30), False)]
    )
    def test_the_link_is_valid_for_thirty_minutes(
        self, services: FakeServices, registered: User, clock: SettableClock, after: timedelta, valid: bool
    ) -> None:
        services.accounts.forgot_password(registered.email, HERE.ip_address)
        link = token(services, "reset")
        clock.advance(after)
        if valid:
            services.accounts.reset_password(link, NEW_PASSWORD, HERE.ip_address)
            assert services.passwords.verify(current(services, registered).password_hash, NEW_PASSWORD)
            return
        with pytest.raises(InvalidEmailToken):
            services.accounts.reset_password(link, NEW_PASSWORD, HERE.ip_address)
        assert current(services, registered) == registered

    def test_a_reset_ends_all_sessions_and_is_audited(self, services: FakeServices, registered: User) -> None:
        services.accounts.forgot_password(registered.email, HERE.ip_address)
        link = token(services, "reset")
        services.accounts.reset_password(link, NEW_PASSWORD, HERE.ip_address)
        assert current(services, registered).generation == 1
        assert audited(services, registered)[-2:] == ["password.reset", "email.verified"]
        assert services.adapters.email.subjects_to(registered.email)[-1] == "Your Janus password was changed"
        with pytest.raises(InvalidEmailToken):
            services.accounts.reset_password(link, NEW_PASSWORD, HERE.ip_address)

    def test_a_short_password_does_not_use_up_the_link(self, services: FakeServices, registered: User) -> None:
        services.accounts.forgot_password(registered.email, HERE.ip_address)
        link = token(services, "reset")
        with pytest.raises(InvalidField) as caught:
            services.accounts.reset_password(link, "short", HERE.ip_address)
        assert caught.value.field == "new_password"
        services.accounts.reset_password(link, NEW_PASSWORD, HERE.ip_address)

    def test_a_link_of_an_unknown_user_is_refused(self, services: FakeServices) -> None:
        with pytest.raises(InvalidEmailToken):
            services.accounts.reset_password(f"{new_id()}.{'x' * 43}", NEW_PASSWORD, HERE.ip_address)

    @pytest.mark.parametrize("new", ["short", "", "ann@people.example", "x" * 15, NEW_PASSWORD])
    def test_a_link_that_was_never_sent_says_nothing_of_the_account(
        self, services: FakeServices, registered: User, new: str
    ) -> None:
        """Of a password, it would be said that it is the account's address, or too short without a second factor."""
        services.accounts.forgot_password(registered.email, HERE.ip_address)
        for user_id in (registered.id, new_id()):
            for password in (new, registered.email):
                with pytest.raises(InvalidEmailToken):
                    services.accounts.reset_password(f"{user_id}.{'x' * 43}", password, HERE.ip_address)
