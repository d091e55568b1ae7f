"""No account takes more of the service than its limits, and each gets back what it no longer uses."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

import pytest

from chalicelib.model.api_keys import Scope
from chalicelib.model.ids import new_id
from chalicelib.model.images import ImageKey
from chalicelib.model.usage import OwnLimits
from chalicelib.model.users import AccountRole
from chalicelib.services.analyses import AnalysisInProgress
from chalicelib.storage.object_store import upload_name
from januslens import ImageCorrupt
from tests.attack.conftest import Account
from tests.conftest import HERE, LEASE, Api, ApiResponse, FakeAnalyzer, SettableClock, add_factor
from tests.mailbox import token_to

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
KEY = {"name": "CI", "scopes": ["results:read"]}
NOTE = {"topic": "Type", "data": {}}
type Store = Callable[..., None]


class Broken(Exception):
    """A crash of the analysis."""


@dataclass
class Tenant:
    """An account, what it uses, and what it does with images."""

    account: Account
    store: Store

    def limited(self, **limits: int) -> Self:
        users = self.account.services.adapters.users
        user = users.get(self.account.id)
        assert user is not None
        assert users.set_limits(user, OwnLimits(**limits), [])
        return self

    def used(self, limit: str) -> int:
        return int(self.account.client("GET", "/users/me/usage").json[limit]["used"])

    def announce(self, size: int = 6, place: str = "", **headers: str) -> ApiResponse:
        body = {"name": "a.png", "content_type": "image/png", "size": size}
        return self.account.client("POST", f"{place}/images", body, **headers)

    def upload(self, data: bytes = b"pixels", place: str = "") -> ImageKey:
        """Announce an image and upload its file, whose notification has not arrived yet."""
        created = self.announce(len(data), place)
        assert created.status == 201
        key = ImageKey(place.rpartition("/")[2] or self.account.id, created.json["id"])
        self.store(key, data)
        return key

    def arrive(self, key: ImageKey) -> None:
        self.account.services.analyses.upload_arrived(upload_name(key), self.account.services.clock())

    def project(self) -> str:
        return f"/projects/{self.account.client('POST', '/projects', {'name': 'Shop'}).json['id']}"

    def join(self, place: str, host: Account) -> None:
        host.client("POST", f"{place}/invitations", {"email": self.account.address, "role": "editor"})
        token = token_to(self.account.address, "invitation")
        assert self.account.client("POST", "/invitations/accept", {"token": token}).status == 200

    def purge(self, place: str) -> None:
        assert self.account.client("DELETE", place).status == 204
        self.account.services.purge.purge_project(place.rpartition("/")[2])


@pytest.fixture
def make_tenant(make_account: Callable[[], Account], store: Store) -> Callable[[], Tenant]:
    return lambda: Tenant(make_account(), store)


@pytest.fixture
def tenant(make_tenant: Callable[[], Tenant]) -> Tenant:
    return make_tenant()


def assert_reached(answer: ApiResponse, limit: str, max_count: int) -> None:
    assert (answer.status, answer.code) == (409, "limit_reached")
    assert (answer.json["limit"], answer.json["max"]) == (limit, max_count)


class TestTheRefusal:
    def test_a_total_is_refused_with_the_name_of_its_limit(self, tenant: Tenant) -> None:
        tenant.limited(stored_images=2, stored_bytes=20, projects=1, api_keys=1, research_notes=1)
        client = tenant.account.client
        assert [tenant.announce(10).status for _ in range(2)] == [201, 201]
        assert_reached(tenant.announce(1), "stored_images", 2)
        tenant.limited(stored_images=9, stored_bytes=20, projects=1, api_keys=1, research_notes=1)
        assert_reached(tenant.announce(1), "stored_bytes", 20)
        for path, body, limit in (
            ("/projects", {"name": "Shop"}, "projects"),
            ("/api-keys", KEY, "api_keys"),
            ("/analytics", NOTE, "research_notes"),
        ):
            assert client("POST", path, body).status == 201
            assert_reached(client("POST", path, body), limit, 1)

    def test_as_many_bytes_as_the_limit_are_stored(self, tenant: Tenant) -> None:
        tenant.limited(stored_bytes=20)
        assert [tenant.announce(size).status for size in (15, 6, 5, 1)] == [201, 409, 201, 409]

    def test_images_of_an_hour_are_limited_until_it_ends(self, tenant: Tenant, clock: SettableClock) -> None:
        tenant.limited(images_per_hour=2)
        image = tenant.announce().json["id"]
        assert tenant.announce().status == 201
        refused = tenant.announce()
        assert (refused.status, refused.code, refused.json["limit"]) == (429, "too_many_requests", "images_per_hour")
        wait = int(refused.headers["retry-after"])
        assert 0 < wait <= 3600
        tenant.account.client("DELETE", f"/images/{image}")
        assert tenant.announce().status == 429  # a deleted image was one of this hour, too
        clock.advance(timedelta(seconds=wait))
        tenant.account.client = renewed(tenant.account)
        assert tenant.announce().status == 201

    def test_a_refused_image_is_not_counted_in_the_hour(self, tenant: Tenant) -> None:
        tenant.limited(images_per_hour=2, stored_bytes=10)
        assert [tenant.announce(size).status for size in (11, 11, 11, 5, 5)] == [409, 409, 409, 201, 201]

    def test_analyses_in_flight_are_limited_with_a_time_to_retry(self, tenant: Tenant) -> None:
        tenant.limited(analyses_in_flight=1)
        tenant.announce()
        refused = tenant.announce()
        assert (refused.status, refused.code, refused.json["limit"]) == (429, "too_many_requests", "analyses_in_flight")
        assert int(refused.headers["retry-after"]) > 0

    def test_a_repeated_request_counts_once(self, tenant: Tenant) -> None:
        answers = [tenant.announce(idempotency_key="build-17") for _ in range(3)]
        assert len({answer.json["id"] for answer in answers}) == 1
        used = tenant.account.client("GET", "/users/me/usage").json
        assert [used[limit]["used"] for limit in ("images_per_hour", "stored_images", "stored_bytes")] == [1, 1, 6]

    def test_a_form_takes_no_more_bytes_than_were_announced(self, tenant: Tenant) -> None:
        form = tenant.announce(7).json["upload"]
        assert conditions(form["fields"]["policy"])["content-length-range"] == [1, 7]

    def test_what_was_uploaded_counts_whatever_was_announced(self, tenant: Tenant) -> None:
        created = tenant.announce(1)
        key = ImageKey(tenant.account.id, created.json["id"])
        tenant.store(key, b"more pixels")
        tenant.arrive(key)
        assert tenant.used("stored_bytes") == 11


def renewed(account: Account) -> Api:
    """Return a client with a new session."""
    user = account.services.adapters.users.get(account.id)
    assert user is not None
    return Api(account.api.gateway, account.services.authentication._start(user, HERE).access)


def conditions(policy: str) -> dict[str, Any]:
    listed = [each for each in json.loads(base64.b64decode(policy))["conditions"] if isinstance(each, list)]
    return {each[0]: each[1:] for each in listed}


class TestWhatIsDeleted:
    def test_it_counts_no_more(self, tenant: Tenant) -> None:
        client = tenant.account.client
        for path, body, limit in (("/api-keys", KEY, "api_keys"), ("/analytics", NOTE, "research_notes")):
            id_ = client("POST", path, body).json["id"]
            assert tenant.used(limit) == 1
            for _ in range(2):
                client("DELETE", f"{path}/{id_}")
            assert tenant.used(limit) == 0
        image = tenant.announce().json["id"]
        for _ in range(2):
            client("DELETE", f"/images/{image}")
        assert [tenant.used(limit) for limit in ("stored_images", "stored_bytes", "analyses_in_flight")] == [0, 0, 0]

    def test_a_project_counts_no_more_to_its_members_nor_its_contents_to_their_creators(
        self, make_tenant: Callable[[], Tenant]
    ) -> None:
        host, guest = make_tenant(), make_tenant()
        place = host.project()
        guest.join(place, host.account)
        guest.announce(place=place)
        guest.account.client("POST", f"{place}/analytics", NOTE)
        host.announce(place=place)
        limits = ("projects", "stored_images", "stored_bytes", "research_notes")
        assert [guest.used(limit) for limit in limits] == [1, 1, 6, 1]
        assert [host.used(limit) for limit in limits] == [1, 1, 6, 0]
        host.purge(place)
        for member in (host, guest):
            assert [member.used(limit) for limit in limits] == [0, 0, 0, 0]

    def test_the_keys_that_a_new_password_revokes_count_no_more(self, tenant: Tenant) -> None:
        tenant.account.client("POST", "/api-keys", KEY)
        tenant.account.reset(revoke_api_keys=True)
        usage = tenant.account.services.adapters.usage.get(tenant.account.id)
        assert usage is not None
        assert usage.used.api_keys == 0

    def test_nothing_is_left_of_the_usage_of_a_closed_account(self, tenant: Tenant) -> None:
        services, user_id = tenant.account.services, tenant.account.id
        tenant.announce()
        tenant.account.client("POST", "/analytics", NOTE)
        user = services.adapters.users.get(user_id)
        assert user is not None
        services.deletion._close(user, user_id)
        services.purge.purge_user(user_id)
        assert services.adapters.usage.get(user_id) is None

    def test_an_image_of_somebody_who_is_gone_can_be_deleted(self, make_tenant: Callable[[], Tenant]) -> None:
        host, guest = make_tenant(), make_tenant()
        place = host.project()
        guest.join(place, host.account)
        image = guest.announce(place=place).json["id"]
        host.account.services.adapters.usage.delete(guest.account.id)
        assert host.account.client("DELETE", f"{place}/images/{image}").status == 204
        assert host.account.client("GET", f"{place}/images").json["items"] == []
        assert host.account.services.adapters.usage.get(guest.account.id) is None


class TestProjects:
    def test_an_image_counts_to_who_created_it_and_stays_so_when_they_leave(
        self, make_tenant: Callable[[], Tenant]
    ) -> None:
        host, guest = make_tenant(), make_tenant()
        place = host.project()
        guest.join(place, host.account)
        image = guest.announce(place=place).json["id"]
        assert guest.account.client("DELETE", f"{place}/members/{guest.account.id}").status == 204
        assert (host.used("stored_images"), guest.used("stored_images"), guest.used("projects")) == (0, 1, 0)
        host.account.client("DELETE", f"{place}/images/{image}")
        assert guest.used("stored_images") == 0

    def test_many_projects_are_no_way_around_the_limits(self, tenant: Tenant) -> None:
        tenant.limited(stored_images=2)
        first, second = tenant.project(), tenant.project()
        assert [tenant.announce(place=place).status for place in (first, second)] == [201, 201]
        assert_reached(tenant.announce(place=first), "stored_images", 2)
        assert_reached(tenant.announce(), "stored_images", 2)

    def test_an_invitation_is_no_way_around_the_limit_of_projects(self, make_tenant: Callable[[], Tenant]) -> None:
        host, guest = make_tenant(), make_tenant().limited(projects=1)
        guest.project()
        place = host.project()
        host.account.client("POST", f"{place}/invitations", {"email": guest.account.address, "role": "viewer"})
        token = token_to(guest.account.address, "invitation")
        accept = "/invitations/accept"
        assert_reached(guest.account.client("POST", accept, {"token": token}), "projects", 1)
        guest.limited(projects=2)
        assert guest.account.client("POST", accept, {"token": token}).status == 200


class TestAnalysesInFlight:
    @pytest.fixture(autouse=True)
    def alone(self, tenant: Tenant) -> None:
        """At most one analysis at a time."""
        tenant.limited(analyses_in_flight=1)

    def test_an_analysis_is_in_flight_from_its_announcement_to_its_end(self, tenant: Tenant) -> None:
        key = tenant.upload()
        assert tenant.announce().status == 429
        tenant.arrive(key)
        assert (tenant.used("analyses_in_flight"), tenant.used("stored_bytes")) == (0, 6)
        assert tenant.announce().status == 201

    def test_one_that_fails_is_released_with_its_bytes(self, tenant: Tenant, analyzer: FakeAnalyzer) -> None:
        analyzer.fail(ImageCorrupt("The file is damaged."))
        tenant.arrive(tenant.upload())
        assert [tenant.used(limit) for limit in ("analyses_in_flight", "stored_bytes", "stored_images")] == [0, 0, 1]

    def test_one_that_is_retried_counts_once_until_it_succeeds(self, tenant: Tenant, analyzer: FakeAnalyzer) -> None:
        analyzer.fail(Broken())
        key = tenant.upload()
        for _ in range(2):
            with pytest.raises(Broken):
                tenant.arrive(key)
            assert tenant.used("analyses_in_flight") == 1
            assert tenant.announce().status == 429
        analyzer.recover()
        tenant.arrive(key)
        tenant.arrive(key)  # SQS delivers a message twice now and then
        assert (tenant.used("analyses_in_flight"), tenant.used("stored_bytes")) == (0, 6)

    def test_one_that_is_dead_lettered_is_released(self, tenant: Tenant, analyzer: FakeAnalyzer) -> None:
        analyzer.fail(Broken())
        key = tenant.upload()
        with pytest.raises(Broken):
            tenant.arrive(key)
        for _ in range(2):
            tenant.account.services.analyses.give_up(upload_name(key), tenant.account.services.clock())
        assert [tenant.used(limit) for limit in ("analyses_in_flight", "stored_bytes")] == [0, 0]

    def test_one_whose_function_is_killed_is_released_by_the_next_attempt(
        self, tenant: Tenant, analyzer: FakeAnalyzer, clock: SettableClock
    ) -> None:
        analyzer.fail(KeyboardInterrupt())  # nothing runs after it, as in a function that is killed
        key = tenant.upload()
        with pytest.raises(KeyboardInterrupt):
            tenant.arrive(key)
        with pytest.raises(AnalysisInProgress):
            tenant.arrive(key)
        assert tenant.used("analyses_in_flight") == 1
        analyzer.recover()
        clock.advance(LEASE)
        tenant.arrive(key)
        assert tenant.used("analyses_in_flight") == 0

    def test_one_whose_message_is_lost_is_released_after_a_day(
        self, tenant: Tenant, analyzer: FakeAnalyzer, clock: SettableClock
    ) -> None:
        analyzer.fail(KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            tenant.arrive(tenant.upload())
        clock.advance(DAY + HOUR)
        tenant.account.services.analyses.end_stuck()
        usage = tenant.account.services.adapters.usage.get(tenant.account.id)
        assert usage is not None
        assert (usage.in_flight, usage.used.stored_bytes, usage.used.stored_images) == (frozenset(), 0, 1)

    def test_one_that_is_deleted_is_released_whatever_becomes_of_its_analysis(
        self, tenant: Tenant, analyzer: FakeAnalyzer
    ) -> None:
        key = tenant.upload()
        analyzer.meanwhile = lambda: tenant.account.services.images.delete(key, tenant.account.id)
        tenant.arrive(key)
        assert [tenant.used(limit) for limit in ("analyses_in_flight", "stored_bytes", "stored_images")] == [0, 0, 0]

    def test_one_that_is_never_uploaded_is_released_after_ten_minutes(
        self, tenant: Tenant, clock: SettableClock
    ) -> None:
        tenant.announce()
        clock.advance(timedelta(minutes=10) - timedelta(seconds=1))
        assert tenant.announce().status == 429
        clock.advance(timedelta(seconds=1))
        assert tenant.announce().status == 201
        assert tenant.used("stored_images") == 2  # for a day, as the record is kept

    def test_a_form_that_is_signed_again_counts_as_a_new_announcement(
        self, tenant: Tenant, clock: SettableClock
    ) -> None:
        created = tenant.announce(idempotency_key="build-17").json["id"]
        clock.advance(timedelta(minutes=9))
        assert tenant.announce(idempotency_key="build-17").json["id"] == created  # counted already
        clock.advance(timedelta(minutes=9))
        tenant.account.client = renewed(tenant.account)
        assert tenant.announce().status == 429  # the second form was signed nine minutes ago
        clock.advance(timedelta(minutes=10))
        assert tenant.announce().status == 201
        refused = tenant.announce(idempotency_key="build-17")
        assert (refused.status, refused.json["limit"]) == (429, "analyses_in_flight")


class TestCounting:
    def test_an_account_from_before_there_was_a_count_is_counted(self, tenant: Tenant) -> None:
        place = tenant.project()
        tenant.arrive(tenant.upload())
        tenant.announce(place=place)
        tenant.account.client("POST", "/api-keys", KEY)
        tenant.account.client("POST", f"{place}/analytics", NOTE)
        usage = tenant.account.client("GET", "/users/me/usage").json
        used = {limit: usage[limit]["used"] for limit in usage}
        assert list(used.values()) == [2, 2, 12, 1, 1, 1, 1]
        for limits in ({"stored_images": 2}, {"projects": 1}, {"api_keys": 1}, {"research_notes": 1}):
            tenant.account.services.adapters.usage.delete(tenant.account.id)
            assert {limit: tenant.used(limit) for limit in usage} == used
            tenant.account.services.adapters.usage.delete(tenant.account.id)
            tenant.limited(**limits)
            ((limit, most),) = limits.items()
            path, body = {
                "stored_images": ("/images", {"name": "a.png", "content_type": "image/png", "size": 6}),
                "projects": ("/projects", {"name": "Shop"}),
                "api_keys": ("/api-keys", KEY),
                "research_notes": ("/analytics", NOTE),
            }[limit]
            assert_reached(tenant.account.client("POST", path, body), limit, most)

    def test_a_deletion_from_an_account_without_a_count_is_no_count(self, tenant: Tenant) -> None:
        image = tenant.announce().json["id"]
        tenant.account.services.adapters.usage.delete(tenant.account.id)
        assert tenant.account.client("DELETE", f"/images/{image}").status == 204
        assert tenant.account.services.adapters.usage.get(tenant.account.id) is None

    def test_what_dynamodb_has_expired_is_given_back(self, tenant: Tenant, clock: SettableClock) -> None:
        tenant.limited(stored_images=2)
        for _ in range(2):
            tenant.announce()
        for image in tenant.account.client("GET", "/images").json["items"]:
            tenant.account.services.adapters.images.items(tenant.account.id, image["id"]).delete()
        assert_reached(tenant.announce(), "stored_images", 2)
        clock.advance(timedelta(minutes=10))
        assert tenant.announce().status == 201
        assert tenant.used("stored_images") == 1

    def test_keys_that_have_expired_make_room_for_others(self, tenant: Tenant, clock: SettableClock) -> None:
        tenant.limited(api_keys=1)
        keys = tenant.account.services.api_keys
        user = tenant.account.services.adapters.users.get(tenant.account.id)
        assert user is not None
        keys.create(user, "CI", {Scope.RESULTS_READ}, 1)
        clock.advance(DAY)
        keys.create(user, "CI", {Scope.RESULTS_READ}, 1)
        assert tenant.account.services.adapters.api_keys.of_user(user.id) == keys.list(user)


class TestAdministrators:
    @pytest.fixture
    def admin(self, make_account: Callable[[], Account]) -> Account:
        account = make_account()
        services = account.services
        user = services.adapters.users.get(account.id)
        assert user is not None
        services.administration.change_role("command", user, AccountRole.ADMIN)
        add_factor(services, user.id)
        account.client = renewed(account)
        return account

    def test_they_raise_the_limits_of_one_account(self, tenant: Tenant, admin: Account) -> None:
        tenant.limited(projects=1)
        tenant.project()
        path = f"/admin/users/{tenant.account.id}"
        assert admin.client("PATCH", f"{path}/limits", {"projects": 2, "api_keys": 60}).status == 204
        assert tenant.account.client("POST", "/projects", {"name": "Shop"}).status == 201
        usage = tenant.account.client("GET", "/users/me/usage").json
        assert (usage["projects"], usage["api_keys"]["limit"]) == ({"used": 2, "limit": 2}, 60)
        assert admin.client("PATCH", f"{path}/limits", {"projects": None}).status == 204
        usage = tenant.account.client("GET", "/users/me/usage").json
        assert (usage["projects"]["limit"], usage["api_keys"]["limit"]) == (100, 60)

    def test_each_change_is_a_security_event(self, tenant: Tenant, admin: Account) -> None:
        path = f"/admin/users/{tenant.account.id}/limits"
        for body in ({"projects": 200}, {"projects": 200}, {"projects": None, "stored_images": 7}):
            assert admin.client("PATCH", path, body).status == 204
        events = tenant.account.client("GET", "/security-events?action=user.limits_changed").json["items"]
        assert [(event["actor_id"], event["detail"]) for event in events] == [
            (admin.id, "stored_images: default to 7, projects: 200 to default"),
            (admin.id, "projects: default to 200"),
        ]

    @pytest.mark.parametrize(
        "body", [{"projects": 0}, {"projects": 1001}, {"stored_bytes": -1}, {"projects": "9"}, {"unknown": 9}]
    )
    def test_a_limit_is_a_number_in_its_range(self, tenant: Tenant, admin: Account, body: dict[str, Any]) -> None:
        refused = admin.client("PATCH", f"/admin/users/{tenant.account.id}/limits", body)
        assert (refused.status, refused.pointers) == (422, {f"#/{next(iter(body))}"})

    def test_nobody_raises_their_own(self, tenant: Tenant) -> None:
        refused = tenant.account.client("PATCH", f"/admin/users/{tenant.account.id}/limits", {"projects": 200})
        assert (refused.status, refused.code) == (403, "admin_required")

    def test_an_unknown_user_has_no_limits(self, admin: Account) -> None:
        assert admin.client("PATCH", f"/admin/users/{new_id()}/limits", {"projects": 200}).status == 404
