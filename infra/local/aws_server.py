"""moto's server, with one lock around DynamoDB's requests.

moto is not thread-safe: without the lock, two conditional writes can succeed at the same time. The server is still
threaded, because with one thread an SQS long poll would block all other requests.
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
POLL_SECONDS: Final = 0.5
# The prefix of X-Amz-Target: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
DYNAMODB_TARGET: Final = "DynamoDB_"


class OneDynamoDBRequestAtATime:
    """WSGI middleware of moto's server that handles requests to DynamoDB one at a time.

    moto is not thread-safe: otherwise two conditional writes could succeed at the same time.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Handle a request; a request to DynamoDB waits until the one before it is done.

        moto has finished its work when the application returns.
        """
        if environ.get("HTTP_X_AMZ_TARGET", "").startswith(DYNAMODB_TARGET):
            with self._lock:
                return self._app(environ, start_response)
        return self._app(environ, start_response)


class QuietRequestHandler(MotoRequestHandler):
    """The HTTP request handler of moto's server, without access log lines, which would flood the terminal."""

    def log(self, *_: object) -> None:
        """Print nothing."""


def print_emailed_links() -> None:
    """Print the links in the emails that moto's SES receives, within half a second, forever; no email is delivered."""
    printed = 0
    while True:
        emails: list[Any] = [
            email
            for accounts in get_backend("ses").values()
            for backend in accounts.values()
            for email in backend.sent_messages
        ]
        for email in emails[printed:]:
            for link in LINK.findall(getattr(email, "body", "")):
                say(f"Email to {', '.join(email.destinations['ToAddresses'])}: {email.subject}\n  {link}")
        printed = len(emails)
        time.sleep(POLL_SECONDS)


def serve(listener: socket.socket) -> None:
    """Serve moto on a listening socket, and print emailed links, until the process ends."""
    host, port = listener.getsockname()[:2]
    app = OneDynamoDBRequestAtATime(DomainDispatcherApplication(create_backend_app))
    threading.Thread(target=print_emailed_links, name="email", daemon=True).start()
    server = make_server(host, port, app, threaded=True, request_handler=QuietRequestHandler, fd=listener.fileno())
    server.serve_forever()


if __name__ == "__main__":
    child.end_with_parent()
    serve(socket.socket(fileno=int(sys.argv[1])))
