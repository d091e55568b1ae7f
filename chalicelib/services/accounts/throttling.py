"""Throttling: rate limits on unauthenticated attempts and on expensive requests.

An attacker cannot lock a user out: the limit per account and network is reached first, which leaves most of the
account's limit to other networks. Sources: OWASP ASVS 5.0, 6.3.1; NIST SP 800-63B-4, section 3.2.2.
"""

import ipaddress
from datetime import timedelta
from typing import Final

import msgspec

from chalicelib.model.clock import Clock
from chalicelib.model.errors import RateLimit
from chalicelib.storage.tables.counters import CountersTable

QUARTER_OF_AN_HOUR: Final = timedelta(minutes=15)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
SIGN_INS_PER_ACCOUNT_AND_IP: Final = RateLimit("sign-in-account-ip", 10, QUARTER_OF_AN_HOUR)
SIGN_INS_PER_ACCOUNT: Final = RateLimit("sign-in-account", 60, QUARTER_OF_AN_HOUR)
SIGN_INS_PER_IP: Final = RateLimit("sign-in-ip", 200, QUARTER_OF_AN_HOUR)
EMAILS_PER_RECIPIENT: Final = RateLimit("email-recipient", 5, HOUR)
EMAILS_PER_IP: Final = RateLimit("email-ip", 200, HOUR)
EMAIL_TOKENS_PER_IP: Final = RateLimit("email-token", 60, QUARTER_OF_AN_HOUR)
# Three codes in a million are valid at a time: a chance of 1 in 1,400 per day of guessing one.
CODES_PER_ACCOUNT: Final = RateLimit("second-factor", 10, HOUR)
DATA_EXPORTS_PER_USER: Final = RateLimit("data-export", 5, DAY)
IPV6_PREFIX: Final = 64  # bits: the smallest network that is assigned to one customer (RFC 6177)


class Throttle(msgspec.Struct, frozen=True):
    """Counts attempts against rate limits; each method raises RateLimitExceeded if one of its limits is reached.

    Limits apply to fixed windows of 15 minutes, an hour or a day. An attempt that exceeds a limit is not counted. IP
    addresses are counted by `network_of`.
    """

    counters: CountersTable
    clock: Clock

    def sign_in(self, email: str, ip_address: str) -> None:
        """Count an attempt to enter an account's password: per account and network, per network, and per account."""
        network = network_of(ip_address)
        attempts = [
            (SIGN_INS_PER_ACCOUNT_AND_IP, f"{email}\n{network}"),
            (SIGN_INS_PER_IP, network),
            (SIGN_INS_PER_ACCOUNT, email),
        ]
        self.counters.count(attempts, self.clock())

    def email(self, email: str, ip_address: str) -> None:
        """Count an email that a client has sent to an address of its choice, per recipient and per network."""
        self.counters.count([(EMAILS_PER_RECIPIENT, email), (EMAILS_PER_IP, network_of(ip_address))], self.clock())

    def change_email(self, email: str, new_email: str, ip_address: str) -> None:
        """Count an attempt to enter the password of the account `email` that sends an email to new_email.

        It is counted per account and network, per recipient, and per network.
        """
        network = network_of(ip_address)
        attempts = [
            (SIGN_INS_PER_ACCOUNT_AND_IP, f"{email}\n{network}"),
            (EMAILS_PER_RECIPIENT, new_email),
            (EMAILS_PER_IP, network),
        ]
        self.counters.count(attempts, self.clock())

    def email_token(self, ip_address: str) -> None:
        """Count the presentation of an email token, per network."""
        self.counters.count([(EMAIL_TOKENS_PER_IP, network_of(ip_address))], self.clock())

    def data_export(self, user_id: str) -> None:
        """Count a request for a data export, per user."""
        self.counters.count([(DATA_EXPORTS_PER_USER, user_id)], self.clock())

    def code(self, user_id: str) -> None:
        """Count an attempt to enter a code of an account's second factor, per user."""
        self.counters.count([(CODES_PER_ACCOUNT, user_id)], self.clock())


def network_of(ip_address: str) -> str:
    """Return the network for which attempts of an IP address are counted.

    It is an IPv4 address itself, or the /64 prefix of an IPv6 address, as text. A text that is not an IP address is
    returned unchanged.
    """
    try:
        parsed = ipaddress.ip_address(ip_address)
    except ValueError:
        return ip_address
    if parsed.version == 6 and parsed.ipv4_mapped is None:  # noqa: PLR2004 - the version of IP
        return str(ipaddress.ip_network((parsed, IPV6_PREFIX), strict=False))
    return str(parsed)
