"""Mails to account holders: what they tell of is done or not, whatever becomes of them."""

import logging

import msgspec

from chalicelib.services.letters import Letter
from chalicelib.storage.mail import Mail

log = logging.getLogger(__name__)


class Post(msgspec.Struct, frozen=True):
    """Sends letters."""

    mail: Mail

    def send(self, address: str, letter: Letter) -> None:
        """Send a letter; one that can't be sent is logged without its address."""
        try:
            self.mail.send(address, letter.subject, letter.text)
        except Exception:  # a mail that fails must fail nothing else
            log.exception("a mail could not be sent", extra={"subject": letter.subject})
