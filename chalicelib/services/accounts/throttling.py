"""Throttling: rate limits on unauthenticated attempts and on expensive requests.

A stranger cannot lock a user out. A client has a share of an account's limit by its network, which leaves the rest to
others. A device that signed in before has a share of its own (OWASP, "Slow Down Online Guessing Attacks with Device
Cookies"), and so has a session whose user enters the password again. Sources: OWASP ASVS 5.0, 6.3.1; NIST SP 800-63B-4,
section 3.2.2; RFC 6177 for the networks of IPv6.
"""

import ipaddress
from copy import replace
from datetime import timedelta
from typing import Final

import msgspec

from chalicelib.model.attempts import Attempt, Count
from chalicelib.model.clock import Clock
from chalicelib.model.emails import mailbox_of
from chalicelib.model.errors import RateLimit, RateLimitExceeded
from chalicelib.model.ip_addresses import read_ip_address
from chalicelib.storage.tables.counters import CountersTable

QUARTER_OF_AN_HOUR: Final = timedelta(minutes=15)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
SIGN_INS_PER_ACCOUNT_AND_IP: Final = RateLimit("sign-in-account-ip", 10, QUARTER_OF_AN_HOUR)
SIGN_INS_PER_ACCOUNT: Final = RateLimit("sign-in-account", 60, QUARTER_OF_AN_HOUR)
SIGN_INS_PER_IP: Final = RateLimit("sign-in-ip", 200, QUARTER_OF_AN_HOUR)
SIGN_INS_PER_DEVICE: Final = RateLimit("sign-in-device", 10, QUARTER_OF_AN_HOUR)
SIGN_INS_OF_DEVICES: Final = RateLimit("sign-in-devices", 60, QUARTER_OF_AN_HOUR)  # of an account
PASSWORDS_PER_USER: Final = RateLimit("password", 10, QUARTER_OF_AN_HOUR)
EMAILS_PER_MAILBOX_AND_IP: Final = RateLimit("email-mailbox-ip", 5, HOUR)
EMAILS_PER_MAILBOX: Final = RateLimit("email-mailbox", 20, HOUR)
EMAILS_PER_IP: Final = RateLimit("email-ip", 200, HOUR)
RESETS_PER_MAILBOX_AND_IP: Final = RateLimit("reset-mailbox-ip", 5, HOUR)
# More than those of one place. Its window is shorter than a link is valid: an owner beyond it has a valid link.
RESETS_PER_ADDRESS: Final = RateLimit("reset-address", 6, QUARTER_OF_AN_HOUR)
RESETS_PER_MAILBOX: Final = RateLimit("reset-mailbox", 6, QUARTER_OF_AN_HOUR)  # to its plus addresses
RESETS_PER_DEVICE: Final = RateLimit("reset-device", 5, HOUR)
RESETS_OF_DEVICES: Final = RateLimit("reset-devices", 20, HOUR)  # of an account
EMAIL_TOKENS_PER_IP: Final = RateLimit("email-token", 60, QUARTER_OF_AN_HOUR)
# Three codes in a million are valid at a time: a chance of 1 in 1,400 per day of guessing one.
CODES_PER_ACCOUNT: Final = RateLimit("second-factor", 10, HOUR)
DATA_EXPORTS_PER_USER: Final = RateLimit("data-export", 5, DAY)
CUSTOMER_BITS: Final = 56  # of an IPv6 address: the network of a home, which may take any address in it
PLACE_BITS: Final = 48  # the network of a company, or of 256 homes
PLACE_FACTOR: Final = 5  # the limits of an IPv6 place, in relation to those of an IPv4 address


class Throttle(msgspec.Struct, frozen=True):
    """Counts attempts against rate limits; each method raises RateLimitExceeded if one of its limits is reached.

    Limits apply to fixed windows of 15 minutes, an hour or a day. An attempt that exceeds a limit is not counted.
    """

    counters: CountersTable
    clock: Clock

    def sign_in(self, email: str, ip_address: str, device: str | None = None) -> Attempt:
        """Count an attempt to sign in: per account and customer network, per place, and per account.

        That of a device that signed in to the account before is only counted per device, and for all such devices of
        the account, until these have reached their limit: somebody who knew the password may have many of them. Return
        the attempt with the counts that a success takes back: those of failures.
        """
        if device is not None:
            attempt = self._count_of_device((SIGN_INS_PER_DEVICE, device), (SIGN_INS_OF_DEVICES, email))
            if attempt is not None:
                return attempt
        of_account = [
            (SIGN_INS_PER_ACCOUNT_AND_IP, f"{email}\n{customer_of(ip_address)}"),
            (SIGN_INS_PER_ACCOUNT, email),
        ]
        return self._count([*of_account, _at_place(SIGN_INS_PER_IP, ip_address)], of_account)

    def password(self, user_id: str) -> None:
        """Count an attempt of somebody who is signed in to enter the account's password, per user."""
        self._count([(PASSWORDS_PER_USER, user_id)])

    def email(self, email: str, ip_address: str) -> Attempt:
        """Count an email to an address of the client's choice: per mailbox and network, per mailbox, and per place.

        Return the attempt with the counts to take back if no email is sent: those of the mailbox.
        """
        of_mailbox = _of_mailbox(email, ip_address)
        return self._count([*of_mailbox, _at_place(EMAILS_PER_IP, ip_address)], of_mailbox)

    def reset(self, email: str, ip_address: str, device: str | None) -> bool:
        """Count an email with a link that resets a password; return False if no further one is needed.

        This is the case if so many were sent to the address in this quarter of an hour that its owner has a valid one.
        It is counted per mailbox and customer network, per place, and per address; the plus addresses of a mailbox
        count together. That of a device that signed in to the account before is counted as by `sign_in`.
        """
        if device is not None and self._count_of_device((RESETS_PER_DEVICE, device), (RESETS_OF_DEVICES, email)):
            return True
        mailbox = mailbox_of(email)
        counts: list[Count] = [
            (RESETS_PER_MAILBOX_AND_IP, f"{mailbox}\n{customer_of(ip_address)}"),
            _at_place(EMAILS_PER_IP, ip_address),
            (RESETS_PER_ADDRESS, email),
        ]
        if mailbox != email:  # with a tag, which anybody can invent, so that those without one are counted separately
            counts.append((RESETS_PER_MAILBOX, mailbox))
        try:
            self._count(counts)
        except RateLimitExceeded as error:
            if error.limit != RESETS_PER_ADDRESS:
                raise
            return False
        return True

    def change_email(self, user_id: str, new_email: str, ip_address: str) -> None:
        """Count an attempt of somebody who is signed in to enter the password, which sends an email to new_email."""
        of_mailbox = _of_mailbox(new_email, ip_address)
        self._count([(PASSWORDS_PER_USER, user_id), *of_mailbox, _at_place(EMAILS_PER_IP, ip_address)])

    def email_token(self, ip_address: str) -> None:
        """Count the presentation of an email token, per place."""
        self._count([_at_place(EMAIL_TOKENS_PER_IP, ip_address)])

    def data_export(self, user_id: str) -> None:
        """Count a request for a data export, per user."""
        self._count([(DATA_EXPORTS_PER_USER, user_id)])

    def code(self, user_id: str) -> Attempt:
        """Count an attempt to enter a code of an account's second factor, per user.

        Return the attempt, which is taken back if the code signs in.
        """
        count = (CODES_PER_ACCOUNT, user_id)
        return self._count([count], [count])

    def take_back(self, attempt: Attempt) -> None:
        """Take back the counts of an attempt that was no failure."""
        self.counters.take_back(attempt)

    def _count_of_device(self, of_device: Count, of_devices: Count) -> Attempt | None:
        """Count an attempt of a known device; return None if all known devices together have reached their limit."""
        try:
            return self._count([of_device, of_devices], [of_device])
        except RateLimitExceeded as error:
            if error.limit != of_devices[0]:
                raise
            return None

    def _count(self, counts: list[Count], of_failures: list[Count] | None = None) -> Attempt:
        attempt = Attempt(of_failures or (), self.clock())
        self.counters.count(counts, attempt.at)
        return attempt


def customer_of(ip_address: str) -> str:
    """Return the network of the customer who has an IP address: an IPv4 address itself, a /56 of IPv6.

    A text that is not an IP address is returned unchanged.
    """
    address = read_ip_address(ip_address)
    return ip_address if address is None else _network(address, CUSTOMER_BITS)


def _at_place(limit: RateLimit, ip_address: str) -> Count:
    """Return the count for the place of an IP address: an IPv4 address itself, a /48 of IPv6 with a higher limit."""
    address = read_ip_address(ip_address)
    if address is None:
        return limit, ip_address
    if isinstance(address, ipaddress.IPv6Address):
        limit = replace(limit, max_count=limit.max_count * PLACE_FACTOR)
    return limit, _network(address, PLACE_BITS)


def _of_mailbox(email: str, ip_address: str) -> list[Count]:
    mailbox = mailbox_of(email)
    return [(EMAILS_PER_MAILBOX_AND_IP, f"{mailbox}\n{customer_of(ip_address)}"), (EMAILS_PER_MAILBOX, mailbox)]


def _network(address: ipaddress.IPv4Address | ipaddress.IPv6Address, bits: int) -> str:
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.IPv6Network((int(address), bits), strict=False))
