"""Twenty at once."""

from datetime import timedelta

import boto3
import pytest

from chalicelib.config import Settings
from chalicelib.model.emails import EmailTaken, EmailToken, EmailTokenPurpose
from chalicelib.model.errors import InvalidField, RateLimit, RateLimitExceeded
from chalicelib.model.ids import new_id
from chalicelib.model.images import ImageStatus, ImageUpload
from chalicelib.model.projects import Invitation, LastOwner, Member, Project, ProjectRole
from chalicelib.model.sessions import Session, SessionEnded
from chalicelib.model.users import AccountRole, PresentedCode, User
from chalicelib.security.email_tokens import new_email_token
from chalicelib.security.tokens import RefreshToken
from chalicelib.services.accounts.authentication import TokenPair
from chalicelib.services.accounts.throttling import EMAILS_PER_MAILBOX_AND_IP
from chalicelib.services.analyses import AnalysisInProgress
from chalicelib.storage.object_store import upload_name
from chalicelib.storage.tables.audit_log import AuditEventItem
from chalicelib.wiring import Services
from infra.local import aws
from tests.conftest import NOON, PASSWORD, FakeAnalyzer, FakePainter, SettableClock, keep_metadata
from tests.racing import RUNNERS, race, variables
from tests.storage.examples import guest

__all__ = ["variables"]

FIFTY = 50
ROUNDS = 5


@pytest.fixture
def services(variables: dict[str, str], clock: SettableClock, analyzer: FakeAnalyzer) -> Services:
    services = Services(lambda: Settings.from_environment(variables), clock, analyzer, FakePainter(), keep_metadata)
    # Built before the race: a client is shared by threads, but not made by several at once.
    assert all((services.accounts, services.authentication, services.images, services.analyses))
    assert all((services.adapters.projects, services.adapters.invitations, services.second_factor))
    return services


@pytest.mark.parametrize("_", range(ROUNDS))
def test_of_fifty_users_one_gets_the_address(services: Services, _: int) -> None:
    address = f"{new_id()}@people.example"
    users = [User(new_id(), address, None, AccountRole.USER, "hash", NOON) for _ in range(FIFTY)]
    outcomes = race(lambda number: services.adapters.users.add(users[number]), EmailTaken, runners=FIFTY)
    (winner,) = [user for user, outcome in zip(users, outcomes, strict=True) if outcome is None]
    assert services.adapters.users.find(address) == winner
    assert [user for user in users if services.adapters.users.get(user.id)] == [winner]


def test_of_twenty_registrations_of_an_address_one_makes_an_account(services: Services) -> None:
    address = f"{new_id()}@people.example"

    def register(number: int) -> None:
        services.audit.begin(str(number))
        services.accounts.register(address, PASSWORD, None, "192.0.2.7")
        services.audit.write()

    outcomes = race(register, RateLimitExceeded)
    told = outcomes.count(None)
    assert told == EMAILS_PER_MAILBOX_AND_IP.max_count
    user = services.adapters.users.find(address)
    assert user is not None
    registered = [item.action for item in services.adapters.audit_log.items.by_user.query(user.id)]
    refused = list(services.adapters.audit_log.items.scan(AuditEventItem.user_id.does_not_exist()))
    assert set(registered) == {"user.registered"}  # again, if an earlier one was read, which isn't confirmed
    assert len(registered) + len(refused) == told


@pytest.mark.parametrize("_", range(ROUNDS))
def test_of_twenty_exchanges_of_a_token_one_wins_and_the_session_ends(services: Services, _: int) -> None:
    authentication = services.authentication
    user = User(new_id(), f"{new_id()}@people.example", None, AccountRole.USER, "hash", NOON)
    services.adapters.users.add(user)
    session = Session(new_id(), user.id, 0, NOON, NOON + timedelta(days=30))
    authentication.sessions.add(session)
    token = authentication.tokens.issue_refresh(RefreshToken(session.user_id, session.id, 0), NOON, session.expires_at)

    outcomes = race(lambda _: authentication.rotate(token), SessionEnded)

    (pair,) = [outcome for outcome in outcomes if isinstance(outcome, TokenPair)]
    with pytest.raises(SessionEnded):
        authentication.rotate(pair.refresh)
    with pytest.raises(SessionEnded):
        authentication.authorization.from_access_token(pair.access)


@pytest.mark.parametrize("_", range(ROUNDS))
def test_of_twenty_announcements_of_an_upload_one_is_analyzed(
    services: Services, analyzer: FakeAnalyzer, _: int
) -> None:
    image = services.images.create(new_id(), "somebody", ImageUpload("a.png", "image/png", 6, None, None))[0]
    boto3.client("s3", region_name=aws.REGION).put_object(
        Bucket=services.settings.bucket, Key=upload_name(image.key), Body=b"pixels"
    )
    race(lambda _: services.analyses.upload_arrived(upload_name(image.key), NOON), AnalysisInProgress)
    assert analyzer.seen == [b"pixels"]
    assert services.images.get(image.key).status is ImageStatus.ANALYZED


def test_of_twenty_resets_with_a_link_one_changes_the_password(services: Services) -> None:
    user = User(new_id(), f"{new_id()}@people.example", None, AccountRole.USER, "hash", NOON)
    secret, digest = new_email_token(user.id)
    services.adapters.users.add(user)
    services.adapters.users.store_token(user, EmailTokenPurpose.RESET, EmailToken(digest, NOON + timedelta(minutes=30)))
    passwords = [f"{number} correct horse battery staple" for number in range(RUNNERS)]

    def reset(number: int) -> None:
        services.accounts.reset_password(secret, passwords[number], f"192.0.2.{number}")

    outcomes = race(reset, InvalidField)

    assert outcomes.count(None) == 1
    stored = services.adapters.users.get(user.id)
    assert stored is not None
    assert services.passwords.verify(stored.password_hash, passwords[outcomes.index(None)])
    assert stored.generation == 1


def test_of_twenty_tries_as_many_are_counted_as_may_be(services: Services) -> None:
    limit = RateLimit(f"a limit of {new_id()}", 7, timedelta(minutes=15))

    def tries(_: int) -> None:
        services.adapters.counters.count([(limit, "somebody")], NOON)

    assert race(tries, RateLimitExceeded).count(None) == 7


@pytest.mark.parametrize("_", range(ROUNDS))
def test_of_twenty_who_take_an_invitation_one_joins(services: Services, _: int) -> None:
    project = Project(new_id(), "Shop", NOON)
    services.adapters.projects.add(project, new_id())
    invitation = Invitation(project.id, new_id(), "guest@people.example", ProjectRole.VIEWER, NOON + timedelta(days=7))
    services.adapters.invitations.add(invitation, [])

    guests = [guest(services.adapters) for _ in range(RUNNERS)]

    def take(number: int) -> bool:
        return services.adapters.invitations.accept(
            invitation, Member(project.id, guests[number], ProjectRole.VIEWER, NOON), []
        )

    assert race(take).count(True) == 1
    assert len(services.adapters.projects.members(project.id)) == 2
    assert services.adapters.projects.named([project.id])[project.id].members == 2


@pytest.mark.parametrize("_", range(ROUNDS))
def test_of_twenty_owners_who_leave_one_stays(services: Services, _: int) -> None:
    project, owners = Project(new_id(), "Shop", NOON), [guest(services.adapters) for _ in range(RUNNERS)]
    services.adapters.projects.add(project, owners[0])
    for owner in owners[1:]:
        invitation = Invitation(
            project.id, new_id(), "guest@people.example", ProjectRole.OWNER, NOON + timedelta(days=7)
        )
        services.adapters.invitations.add(invitation, [])
        services.adapters.invitations.accept(invitation, Member(project.id, owner, ProjectRole.OWNER, NOON), [])
    members = services.adapters.projects.members(project.id)
    outcomes = race(lambda number: services.adapters.projects.remove(members[number], []), LastOwner)
    assert [isinstance(outcome, LastOwner) for outcome in outcomes].count(True) == 1
    assert len(services.adapters.projects.members(project.id)) == 1


@pytest.mark.parametrize("_", range(ROUNDS))
def test_of_twenty_sign_ins_with_a_code_one_is_let_in(services: Services, _: int) -> None:
    user = User(new_id(), f"{new_id()}@people.example", None, AccountRole.USER, "hash", NOON)
    services.adapters.users.add(user)
    factors, secret = services.adapters.second_factors, "JBSWY3DPEHPK3PXP"
    factors.propose(user.id, secret)
    factors.confirm(user.id, secret, 1, ["digest"], [])
    assert race(lambda _: factors.use(user.id, secret, PresentedCode(2, ""), [])).count(True) == 1
    assert race(lambda _: factors.use(user.id, secret, PresentedCode(None, "digest"), [])).count(True) == 1
