"""Listening sockets, opened here and handed to the process that serves them.

So a taken port is known before anything starts, port 0 gives any free one, and whoever connects
early waits instead of being refused.
"""

import errno
import socket

HOST = "127.0.0.1"


class PortTaken(Exception):
    """Another program listens on the port."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} is taken by another program")
        self.port = port


def listen(port: int) -> socket.socket:
    """Listen on a port of this machine only; 0 is any free one. Raises PortTaken."""
    try:
        return socket.create_server((HOST, port), backlog=128)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(port) from error
        raise


def url(listener: socket.socket) -> str:
    """Return the http address of what will serve a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"http://{host}:{port}"
