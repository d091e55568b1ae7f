"""A Lambda function in the local stack: a worker process that stays warm, is killed at its timeout, and may crash."""

import json
import os
import socket
import subprocess
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Final

from infra.local import child

SECONDS_TO_INITIALIZE: Final = 60.0  # Lambda allows 10; a busy machine may need longer


class InvocationFailed(Exception):
    """A function in the local stack raised, crashed, timed out or could not start; the message says which."""


@dataclass(frozen=True)
class _Worker:
    child: child.Child
    connection: Connection

    def kill(self) -> None:
        self.child.process.kill()
        self.child.stop()
        self.connection.close()


class Function:
    """A Lambda function in the local stack, by its handler string, such as "app.analyze_uploads".

    timeout is the maximum duration of an invocation in seconds. The worker process starts with the first event and also
    handles later ones, like Lambda's execution environments.
    """

    def __init__(self, handler: str, timeout: float) -> None:
        self.handler = handler
        self._timeout = timeout
        self._worker: _Worker | None = None

    def invoke(self, event: dict[str, Any]) -> Any:
        """Invoke the function with an event, and return its result.

        Raises InvocationFailed. After a timeout or crash the next invocation starts a new worker.
        """
        if self._worker is None:
            self._worker = self._start()
        try:
            report = self._ask(self._worker, event)
        except InvocationFailed:
            self.stop()
            raise
        if "error" in report:
            raise InvocationFailed(report["error"])
        return report["returned"]

    def stop(self) -> None:
        """Kill the worker process, even during an invocation; do nothing if it is not running."""
        if self._worker is not None:
            self._worker.kill()
            self._worker = None

    def _start(self) -> _Worker:
        ours, theirs = socket.socketpair()
        with theirs:
            process = child.start(
                self.handler,
                "infra.local.worker",
                [str(theirs.fileno()), self.handler, str(self._timeout)],
                environment=os.environ,
                keep_open=[theirs.fileno()],
                errors=subprocess.STDOUT,
            )
        worker = _Worker(process, Connection(ours.detach()))
        try:
            self._receive(worker, SECONDS_TO_INITIALIZE)
        except InvocationFailed:
            worker.kill()
            raise
        return worker

    def _ask(self, worker: _Worker, event: dict[str, Any]) -> dict[str, Any]:
        try:
            worker.connection.send_bytes(json.dumps(event).encode())
        except ConnectionError as error:
            raise InvocationFailed("its process has exited") from error
        return self._receive(worker, self._timeout)

    @staticmethod
    def _receive(worker: _Worker, timeout: float) -> dict[str, Any]:
        """Return the worker's next report: empty when ready, or the outcome of an event. Raises InvocationFailed."""
        if not worker.connection.poll(timeout):
            raise InvocationFailed(f"timed out after {timeout:g} seconds")
        try:
            report: dict[str, Any] = json.loads(worker.connection.recv_bytes())
        except (EOFError, ConnectionError) as error:
            status = worker.child.process.wait()
            how = f"signal {-status}" if status < 0 else f"status {status}"
            raise InvocationFailed(f"its process exited with {how}") from error
        return report
