"""A call to AWS is carried out and its answer lost: botocore sends it again, or gives up and the client repeats."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from botocore.exceptions import EndpointConnectionError

from chalicelib.model.audit import AuditAction
from chalicelib.model.ids import new_id
from chalicelib.model.usage import PerLimit
from chalicelib.wiring import Services
from tests.attack.conftest import Account, Work
from tests.attack.faults import MAX_ATTEMPTS, Faults
from tests.conftest import LEASE, PASSWORD, Api, ApiResponse, FakeAnalyzer, SettableClock
from tests.mailbox import new_address, subjects_to, token_to

CREATED, UPLOADED, ANALYZED = AuditAction.IMAGE_CREATED, AuditAction.IMAGE_UPLOADED, AuditAction.IMAGE_ANALYZED


class TestSentAgain:
    """Each write is there once and with its event, and its answer is that of the first attempt."""

    @pytest.mark.parametrize("keyed", [True, False])
    def test_an_image_is_announced(self, work: Work, faults: Faults, *, keyed: bool) -> None:
        answers: list[ApiResponse] = []
        for lost in faults.each_loss(lambda: answers.append(work.announce(keyed=keyed))):
            assert answers[-1].status == 201, (lost, answers[-1].text)
            assert [image["id"] for image in work.images()] == [answers[-1].json["id"]], lost
            assert work.audited() == [CREATED], lost
            work.start_over()
        assert lost >= 1

    def test_the_last_image_that_a_limit_permits_is_announced(self, work: Work, faults: Faults) -> None:
        answers: list[ApiResponse] = []
        work.limit(stored_images=1)
        for lost in faults.each_loss(lambda: answers.append(work.announce(keyed=False))):
            assert answers[-1].status == 201, (lost, answers[-1].text)
            assert len(work.images()) == 1, lost
            work.start_over()
            work.limit(stored_images=1)
        assert lost >= 1

    def test_a_project_is_created(self, work: Work, faults: Faults) -> None:
        answers: list[ApiResponse] = []
        for lost in faults.each_loss(lambda: answers.append(work.create_project())):
            assert answers[-1].status == 201, (lost, answers[-1].text)
            assert len(work.client("GET", "/projects").json["items"]) == 1, lost
            assert work.audited(answers[-1].json["id"]) == [AuditAction.PROJECT_CREATED], lost
            work.start_over()

    def test_an_upload_is_analyzed(self, work: Work, faults: Faults, analyzer: FakeAnalyzer) -> None:
        work.upload()
        failed: list[int] = []
        for lost in faults.each_loss(lambda: failed.append(work.deliver())):
            assert failed[-1] == 0, lost
            assert [image["status"] for image in work.images()] == ["analyzed"], lost
            assert work.audited() == [CREATED, UPLOADED, ANALYZED], lost
            work.start_over()
            work.upload()
        assert len(analyzer.seen) == len(failed)

    def test_an_image_is_deleted(self, work: Work, faults: Faults) -> None:
        work.upload()
        work.deliver()
        for lost in faults.each_loss(work.delete):
            assert (work.images(), work.objects()) == ([], set()), lost
            assert work.audited() == [CREATED, UPLOADED, ANALYZED, AuditAction.IMAGE_DELETED], lost
            work.start_over()
            work.upload()
            work.deliver()

    def test_a_note_is_deleted(self, work: Work, faults: Faults) -> None:
        def write_note() -> str:
            return str(work.client("POST", "/analytics", {"topic": "Type", "data": {}}).json["id"])

        notes = [write_note()]
        for lost in faults.each_loss(lambda: work.client("DELETE", f"/analytics/{notes[-1]}")):
            assert work.audited() == [AuditAction.RESEARCH_NOTE_CREATED, AuditAction.RESEARCH_NOTE_DELETED], lost
            work.start_over()
            notes.append(write_note())

    def test_an_account_is_registered(self, api: Api, services: Services, work: Work, faults: Faults) -> None:
        address = new_address()

        def register() -> None:
            assert api("POST", "/auth/register", {"email": address, "password": PASSWORD}).status == 202

        for lost in faults.each_loss(register):
            user = services.adapters.users.find(address)
            assert user is not None
            assert set(subjects_to(address)) == {"Confirm your Janus account"}, lost
            assert work.audited(user.id) == [AuditAction.REGISTERED], lost
            address = new_address()

    def test_an_address_is_confirmed(self, api: Api, faults: Faults) -> None:
        def registered() -> str:
            address = new_address()
            api("POST", "/auth/register", {"email": address, "password": PASSWORD})
            return token_to(address, "verify")

        token = registered()
        answers: list[ApiResponse] = []

        def verify() -> None:
            answers.append(api("POST", "/auth/email/verify", {"token": token, "password": PASSWORD}))

        for lost in faults.each_loss(verify):
            assert answers[-1].status == 200, (lost, answers[-1].text)
            assert Api(api.gateway, answers[-1].json["access_token"])("GET", "/users/me").status == 200
            token = registered()

    def test_signing_in_and_staying_signed_in(self, account: Account, faults: Faults, clock: SettableClock) -> None:
        answers = [account.sign_in()]
        for lost in faults.each_loss(lambda: answers.append(account.sign_in())):
            assert answers[-1].status == 200, lost
            clock.advance(timedelta(minutes=15))

        def refresh() -> None:
            token = answers[-1].json["refresh_token"]
            answers.append(account.api("POST", "/auth/refresh", {"refresh_token": token}))

        for lost in faults.each_loss(refresh):
            assert answers[-1].status == 200, (lost, answers[-1].text)

    def test_a_code_signs_in(self, make_account: Callable[[], Account], faults: Faults, clock: SettableClock) -> None:
        account = make_account()
        app = account.add_factor()
        answers: list[ApiResponse] = []

        def sign_in() -> None:
            body = {"email": account.address, "password": PASSWORD, "code": app.at(clock())}
            answers.append(account.api("POST", "/auth/login", body))

        clock.advance(timedelta(hours=1))
        for lost in faults.each_loss(sign_in):
            assert answers[-1].status == 200, (lost, answers[-1].text)
            clock.advance(timedelta(hours=1))

    def test_keys_and_sessions_are_ended(self, account: Account, work: Work, faults: Faults) -> None:
        def make_key() -> str:
            body = {"name": "CI", "scopes": ["images:write"]}
            return str(account.client("POST", "/api-keys", body).json["id"])

        def other_session() -> str:
            account.sign_in()
            sessions = account.client("GET", "/auth/sessions").json["items"]
            return str(next(session["id"] for session in sessions if not session["current"]))

        for make, path, action in (
            (make_key, "/api-keys", AuditAction.API_KEY_REVOKED),
            (other_session, "/auth/sessions", AuditAction.SIGNED_OUT),
        ):
            ids, answers = [make()], list[ApiResponse]()

            def end(ids: list[str] = ids, path: str = path, answers: list[ApiResponse] = answers) -> None:
                answers.append(account.client("DELETE", f"{path}/{ids[-1]}"))

            for lost in faults.each_loss(end):
                assert answers[-1].status == 204, (path, lost, answers[-1].text)
                assert work.audited(account.id).count(action) == len(answers), (path, lost)
                ids.append(make())

    def test_an_address_is_changed(
        self, make_account: Callable[[], Account], faults: Faults, clock: SettableClock
    ) -> None:
        tokens, answers = make_account().change_address(new_address()), list[ApiResponse]()
        account = make_account()

        def confirm() -> None:
            answers[:] = [account.api("POST", "/auth/email/confirm", {"token": token}) for token in tokens]

        for lost in faults.each_loss(confirm):
            assert [answer.status for answer in answers] == [200, 200], (lost, [answer.text for answer in answers])
            clock.advance(timedelta(minutes=15))
            tokens = make_account().change_address(new_address())


class TestGivenUp:
    """The answers to all attempts of botocore are lost: that is no error of Janus, and a repetition succeeds."""

    def test_an_image_is_announced(self, work: Work, faults: Faults) -> None:
        answers: list[ApiResponse] = []
        for lost in faults.each_loss(lambda: answers.append(work.announce()), MAX_ATTEMPTS):
            problem = answers[-1]
            assert (problem.status, problem.code) == (503, "unavailable"), (lost, problem.text)
            assert int(problem.headers["retry-after"]) > 0
            again = work.announce()
            assert again.status == 201, (lost, again.text)
            assert [image["id"] for image in work.images()] == [again.json["id"]], lost
            assert work.audited() == [CREATED], lost
            work.start_over()
        assert lost == 3

    def test_without_a_key_each_image_has_its_event(self, work: Work, faults: Faults) -> None:
        for lost in faults.each_loss(lambda: work.announce(keyed=False), MAX_ATTEMPTS):
            assert work.audited() == [CREATED] * len(work.images()), lost
            work.start_over()

    def test_a_project_is_created(self, work: Work, faults: Faults) -> None:
        for lost in faults.each_loss(work.create_project, MAX_ATTEMPTS):
            again = work.create_project()
            assert again.status == 201, (lost, again.text)
            assert len(work.client("GET", "/projects").json["items"]) == 1, lost
            assert work.audited(again.json["id"]) == [AuditAction.PROJECT_CREATED], lost
            work.start_over()

    def test_an_upload_is_analyzed(self, work: Work, faults: Faults, clock: SettableClock) -> None:
        work.upload()
        for lost in faults.each_loss(work.deliver, MAX_ATTEMPTS):
            clock.advance(LEASE)
            assert work.deliver() == 0, lost
            assert [image["status"] for image in work.images()] == ["analyzed"], lost
            assert work.audited() == [CREATED, UPLOADED, ANALYZED], lost
            work.start_over()
            work.upload()

    def test_an_image_is_deleted(self, work: Work, faults: Faults) -> None:
        work.upload()
        work.deliver()
        answers: list[ApiResponse] = []
        for lost in faults.each_loss(lambda: answers.append(work.delete()), MAX_ATTEMPTS):
            assert (answers[-1].status, answers[-1].code) == (503, "unavailable"), lost
            assert work.delete().status == 204, lost
            assert (work.images(), work.objects()) == ([], set()), lost
            assert work.audited() == [CREATED, UPLOADED, ANALYZED, AuditAction.IMAGE_DELETED], lost
            work.start_over()
            work.upload()
            work.deliver()


def test_of_two_hundred_images_each_is_announced_once_though_answers_are_lost(work: Work, faults: Faults) -> None:
    work.limit(analyses_in_flight=200)
    chance = random.Random(18)  # noqa: S311 - which answers are lost
    faults.loses = lambda call, attempt: chance.random() < 0.05
    answers = []
    for _ in range(200):
        work.idempotency_key = new_id()
        answers.append(work.announce(keyed=False))
    faults.reset()
    assert {answer.status for answer in answers} == {201}
    stored = {item.id for item in work.services.adapters.images.items.query(work.person.id)}
    assert stored == {answer.json["id"] for answer in answers}
    assert work.audited() == [CREATED] * 200
    usage = work.services.adapters.usage.get(work.person.id)
    assert usage is not None
    assert usage.used == PerLimit(stored_images=200, stored_bytes=1200, analyses_in_flight=200)


def test_an_export_whose_message_is_not_sent_may_be_requested_again(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: str) -> None:
        raise EndpointConnectionError(endpoint_url="https://sqs.example")

    with monkeypatch.context() as patch:
        patch.setattr("chalicelib.storage.job_queues.JobQueues.export_data", fail)
        assert account.client("POST", "/users/me/export").status == 503
    assert account.client("POST", "/users/me/export").status == 202
