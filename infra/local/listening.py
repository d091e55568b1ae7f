"""Listening sockets, opened in one process and passed to the process that serves them.

A taken port is therefore detected before anything starts, port 0 selects a free one, and an early connection waits
instead of being refused.
"""

import errno
import socket

HOST = "127.0.0.1"


class PortTaken(Exception):
    """Another program is listening on the port."""

    def __init__(self, port: int) -> None:
        super().__init__(f"Port {port} is in use by another program")
        self.port = port


def listen(port: int) -> socket.socket:
    """Return a socket that listens on a port of the loopback interface; 0 selects a free one.

    Raises PortTaken if another program is listening there, and OSError for other failures.
    """
    try:
        return socket.create_server((HOST, port), backlog=128)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(port) from error
        raise


def url(listener: socket.socket) -> str:
    """Return the HTTP URL of a listening socket, such as http://127.0.0.1:8000."""
    host, port = listener.getsockname()[:2]
    return f"http://{host}:{port}"
