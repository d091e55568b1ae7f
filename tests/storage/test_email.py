from collections.abc import Mapping

from moto.backends import get_backend

from chalicelib.storage.email import EmailTransport
from tests.conftest import MAIL_FROM, REGION


def test_an_email_is_plain_text_to_one_person(deployment: Mapping[str, str]) -> None:
    EmailTransport(MAIL_FROM, REGION).send("ann@people.example", "Grüße", "Hello Ann\n")
    (sent,) = get_backend("ses")["123456789012"][REGION].sent_messages
    assert (sent.source, sent.subject, sent.body) == (MAIL_FROM, "Grüße", "Hello Ann\n")
    assert sent.destinations == {"ToAddresses": ["ann@people.example"]}
