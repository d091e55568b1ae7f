"""The emails that moto's SES was given, and the accounts that people create by their links."""

import re
from typing import Any

from moto.backends import get_backend

from chalicelib.model.ids import new_id
from tests.conftest import PASSWORD, REGION, Api


def mails_to(address: str) -> list[Any]:
    sent: list[Any] = get_backend("ses")["123456789012"][REGION].sent_messages
    return [mail for mail in sent if mail.destinations["ToAddresses"] == [address]]


def subjects_to(address: str) -> list[str]:
    return [mail.subject for mail in mails_to(address)]


def token_to(address: str, purpose: str) -> str:
    """Return the token of the last link for a purpose that an address received."""
    link = re.compile(rf"^https://janus\.example/#{purpose}=(\S+)$", re.MULTILINE)
    return next(str(found[1]) for mail in mails_to(address)[::-1] if (found := link.search(mail.body)))


def new_address() -> str:
    return f"{new_id()}@people.example"


def register(api: Api, address: str, password: str = PASSWORD) -> Api:
    """Create an account as people do, with the link in the email, and return a client that is signed in."""
    credentials = {"email": address, "password": password}
    assert api("POST", "/auth/register", credentials).status == 202
    confirmed = api("POST", "/auth/email/verify", {"token": token_to(address, "verify"), "password": password})
    assert confirmed.status == 200, confirmed.text
    return Api(api.gateway, confirmed.json["access_token"])
