"""moto's server, with one lock around DynamoDB's requests.

moto is not atomic under threads: without the lock a conditional write has two winners now and then. The server stays
threaded, because with one thread an SQS long poll would hold up everything else.
"""

import re
import socket
import sys
import threading
import time
from collections.abc import Iterable
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from moto.backends import get_backend
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server

from infra.local import child
from infra.terminal import say

LINK: Final = re.compile(r"^https?://\S+$", re.MULTILINE)
SECONDS_BETWEEN_LOOKS: Final = 0.5
# How X-Amz-Target starts: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
DYNAMODB_TARGET: Final = "DynamoDB_"


class OneDynamoDBRequestAtATime:
    """WSGI middleware: a lock around the requests whose target is DynamoDB."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request; moto has done all its work by the time that the application returns."""
        if environ.get("HTTP_X_AMZ_TARGET", "").startswith(DYNAMODB_TARGET):
            with self._lock:
                return self._app(environ, start_response)
        return self._app(environ, start_response)


class QuietRequestHandler(MotoRequestHandler):
    """Without a line a request, which would drown the terminal."""

    def log(self, *_: object) -> None:
        """Say nothing."""


def print_emailed_links() -> None:
    """Print each link of an email, because the local stack has no mailboxes."""
    said = 0
    while True:
        mails: list[Any] = [
            mail
            for accounts in get_backend("ses").values()
            for backend in accounts.values()
            for mail in backend.sent_messages
        ]
        for mail in mails[said:]:
            for link in LINK.findall(getattr(mail, "body", "")):
                say(f"Mail to {', '.join(mail.destinations['ToAddresses'])}: {mail.subject}\n  {link}")
        said = len(mails)
        time.sleep(SECONDS_BETWEEN_LOOKS)


def serve(listener: socket.socket) -> None:
    """Serve a listening socket until the process ends."""
    host, port = listener.getsockname()[:2]
    app = OneDynamoDBRequestAtATime(DomainDispatcherApplication(create_backend_app))
    threading.Thread(target=print_emailed_links, name="mail", daemon=True).start()
    server = make_server(host, port, app, threaded=True, request_handler=QuietRequestHandler, fd=listener.fileno())
    server.serve_forever()


if __name__ == "__main__":
    child.end_with_parent()
    serve(socket.socket(fileno=int(sys.argv[1])))
