"""How often what may be tried: the limits on whoever isn't signed in.

A stranger can't lock somebody out: tries at one account from one place end after a few, and leave the account most of
its own for other places. Sources: OWASP ASVS 5.0, 6.3.1; NIST SP 800-63B-4, section 3.2.2.
"""

import ipaddress
from datetime import timedelta
from typing import Final

import msgspec

from chalicelib.services.clock import Clock
from chalicelib.storage.counters import Counters, Limit

QUARTER: Final = timedelta(minutes=15)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
SIGN_INS_OF_ACCOUNT_FROM_PLACE: Final = Limit("sign-in-pair", 10, QUARTER)
SIGN_INS_OF_ACCOUNT: Final = Limit("sign-in-account", 60, QUARTER)
SIGN_INS_FROM_PLACE: Final = Limit("sign-in-address", 200, QUARTER)
MAILS_TO_ADDRESS: Final = Limit("mail-recipient", 5, HOUR)
MAILS_FROM_PLACE: Final = Limit("mail-address", 200, HOUR)
GUESSES_FROM_PLACE: Final = Limit("mailed-secret", 60, QUARTER)
CODES_OF_ACCOUNT: Final = Limit("second-factor", 10, HOUR)  # of which three in a million are good: one in 1,400 a day
ARCHIVES_OF_USER: Final = Limit("archive", 5, DAY)
IPV6_PREFIX: Final = 64  # bits: the smallest network that is given to one customer (RFC 6177)


class Throttle(msgspec.Struct, frozen=True):
    """Counts what strangers try; each method raises OverLimit. address is the IP address that a request came from."""

    counters: Counters
    clock: Clock

    def sign_in(self, email: str, address: str) -> None:
        """Count a try at an account's password."""
        from_place = place(address)
        tries = [
            (SIGN_INS_OF_ACCOUNT_FROM_PLACE, f"{email}\n{from_place}"),
            (SIGN_INS_FROM_PLACE, from_place),
            (SIGN_INS_OF_ACCOUNT, email),
        ]
        self.counters.count(tries, self.clock())

    def mail(self, email: str, address: str) -> None:
        """Count a mail that a stranger has us send."""
        self.counters.count([(MAILS_TO_ADDRESS, email), (MAILS_FROM_PLACE, place(address))], self.clock())

    def change_email(self, email: str, new: str, address: str) -> None:
        """Count a try at an account's password that has us send mail to another address."""
        from_place = place(address)
        tries = [
            (SIGN_INS_OF_ACCOUNT_FROM_PLACE, f"{email}\n{from_place}"),
            (MAILS_TO_ADDRESS, new),
            (MAILS_FROM_PLACE, from_place),
        ]
        self.counters.count(tries, self.clock())

    def guess(self, address: str) -> None:
        """Count a secret that is presented as one that was mailed."""
        self.counters.count([(GUESSES_FROM_PLACE, place(address))], self.clock())

    def archive(self, user_id: str) -> None:
        """Count an archive of all that belongs to a user."""
        self.counters.count([(ARCHIVES_OF_USER, user_id)], self.clock())

    def code(self, user_id: str) -> None:
        """Count a code of an account's second factor, which only who knows its password can try."""
        self.counters.count([(CODES_OF_ACCOUNT, user_id)], self.clock())


def place(address: str) -> str:
    """Return what an IP address is counted as: itself, or the network of an address of version 6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 6 and parsed.ipv4_mapped is None:  # noqa: PLR2004 - that is its name
        return str(ipaddress.ip_network((parsed, IPV6_PREFIX), strict=False))
    return str(parsed)
