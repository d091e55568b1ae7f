"""The demo user, registered and signed in through the HTTP API like anybody."""

from typing import Final

import requests

EMAIL: Final = "demo@janus.example"
PASSWORD: Final = "look-closely-at-every-pixel"  # noqa: S105 - printed on the terminal, and good for nothing else
SECONDS: Final = 60


class NoDemoUser(Exception):
    """The API didn't register the demo user, or didn't sign it in."""


def register(api_url: str) -> None:
    """Create the demo user. Raises NoDemoUser."""
    credentials = {"email": EMAIL, "password": PASSWORD}
    with requests.Session() as session:
        session.trust_env = False  # the API is on this machine, whatever proxy is configured
        try:
            _expect(202, session.post(f"{api_url}/auth/register", json=credentials, timeout=SECONDS))
            _expect(200, session.post(f"{api_url}/auth/login", json=credentials, timeout=SECONDS))
        except requests.ConnectionError as error:
            raise NoDemoUser("the API didn't start; its reason stands above") from error


def _expect(status: int, response: requests.Response) -> None:
    if response.status_code != status:
        raise NoDemoUser(f"{response.request.path_url} answered {response.status_code}: {response.text}")
