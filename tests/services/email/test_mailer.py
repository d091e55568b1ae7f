"""What people receive: every subject by hand, and the facts that a text must state."""

import logging

import pytest

from chalicelib.services.email.mailer import Mailer, Message, render, without_links
from tests.fakes.outside import FakeEmailTransport, SentEmail

VALUES = {"link": "https://janus.example/#verify=token", "project": "Shop"}
IGNORE = "If this wasn't you, you can ignore this email"
SUBJECTS = {
    "welcome": "Confirm your Janus account",
    "welcome_invited": "Your Janus account",
    "verify_email": "Confirm your email address",
    "confirm_new_email": "Confirm your new email address",
    "confirm_email_change": "Confirm the change of your email address",
    "email_changed": "The email address of your Janus account was changed",
    "invitation": "Invitation to a project at Janus",
    "already_registered": "You already have a Janus account",
    "reset_password": "Reset your Janus password",
    "no_account": "No Janus account has your email address",
    "password_changed": "Your Janus password was changed",
    "password_changed_and_keys_revoked": "Your Janus password was changed",
    "second_factor_added": "Your Janus account has a second factor",
    "second_factor_removed": "The second factor of your Janus account was removed",
    "api_key_created": "Your Janus account has a new API key",
    "api_key_revoked": "An API key of your Janus account was revoked",
    "sessions_ended": "Sessions of your Janus account were ended",
    "data_export_requested": "An export of your Janus data was requested",
    "account_deleted": "Your Janus account was deleted",
}
LIFETIMES = {
    "welcome": "within one day",
    "verify_email": "within one day",
    "confirm_new_email": "within one day",
    "confirm_email_change": "within one day",
    "reset_password": "within 30 minutes",
    "invitation": "within one week",
}


def test_every_message_has_a_subject_here() -> None:
    assert {message.value for message in Message} == set(SUBJECTS)


@pytest.mark.parametrize("message", Message)
def test_a_message_has_its_subject_and_no_placeholder_left(message: Message) -> None:
    email = render(message, **VALUES)
    assert email.subject == SUBJECTS[message]
    assert "$" not in email.text
    assert not email.text.startswith("\n")


@pytest.mark.parametrize("message", LIFETIMES)
def test_a_message_with_a_link_says_how_long_it_is_valid(message: str) -> None:
    text = render(Message(message), **VALUES).text
    assert VALUES["link"] in text.split("\n")
    assert LIFETIMES[message] in text.replace("\n", " ")


@pytest.mark.parametrize("message", sorted(set(SUBJECTS) - set(LIFETIMES)))
def test_the_other_messages_have_no_link(message: str) -> None:
    assert "https://" not in render(Message(message)).text


@pytest.mark.parametrize(
    "message", ["welcome", "confirm_new_email", "already_registered", "reset_password", "no_account"]
)
def test_a_message_that_anybody_can_cause_may_be_ignored(message: str) -> None:
    assert IGNORE in render(Message(message), **VALUES).text.replace("\n", " ")


@pytest.mark.parametrize(
    "message",
    [
        "confirm_email_change",
        "email_changed",
        "password_changed",
        "password_changed_and_keys_revoked",
        "welcome_invited",
        "api_key_created",
        "api_key_revoked",
        "sessions_ended",
        "data_export_requested",
    ],
)
def test_a_message_that_may_mean_an_attack_says_what_to_do(message: str) -> None:
    text = render(Message(message), **VALUES).text
    assert "If this wasn't you" in text
    assert IGNORE not in text


def test_an_invitation_names_the_project() -> None:
    assert '"Shop"' in render(Message.INVITATION, **VALUES).text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Shop v2.0, 3.14 and more...", "Shop v2.0, 3.14 and more..."),
        ("see http://evil.example now", "see … now"),
        ("evil.example", "…"),
        ("(www.evil.example)", "…"),
        ("evil\uff0eexample", "…"),
        ("mallory@evil", "…"),
        ("tel:0900", "…"),
        ("192.0.2.1", "…"),
        ("a\\b", "…"),
    ],
)
def test_what_a_mail_client_may_make_a_link_of_is_left_out(text: str, left: str) -> None:
    assert without_links(text) == left


def test_a_value_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        render(Message.WELCOME)


def test_a_message_is_sent_to_its_recipient() -> None:
    transport = FakeEmailTransport()
    Mailer(transport).send("ann@people.example", Message.PASSWORD_CHANGED)
    email = render(Message.PASSWORD_CHANGED)
    assert transport.sent == [SentEmail("ann@people.example", email.subject, email.text)]


def test_a_message_that_cannot_be_sent_is_logged_without_its_recipient(caplog: pytest.LogCaptureFixture) -> None:
    transport = FakeEmailTransport()
    transport.failure = ConnectionError("no route")
    Mailer(transport).send("ann@people.example", Message.PASSWORD_CHANGED)
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert vars(record)["subject"] == "Your Janus password was changed"
    assert "ann@people.example" not in str(vars(record))
