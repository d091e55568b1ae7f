"""Smoke test of a running stack over HTTP: `python -m infra.smoke IMAGE…`, with the functions' environment.

It registers an address whose mail nobody reads, confirms it with the operator's AWS credentials, signs in, uploads each
image, waits for its analysis, reads both results and the views, deletes the image, and finally, also after a failure,
deletes the account. It prints one line per step. The first failure is printed to standard error; the exit code is then
1.
"""

import argparse
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import requests

from chalicelib.config import ConfigurationError, Settings
from chalicelib.wiring import Services
from infra.confirm import NoSuchUser, confirmed_user
from infra.terminal import say

CONTENT_TYPES: Final = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".jfif": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".avif": "image/avif",
}
PNG: Final = b"\x89PNG"
REQUEST_SECONDS: Final = 60
ANALYSIS_SECONDS: Final = 300
POLL_SECONDS: Final = 0.5


class StepFailed(Exception):
    """A step did not have the expected outcome; the message says which step, and what happened instead."""


@dataclass(frozen=True)
class Client:
    """An HTTP client of the API under test, signed in once the headers of its session contain an access token."""

    base_url: str
    session: requests.Session

    def send(self, expected: HTTPStatus, method: str, path: str, **request: Any) -> requests.Response:
        """Send a request to a path of the API and return the response.

        Raises StepFailed if it has another status than expected, or if there is no response.
        """
        try:
            response = self.session.request(method, self.base_url + path, timeout=REQUEST_SECONDS, **request)
        except requests.RequestException as error:
            raise StepFailed(f"{method} {path}: no response from {self.base_url}, {type(error).__name__}") from error
        if response.status_code != expected:
            raise StepFailed(
                f"{method} {path}: {response.status_code} instead of {expected.value}, {response.text[:300]}"
            )
        return response


def main() -> int:
    """Run the smoke test against a running stack, and return the exit code.

    It creates an account, has each image of the command line analyzed, and deletes the images and the account. The code
    is 0, or 1 after the first failed step, which is printed.
    """
    parser = argparse.ArgumentParser(prog="python -m infra.smoke", description=__doc__)
    parser.add_argument("--base-url", default="http://127.0.0.1:8000")
    parser.add_argument(
        "--email",
        default="smoke-{}@janus.example",
        help="email address to register with; {} is replaced by a random word",
    )
    parser.add_argument("images", nargs="+", type=Path, metavar="IMAGE")
    arguments = parser.parse_args()
    try:
        settings = Settings.from_environment()
        with requests.Session() as session:
            client = Client(arguments.base_url.rstrip("/"), session)
            with _account(client, Services(lambda: settings), arguments.email):
                for file in arguments.images:
                    _analyze(client, file)
    except (StepFailed, ConfigurationError, OSError) as failure:
        sys.stderr.write(f"smoke: {' '.join(str(failure).split())}\n")
        return 1
    say(f"Smoke test passed, images analyzed: {len(arguments.images)}")
    return 0


@contextmanager
def _account(client: Client, services: Services, email: str) -> Iterator[None]:
    """Register, confirm and sign in for the block, and delete the account after it. Raises StepFailed."""
    credentials = {"email": email.format(secrets.token_hex(8)), "password": secrets.token_urlsafe(24)}
    client.send(HTTPStatus.ACCEPTED, "POST", "/auth/register", json=credentials)
    client.send(HTTPStatus.UNAUTHORIZED, "POST", "/auth/login", json=credentials)
    try:
        confirmed_user(services, credentials["email"])
    except NoSuchUser as error:
        raise StepFailed("the registered user was not found") from error
    tokens = client.send(HTTPStatus.OK, "POST", "/auth/login", json=credentials).json()
    client.session.headers["Authorization"] = f"Bearer {tokens['access_token']}"
    me = client.send(HTTPStatus.OK, "GET", "/users/me").json()
    say(f"registered, confirmed and signed in as user {me['id']}")
    try:
        yield
    finally:
        password = {"password": credentials["password"]}
        client.send(HTTPStatus.NO_CONTENT, "DELETE", "/users/me", json=password)
    client.send(HTTPStatus.UNAUTHORIZED, "GET", "/users/me")
    say("deleted the account; its access token is rejected")


def _analyze(client: Client, file: Path) -> None:
    say(file.name)
    image = _upload(client, file)
    path = f"/images/{image['id']}"
    analyzed = _wait(client, path)
    say(f"  analyzed: {analyzed['summary']}")
    _read_result(client, f"{path}/accessibility", lambda result: f"{len(result['checks'])} checks")
    _read_result(client, f"{path}/tokens", lambda result: f"{len(result)} groups of tokens")
    _check_views(analyzed["views"])
    client.send(HTTPStatus.NO_CONTENT, "DELETE", path)
    client.send(HTTPStatus.NOT_FOUND, "GET", path)
    say("  deleted")


def _upload(client: Client, file: Path) -> dict[str, Any]:
    content = file.read_bytes()
    content_type = CONTENT_TYPES.get(file.suffix.lower(), "application/octet-stream")
    upload = {"name": file.name, "content_type": content_type, "size": len(content)}
    image: dict[str, Any] = client.send(HTTPStatus.CREATED, "POST", "/images", json=upload).json()
    client.send(HTTPStatus.CONFLICT, "GET", f"/images/{image['id']}/accessibility")
    form = image["upload"]
    stored = requests.post(
        form["url"], data=form["fields"], files={"file": (file.name, content)}, timeout=REQUEST_SECONDS
    )
    if not stored.ok:
        raise StepFailed(f"presigned POST: {stored.status_code}, {stored.text[:300]}")
    say(f"  uploaded {len(content)} bytes as image {image['id']}")
    return image


def _wait(client: Client, path: str) -> dict[str, Any]:
    """Poll the image until it is analyzed. Raises StepFailed."""
    deadline = time.monotonic() + ANALYSIS_SECONDS
    while time.monotonic() < deadline:
        image: dict[str, Any] = client.send(HTTPStatus.OK, "GET", path).json()
        if image["status"] == "analyzed":
            return image
        if image["status"] == "failed":
            raise StepFailed(f"{path}: failed, {image['failure']}")
        time.sleep(POLL_SECONDS)
    raise StepFailed(f"{path}: not analyzed within {ANALYSIS_SECONDS} seconds")


def _read_result(client: Client, path: str, describe: Callable[[dict[str, Any]], str]) -> None:
    response = client.send(HTTPStatus.OK, "GET", path)
    client.send(HTTPStatus.NOT_MODIFIED, "GET", path, headers={"If-None-Match": response.headers["ETag"]})
    say(f"  {path.rpartition('/')[2]}: {describe(response.json())}; 304 with its ETag")


def _check_views(views: dict[str, dict[str, str]]) -> None:
    if not views:
        raise StepFailed("the analyzed image has no views")
    for view, signed in views.items():
        response = requests.get(signed["url"], timeout=REQUEST_SECONDS)
        if not response.content.startswith(PNG):
            raise StepFailed(f"view {view}: {response.status_code}, not a PNG file")
    say(f"  views: {', '.join(views)}")


if __name__ == "__main__":
    sys.exit(main())
