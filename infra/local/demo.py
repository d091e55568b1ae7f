"""The demo user, registered through the HTTP API and confirmed by the operator's command."""

import subprocess
import sys
from collections.abc import Mapping
from typing import Final

import requests

from infra import PROJECT

EMAIL: Final = "demo@janus.example"
PASSWORD: Final = "look-closely-at-every-pixel"  # noqa: S105 - printed on the terminal, valid in the local stack only
SECONDS: Final = 60


class NoDemoUser(Exception):
    """The demo user of the local stack could not register or sign in."""


def register(api_url: str, environment: Mapping[str, str]) -> None:
    """Register the demo user of the local stack, confirm it, and check that it can sign in. Raises NoDemoUser.

    Raises requests.Timeout if the API does not respond within a minute.
    """
    credentials = {"email": EMAIL, "password": PASSWORD}
    with requests.Session() as session:
        session.trust_env = False  # the API is on this machine, so no proxy applies
        try:
            _expect(202, session.post(f"{api_url}/auth/register", json=credentials, timeout=SECONDS))
            _confirm(environment)
            _expect(200, session.post(f"{api_url}/auth/login", json=credentials, timeout=SECONDS))
        except requests.ConnectionError as error:
            raise NoDemoUser("The API did not start; see the error above.") from error


def _confirm(environment: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", "infra.confirm", EMAIL]
    ended = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own module
    if ended.returncode:
        raise NoDemoUser(f"The demo user could not be confirmed: {ended.stderr}")


def _expect(status: int, response: requests.Response) -> None:
    if response.status_code != status:
        raise NoDemoUser(f"{response.request.path_url} returned {response.status_code}: {response.text}")
