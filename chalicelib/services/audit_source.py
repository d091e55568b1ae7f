"""The source of a request in audit events: enough to recognize a place and a device, and no more.

The address is cut to its network, /24 of IPv4 and /48 of IPv6, which is a provider's neighborhood or a site, and not a
household's line. The User-Agent is reduced to a browser or tool and a system, each from a list.
"""

import ipaddress
from typing import Final

import msgspec

from chalicelib.model.ip_addresses import read_ip_address
from chalicelib.model.sessions import ClientInfo

IPV4_PREFIX: Final = 24  # bits
IPV6_PREFIX: Final = 48  # of a site (RFC 6177)
PROGRAMS: Final = (  # by what their User-Agent contains; several name others after themselves
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("Wget/", "Wget"),
    ("ython", "Python"),
    ("node", "Node.js"),
    ("undici", "Node.js"),
    ("axios", "Node.js"),
    ("Go-http-client", "Go"),
    ("okhttp", "Java"),
    ("Java", "Java"),
    ("Postman", "Postman"),
)
SYSTEMS: Final = (
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
UNKNOWN_PROGRAM: Final = "another program"


class AuditSource(msgspec.Struct, frozen=True):
    """The network and the kind of device that a request came from; None if unknown."""

    network: str | None
    device: str | None


NO_SOURCE: Final = AuditSource(None, None)


def source_of(client: ClientInfo) -> AuditSource:
    """Return the source of a client's requests."""
    return AuditSource(_network(client.ip_address), _device(client.device))


def _network(ip_address: str) -> str | None:
    address = read_ip_address(ip_address)
    if address is None:
        return None
    prefix = IPV4_PREFIX if isinstance(address, ipaddress.IPv4Address) else IPV6_PREFIX
    return str(ipaddress.ip_network((address.packed, prefix), strict=False))


def _device(user_agent: str) -> str | None:
    if not user_agent:
        return None
    program = next((name for part, name in PROGRAMS if part in user_agent), UNKNOWN_PROGRAM)
    system = next((name for part, name in SYSTEMS if part in user_agent), None)
    return program if system is None else f"{program} on {system}"
