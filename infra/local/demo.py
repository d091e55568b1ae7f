"""The demo user, registered through the HTTP API."""

from typing import Final

import requests

EMAIL: Final = "demo@janus.example"
PASSWORD: Final = "look-closely-at-every-pixel"  # noqa: S105 - printed on the terminal, valid in the local stack only
SECONDS: Final = 60


class NoDemoUser(Exception):
    """The demo user of the local stack could not register or sign in."""


def register(api_url: str) -> None:
    """Register the demo user of the local stack and check that it can sign in. Raises NoDemoUser if either fails.

    Raises requests.Timeout if the API does not respond within a minute.
    """
    credentials = {"email": EMAIL, "password": PASSWORD}
    with requests.Session() as session:
        session.trust_env = False  # the API is on this machine, so no proxy applies
        try:
            _expect(202, session.post(f"{api_url}/auth/register", json=credentials, timeout=SECONDS))
            _expect(200, session.post(f"{api_url}/auth/login", json=credentials, timeout=SECONDS))
        except requests.ConnectionError as error:
            raise NoDemoUser("The API did not start; see the error above.") from error


def _expect(status: int, response: requests.Response) -> None:
    if response.status_code != status:
        raise NoDemoUser(f"{response.request.path_url} returned {response.status_code}: {response.text}")
