"""The response of a member, without a request."""

from datetime import UTC, datetime

from msgspec import to_builtins

from chalicelib.api.resources.members import MemberResponse
from chalicelib.model.projects import Member, ProjectRole, Teammate
from chalicelib.model.users import AccountRole, User

REGISTERED, JOINED = (datetime(2026, 1, day, 12, tzinfo=UTC) for day in (1, 2))


def test_a_member_is_an_account_with_its_role_and_since_when() -> None:
    user = User("user", "ann@people.example", "Ann", AccountRole.USER, "", REGISTERED)
    mate = Teammate(Member("project", "user", ProjectRole.EDITOR, JOINED), user)
    assert to_builtins(MemberResponse.from_teammate(mate)) == {
        "user_id": "user",
        "email": "ann@people.example",
        "display_name": "Ann",
        "role": "editor",
        "since": "2026-01-02T12:00:00.000Z",
    }
