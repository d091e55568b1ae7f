"""Emails to account holders: one text file per message. A failure to send does not affect the request."""

import logging
import re
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Template
from typing import Final

import msgspec

from chalicelib.storage.email import EmailTransport

FOLDER: Final = Path(__file__).with_name("messages")
SUBJECT: Final = "Subject: "
# A word with a colon, slash or at sign, a dot before a letter, as in a host's name, or an IPv4 address.
LINK_LIKE: Final = re.compile(r"\S*(?:[:/\\@]|[.\u3002\uff0e\uff61](?=[^\W\d_])|\d+(?:\.\d+){3})\S*")

log = logging.getLogger(__name__)


class Message(StrEnum):
    """An email message that Janus sends; its value is the name of the file with its text, without the extension."""

    WELCOME = "welcome"
    WELCOME_INVITED = "welcome_invited"
    VERIFY_EMAIL = "verify_email"
    CONFIRM_NEW_EMAIL = "confirm_new_email"
    CONFIRM_EMAIL_CHANGE = "confirm_email_change"
    EMAIL_CHANGED = "email_changed"
    INVITATION = "invitation"
    ALREADY_REGISTERED = "already_registered"
    RESET_PASSWORD = "reset_password"
    NO_ACCOUNT = "no_account"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_CHANGED_AND_KEYS_REVOKED = "password_changed_and_keys_revoked"
    SECOND_FACTOR_ADDED = "second_factor_added"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    API_KEY_CREATED = "api_key_created"
    API_KEY_REVOKED = "api_key_revoked"
    SESSIONS_ENDED = "sessions_ended"
    DATA_EXPORT_REQUESTED = "data_export_requested"
    ACCOUNT_DELETED = "account_deleted"


class Email(msgspec.Struct, frozen=True):
    """An email's subject and text."""

    subject: str
    text: str


def render(message: Message, **values: str) -> Email:
    """Return the email of a message, with the placeholders of its text replaced by values.

    Raises KeyError if a value is missing.
    """
    subject, text = _read(message)
    return Email(subject, Template(text).substitute(values))


@cache
def _read(message: Message) -> tuple[str, str]:
    """Return the subject and the text of a message: its first line, and everything after the first blank line."""
    subject, _, text = (FOLDER / f"{message}.txt").read_text("utf-8").partition("\n\n")
    return subject.removeprefix(SUBJECT), text


class Mailer(msgspec.Struct, frozen=True):
    """Sends messages by email, to account holders and to addresses without an account, such as invited ones."""

    transport: EmailTransport

    def send(self, recipient: str, message: Message, **values: str) -> bool:
        """Render a message with values and send it to an email address; return whether it was sent.

        A failure to send is logged without the address, and not raised. Raises KeyError if a value is missing.
        """
        email = render(message, **values)
        try:
            self.transport.send(recipient, email.subject, email.text)
        except Exception:  # the action that the message reports is done, whether or not the email is sent
            log.exception("an email could not be sent", extra={"subject": email.subject})
            return False
        return True


def without_links(text: str) -> str:
    """Return a user's text with each word that an email client may turn into a link replaced by an ellipsis."""
    return LINK_LIKE.sub("…", text)
