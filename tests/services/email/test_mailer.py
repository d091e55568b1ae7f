from string import Template

import pytest

from chalicelib.services.email.mailer import FOLDER, Message, render

VALUES = {"link": "https://janus.example/#verify=x", "inviter": "ann@people.example", "project": "Shop $1"}


def test_every_message_has_its_file_and_every_file_its_message() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(Message)


@pytest.mark.parametrize("message", Message)
def test_a_message_has_a_subject_and_its_values_filled_in(message: Message) -> None:
    wanted = set(Template((FOLDER / f"{message}.txt").read_text("utf-8")).get_identifiers())
    email = render(message, **{name: VALUES[name] for name in wanted})
    assert email.subject
    assert "\n" not in email.subject
    assert email.text.endswith("\n")
    assert all(VALUES[name] in email.text for name in wanted)


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        render(Message.WELCOME)
