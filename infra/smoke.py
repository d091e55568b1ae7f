"""The main job, walked through from outside: `python -m infra.smoke PICTURE…` against a running stack.

Registers, signs in, uploads each picture, waits for its analysis, reads both results, sees its views, deletes it, and
closes the account. A line a step; the first miss is a line on standard error and status 1.
"""

import argparse
import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import requests

from infra.terminal import say

CONTENT_TYPES: Final = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".avif": "image/avif",
}
PNG: Final = b"\x89PNG"
REQUEST_SECONDS: Final = 60
ANALYSIS_SECONDS: Final = 300
POLL_SECONDS: Final = 0.5


class Missed(Exception):
    """A step had another outcome than it should; the text says which and what came instead."""


@dataclass(frozen=True)
class Client:
    """The API as a signed-in user sees it."""

    base_url: str
    session: requests.Session

    def ask(self, expected: HTTPStatus, method: str, path: str, **request: Any) -> requests.Response:
        """Send a request and return its answer. Raises Missed unless the status is the expected one."""
        try:
            answer = self.session.request(method, self.base_url + path, timeout=REQUEST_SECONDS, **request)
        except requests.RequestException as error:
            raise Missed(f"{method} {path}: no answer from {self.base_url}, {type(error).__name__}") from error
        if answer.status_code != expected:
            raise Missed(f"{method} {path}: {answer.status_code} instead of {expected.value}, {answer.text[:300]}")
        return answer


def main() -> int:
    """Walk, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m infra.smoke", description=__doc__)
    parser.add_argument("--base-url", default="http://127.0.0.1:8000")
    parser.add_argument(
        "--mailbox",
        default="smoke-{}@janus.example",
        help="whom to register as; {} becomes a new word",
    )
    parser.add_argument("pictures", nargs="+", type=Path, metavar="PICTURE")
    arguments = parser.parse_args()
    try:
        with requests.Session() as session:
            client = Client(arguments.base_url.rstrip("/"), session)
            password = _sign_in(client, arguments.mailbox)
            for picture in arguments.pictures:
                _walk(client, picture)
            _leave(client, password)
    except (Missed, OSError) as miss:
        sys.stderr.write(f"smoke: {' '.join(str(miss).split())}\n")
        return 1
    say(f"all well with {len(arguments.pictures)} picture{'s' if len(arguments.pictures) > 1 else ''}")
    return 0


def _sign_in(client: Client, mailbox: str) -> str:
    """Register and sign in, and return the password."""
    credentials = {"email": mailbox.format(secrets.token_hex(8)), "password": secrets.token_urlsafe(24)}
    client.ask(HTTPStatus.ACCEPTED, "POST", "/auth/register", json=credentials)
    tokens = client.ask(HTTPStatus.OK, "POST", "/auth/login", json=credentials).json()
    client.session.headers["Authorization"] = f"Bearer {tokens['access_token']}"
    me = client.ask(HTTPStatus.OK, "GET", "/users/me").json()
    say(f"registered and signed in as user {me['id']}")
    return credentials["password"]


def _leave(client: Client, password: str) -> None:
    client.ask(HTTPStatus.NO_CONTENT, "DELETE", "/users/me", json={"password": password})
    client.ask(HTTPStatus.UNAUTHORIZED, "GET", "/users/me")
    say("closed the account, and the token is worth nothing any more")


def _walk(client: Client, picture: Path) -> None:
    say(picture.name)
    image = _upload(client, picture)
    path = f"/images/{image['id']}"
    analyzed = _wait(client, path)
    say(f"  analyzed: {analyzed['summary']}")
    _read_result(client, f"{path}/accessibility", lambda result: f"{len(result['checks'])} checks")
    _read_result(client, f"{path}/tokens", lambda result: f"{len(result)} groups of tokens")
    _see_views(analyzed["views"])
    client.ask(HTTPStatus.NO_CONTENT, "DELETE", path)
    client.ask(HTTPStatus.NOT_FOUND, "GET", path)
    say("  deleted")


def _upload(client: Client, picture: Path) -> dict[str, Any]:
    content = picture.read_bytes()
    content_type = CONTENT_TYPES.get(picture.suffix.lower(), "application/octet-stream")
    wanted = {"name": picture.name, "content_type": content_type, "size": len(content)}
    image: dict[str, Any] = client.ask(HTTPStatus.CREATED, "POST", "/images", json=wanted).json()
    client.ask(HTTPStatus.CONFLICT, "GET", f"/images/{image['id']}/accessibility")
    form = image["upload"]
    stored = requests.post(
        form["url"], data=form["fields"], files={"file": (picture.name, content)}, timeout=REQUEST_SECONDS
    )
    if not stored.ok:
        raise Missed(f"the presigned POST: {stored.status_code}, {stored.text[:300]}")
    say(f"  uploaded {len(content)} bytes as image {image['id']}")
    return image


def _wait(client: Client, path: str) -> dict[str, Any]:
    """Poll the image until it is analyzed."""
    deadline = time.monotonic() + ANALYSIS_SECONDS
    while time.monotonic() < deadline:
        image: dict[str, Any] = client.ask(HTTPStatus.OK, "GET", path).json()
        if image["status"] == "analyzed":
            return image
        if image["status"] == "failed":
            raise Missed(f"{path}: failed, {image['failure']}")
        time.sleep(POLL_SECONDS)
    raise Missed(f"{path}: not analyzed within {ANALYSIS_SECONDS} seconds")


def _read_result(client: Client, path: str, describe: Callable[[dict[str, Any]], str]) -> None:
    answer = client.ask(HTTPStatus.OK, "GET", path)
    client.ask(HTTPStatus.NOT_MODIFIED, "GET", path, headers={"If-None-Match": answer.headers["ETag"]})
    say(f"  {path.rpartition('/')[2]}: {describe(answer.json())}, and 304 when asked again")


def _see_views(views: dict[str, dict[str, str]]) -> None:
    if not views:
        raise Missed("the analyzed image has no views")
    for view, address in views.items():
        shown = requests.get(address["url"], timeout=REQUEST_SECONDS)
        if not shown.content.startswith(PNG):
            raise Missed(f"the view {view}: {shown.status_code}, and no PNG")
    say(f"  views: {', '.join(views)}")


if __name__ == "__main__":
    sys.exit(main())
