"""The process of a function, like Lambda's runtime: import the handler once, then handle one event after another."""

import importlib
import json
import sys
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from chalice.local import LambdaContext

from infra.local import child

MEMORY_MB = 3008  # in the context only; the memory is not limited


def serve(connection: Connection, handler_string: str, timeout: float) -> None:
    """Import a function's handler and report readiness; then handle one event after another and report each outcome.

    The outcome is the result as `returned`, or the error's type and message as `error`. timeout, in seconds, is only
    stated in the context. Raises EOFError when the connection closes.
    """
    module, _, name = handler_string.rpartition(".")
    handler: Callable[[dict[str, Any], LambdaContext], Any] = getattr(importlib.import_module(module), name)
    connection.send_bytes(b"{}")
    while True:
        event = json.loads(connection.recv_bytes())
        context = LambdaContext(name, MEMORY_MB, max_runtime_ms=int(timeout * 1000))
        connection.send_bytes(json.dumps(_outcome(handler, event, context)).encode())


def _outcome(
    handler: Callable[[dict[str, Any], LambdaContext], Any], event: dict[str, Any], context: LambdaContext
) -> dict[str, Any]:
    try:
        return {"returned": handler(event, context)}
    except Exception as error:  # noqa: BLE001 - like Lambda's runtime: report the error and continue
        traceback.print_exc(file=sys.stdout)
        return {"error": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    child.end_with_parent()
    serve(Connection(int(sys.argv[1])), sys.argv[2], float(sys.argv[3]))
