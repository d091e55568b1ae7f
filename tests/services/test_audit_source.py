"""What audit events have of an address and a User-Agent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.model.sessions import ClientInfo
from chalicelib.services.audit_source import PROGRAMS, SYSTEMS, AuditSource, source_of

MOZILLA = "Mozilla/5.0"
LIKE = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("ip_address", "network"),
    [
        ("192.0.2.7", "192.0.2.0/24"),
        ("192.0.2.255", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("::ffff:192.0.2.7", "192.0.2.0/24"),
        ("", None),
        ("unknown", None),
    ],
)
def test_an_address_is_cut_to_its_network(ip_address: str, network: str | None) -> None:
    assert source_of(ClientInfo(ip_address, "")) == AuditSource(network, None)


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (f"{MOZILLA} (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"),
        (f"{MOZILLA} (Windows NT 10.0; Win64; x64) {LIKE} Chrome/142.0.0.0 Safari/537.36", "Chrome on Windows"),
        (f"{MOZILLA} (Windows NT 10.0) {LIKE} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge on Windows"),
        (f"{MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) {LIKE} Version/26.0 Safari/605.1.15", "Safari on macOS"),
        (f"{MOZILLA} (iPhone; CPU iPhone OS 19_0 like Mac OS X) {LIKE} CriOS/142.0 Safari/604.1", "Chrome on iOS"),
        (f"{MOZILLA} (Linux; Android 16) {LIKE} Chrome/142.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.14.1", "curl"),
        ("python-requests/2.32.5", "Python"),
        ("", None),
        ("Ada's secret browser <script>", "another program"),
    ],
)
def test_a_user_agent_is_reduced_to_a_program_and_a_system(user_agent: str, device: str | None) -> None:
    assert source_of(ClientInfo("", user_agent)).device == device


@given(st.text(max_size=300), st.text(max_size=50))
def test_nothing_of_what_a_client_writes_is_taken_over(user_agent: str, ip_address: str) -> None:
    programs = {name for _, name in PROGRAMS} | {"another program"}
    device = source_of(ClientInfo(ip_address, user_agent)).device
    assert device is None or set(device.split(" on ")) <= programs | {name for _, name in SYSTEMS}
