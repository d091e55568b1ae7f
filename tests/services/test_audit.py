import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.model.audit import AuditAction, AuditEvent
from chalicelib.model.ids import created_at, new_id
from chalicelib.model.sessions import ClientInfo
from chalicelib.services.audit import NETWORKS, AuditRecorder
from tests.conftest import NOON, SettableClock
from tests.fakes.wiring import FakeServices


@pytest.fixture
def audit(services: FakeServices) -> AuditRecorder:
    return services.audit


@pytest.fixture
def written(services: FakeServices) -> dict[str, AuditEvent]:
    """The events in the audit log, by id."""
    return services.adapters.audit_log.events


def test_an_event_says_who_did_what_to_what_when_and_by_which_request(
    audit: AuditRecorder, written: dict[str, AuditEvent]
) -> None:
    actor = new_id()
    audit.begin("request-7")
    audit.record(AuditAction.IMAGE_FAILED, actor_id=actor, subject_id="image", detail="image_corrupt")
    audit.write()
    (item,) = written.values()
    assert (item.action, item.subject_id, item.detail) == ("image.failed", "image", "image_corrupt")
    assert (item.kind, item.level, item.actor_id) == ("log", "warning", actor)
    assert (item.request_id, item.at, item.expires_at) == ("request-7", NOON, NOON + timedelta(days=90))


def test_an_event_has_the_source_of_its_request(audit: AuditRecorder, written: dict[str, AuditEvent]) -> None:
    for client in (ClientInfo("192.0.2.7", "curl/8.14.1"), None):
        audit.begin("request", client)
        audit.record(AuditAction.SIGNED_IN, actor_id=new_id())
        audit.write()
    assert [(event.network, event.device) for event in written.values()] == [("192.0.2.0/24", "curl"), (None, None)]


def refuse(audit: AuditRecorder, ip_address: str, actor_id: str | None, detail: str) -> None:
    audit.begin("request", ClientInfo(ip_address, ""))
    audit.record_refusal(AuditAction.ACCESS_REFUSED, actor_id=actor_id, detail=detail)
    audit.write()


def test_of_like_refusals_the_first_of_a_quarter_of_an_hour_is_written(
    audit: AuditRecorder, written: dict[str, AuditEvent], clock: SettableClock
) -> None:
    clock.now = NOON + timedelta(minutes=14)
    for ip_address in ("192.0.2.7", "192.0.2.8"):
        refuse(audit, ip_address, "somebody", "role_required")
    assert [(event.at, created_at(event.id)) for event in written.values()] == [(clock.now, NOON)]
    clock.now = NOON + timedelta(minutes=15)
    refuse(audit, "192.0.2.7", "somebody", "role_required")
    assert len(written) == 2


@pytest.mark.parametrize(
    ("ip_address", "actor_id", "detail"),
    [
        ("198.51.100.7", "somebody", "role_required"),
        ("192.0.2.7", "another", "role_required"),
        ("192.0.2.7", None, "role_required"),
        ("192.0.2.7", "somebody", "admin_required"),
    ],
)
def test_refusals_of_another_place_user_or_reason_are_all_written(
    audit: AuditRecorder, written: dict[str, AuditEvent], ip_address: str, actor_id: str | None, detail: str
) -> None:
    refuse(audit, "192.0.2.7", "somebody", "role_required")
    refuse(audit, ip_address, actor_id, detail)
    assert len(written) == 2


def test_refusals_from_any_number_of_networks_are_bounded(audit: AuditRecorder, written: dict[str, AuditEvent]) -> None:
    for number in range(1000):
        refuse(audit, f"10.{number // 250}.{number % 250}.1", None, "x")
    assert len(written) == NETWORKS


def test_nothing_is_written_before_the_end_nor_twice(audit: AuditRecorder, written: dict[str, AuditEvent]) -> None:
    actor = new_id()
    audit.record(AuditAction.SIGNED_IN, actor_id=actor)
    assert written == {}
    audit.write()
    audit.write()
    assert len(written) == 1


def test_all_events_of_an_invocation_are_written_in_one_request(
    audit: AuditRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []
    monkeypatch.setattr(audit._table, "add", lambda events: written.append(len(events)))
    for _ in range(3):
        audit.record(AuditAction.SIGNED_IN, actor_id=new_id())
    audit.write()
    assert written == [3]


def test_nothing_is_asked_of_the_table_where_nothing_was_done(
    audit: AuditRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []
    monkeypatch.setattr(audit._table, "add", lambda events: written.append(len(events)))
    audit.write()
    assert written == []


def test_what_an_invocation_left_unwritten_is_not_the_next_ones(
    audit: AuditRecorder, written: dict[str, AuditEvent]
) -> None:
    actor = new_id()
    audit.record(AuditAction.SIGNED_IN, actor_id=actor)
    audit.begin("another request")
    audit.write()
    assert written == {}


def test_threads_do_not_mix_their_events(audit: AuditRecorder, written: dict[str, AuditEvent]) -> None:
    actor = new_id()
    audit.record(AuditAction.SIGNED_IN, actor_id=actor)

    def serve_another_request() -> None:
        audit.begin("other")
        audit.write()

    other = threading.Thread(target=serve_another_request)
    other.start()
    other.join()
    audit.write()
    assert len(written) == 1


def test_a_failing_table_is_logged_and_fails_nothing(
    audit: AuditRecorder, monkeypatch: pytest.MonkeyPatch, log_lines: Callable[[], list[dict[str, Any]]]
) -> None:
    def refuse(_: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(audit._table, "add", refuse)
    audit.record(AuditAction.SIGNED_IN, actor_id=new_id())
    audit.write()
    (line,) = log_lines()
    assert (line["level"], line["actions"]) == ("ERROR", ["session.started"])


def test_security_events_are_kept_longer_and_belong_to_whose_account_it_is(audit: AuditRecorder) -> None:
    admin, user = new_id(), new_id()
    entry = audit.event(AuditAction.ROLE_CHANGED, actor_id=admin, user_id=user)
    assert (entry.kind, entry.actor_id, entry.user_id) == ("security", admin, user)
    assert entry.expires_at == NOON + timedelta(days=400)


def test_what_nobody_known_did_is_nobodys(audit: AuditRecorder) -> None:
    entry = audit.event(AuditAction.SIGN_IN_FAILED, actor_id=None)
    assert (entry.actor_id, entry.user_id, entry.level) == (None, None, "warning")
