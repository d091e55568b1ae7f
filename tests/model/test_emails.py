import pytest

from chalicelib.model.emails import mailbox_of


@pytest.mark.parametrize(
    ("email", "mailbox"),
    [
        ("ann@people.example", "ann@people.example"),
        ("ann+shop@people.example", "ann@people.example"),
        ("ann+shop+more@people.example", "ann@people.example"),
        ("+shop@people.example", "+shop@people.example"),
        ("ann@people+x.example", "ann@people+x.example"),
    ],
)
def test_plus_addresses_are_one_mailbox(email: str, mailbox: str) -> None:
    assert mailbox_of(email) == mailbox
