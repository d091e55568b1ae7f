"""A function is killed before each of its calls to AWS, and the request or the event comes again."""

from datetime import timedelta

import pytest

from chalicelib.model.audit import AuditAction
from chalicelib.model.ids import new_id
from chalicelib.model.images import ImageKey
from chalicelib.wiring import Services
from januslens import ImageCorrupt
from tests.attack.conftest import Work
from tests.attack.faults import Faults
from tests.conftest import LEASE, PASSWORD, Api, FakeAnalyzer, SettableClock
from tests.mailbox import new_address, subjects_to, token_to

CREATED, UPLOADED, ANALYZED = AuditAction.IMAGE_CREATED, AuditAction.IMAGE_UPLOADED, AuditAction.IMAGE_ANALYZED
A_MINUTE = timedelta(minutes=1, seconds=1)


def test_an_image_is_announced_once(work: Work, faults: Faults, clock: SettableClock) -> None:
    for point in faults.each_kill(work.announce):
        clock.advance(A_MINUTE)
        again = work.announce()
        assert again.status == 201, (point, again.text)
        assert [image["id"] for image in work.images()] == [again.json["id"]], point
        assert work.audited() == [CREATED], point
        work.start_over()
    assert point == 4


def test_without_a_key_each_image_has_its_event(work: Work, faults: Faults) -> None:
    for point in faults.each_kill(lambda: work.announce(keyed=False)):
        assert work.audited() == [CREATED] * len(work.images()), point
        work.start_over()
    assert point == 2


@pytest.mark.parametrize("outcome", [AuditAction.IMAGE_ANALYZED, AuditAction.IMAGE_FAILED])
def test_an_upload_is_analyzed_once(
    work: Work, faults: Faults, clock: SettableClock, analyzer: FakeAnalyzer, outcome: AuditAction
) -> None:
    if outcome is AuditAction.IMAGE_FAILED:
        analyzer.fail(ImageCorrupt("The file is damaged."))
    work.upload()
    for point in faults.each_kill(work.deliver):
        clock.advance(LEASE)
        assert work.deliver() == 0, point
        assert [image["status"] for image in work.images()] == [outcome.removeprefix("image.")], point
        assert work.audited() == [CREATED, UPLOADED, outcome], point
        assert work.objects() == (set() if outcome is AuditAction.IMAGE_FAILED else {"images", "results", "views"})
        work.start_over()
        work.upload()
    assert point >= 6


def test_an_analysis_that_is_given_up_fails_once(work: Work, faults: Faults) -> None:
    work.upload()
    for point in faults.each_kill(work.give_up):
        work.give_up()
        assert [image["failure"]["code"] for image in work.images()] == ["analysis_crashed"], point
        assert work.audited() == [CREATED, UPLOADED, AuditAction.IMAGE_FAILED], point
        work.start_over()
        work.upload()
    assert point >= 2


def test_an_image_is_deleted_once(work: Work, faults: Faults) -> None:
    work.upload()
    work.deliver()
    for point in faults.each_kill(work.delete):
        assert work.delete().status == 204, point
        assert (work.images(), work.objects()) == ([], set()), point
        assert work.audited() == [CREATED, UPLOADED, ANALYZED, AuditAction.IMAGE_DELETED], point
        work.start_over()
        work.upload()
        work.deliver()
    assert point >= 5


def test_a_project_is_created_once(work: Work, faults: Faults, clock: SettableClock) -> None:
    for point in faults.each_kill(work.create_project):
        clock.advance(A_MINUTE)
        again = work.create_project()
        assert again.status == 201, (point, again.text)
        assert [project["id"] for project in work.client("GET", "/projects").json["items"]] == [again.json["id"]], point
        assert work.audited(again.json["id"]) == [AuditAction.PROJECT_CREATED], point
        work.start_over()
    assert point >= 4


def test_an_account_is_registered_once(
    api: Api, services: Services, work: Work, faults: Faults, clock: SettableClock
) -> None:
    address = new_address()

    def register() -> None:
        assert api("POST", "/auth/register", {"email": address, "password": PASSWORD}).status == 202

    for point in faults.each_kill(register):
        clock.advance(timedelta(hours=1))
        stored = services.adapters.users.find(address)
        register()
        user = services.adapters.users.find(address)
        assert user is not None
        assert stored is None or stored.id == user.id, point
        assert set(subjects_to(address)) == {"Confirm your Janus account"}, point
        assert work.audited(user.id) == [AuditAction.REGISTERED] * (1 if stored is None else 2), point
        confirmed = api("POST", "/auth/email/verify", {"token": token_to(address, "verify"), "password": PASSWORD})
        assert confirmed.status == 200, point
        address = new_address()
    assert point >= 4


def test_an_image_that_was_never_announced_leaves_nothing(work: Work) -> None:
    """An upload whose record is missing, as when the function was killed before it was stored."""
    work.key = ImageKey(work.person.id, new_id())
    work.put(work.key)
    assert work.deliver() == 0
    assert work.objects() == set()
