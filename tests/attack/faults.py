"""What goes wrong around a call to AWS: the function is killed, or an answer is lost after the call was carried out.

The tests are stricter than DynamoDB: moto does not recognize a transaction that is sent again.
"""

from collections.abc import Callable, Iterator
from itertools import count
from types import SimpleNamespace
from typing import Any

import botocore.endpoint
import pytest
from botocore.client import BaseClient
from botocore.endpoint import Endpoint
from botocore.exceptions import ConnectionClosedError

MAX_ATTEMPTS = 99  # more than botocore makes


class Killed(BaseException):
    """The function's time is over, or its machine fails: nothing more of it runs."""


class Faults:
    """Lets calls to AWS go wrong, by their number from 0, and the number of the attempt at each."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls = self.attempts = 0
        self.reset()
        call, respond = vars(BaseClient)["_make_api_call"], vars(Endpoint)["_get_response"]

        def make_call(client: BaseClient, operation: str, arguments: Any) -> Any:
            if self.kills(self.calls):
                raise Killed
            self.calls, self.attempts = self.calls + 1, 0
            return call(client, operation, arguments)

        def get_response(endpoint: Endpoint, request: Any, model: Any, context: Any) -> Any:
            answer = respond(endpoint, request, model, context)
            is_lost = self.loses(self.calls - 1, self.attempts)
            self.attempts += 1
            return (None, ConnectionClosedError(endpoint_url=request.url)) if is_lost else answer

        monkeypatch.setattr(BaseClient, "_make_api_call", make_call)
        monkeypatch.setattr(Endpoint, "_get_response", get_response)
        monkeypatch.setattr(botocore.endpoint, "time", SimpleNamespace(sleep=lambda _: None))

    def reset(self) -> None:
        """Let nothing go wrong, and count from 0."""
        self.calls = self.attempts = 0
        self.kills: Callable[[int], bool] = lambda call: False
        self.loses: Callable[[int, int], bool] = lambda call, attempt: False

    def _first_attempts_at(self, lost: int, attempts: int) -> Callable[[int, int], bool]:
        return lambda call, attempt: call == lost and attempt < attempts

    def each_kill(self, run: Callable[[], object]) -> Iterator[int]:
        """Kill what runs before each of its calls in turn, and yield; the last time, it runs to its end."""
        for point in count():
            self.reset()
            self.kills = point.__eq__
            try:
                run()
            except Killed:
                self.reset()
                yield point
            else:
                self.reset()
                yield point
                return

    def each_loss(self, run: Callable[[], object], attempts: int = 1) -> Iterator[int]:
        """Lose the answers to the first attempts at each call in turn, and yield after each run."""
        for lost in count():
            self.reset()
            self.loses = self._first_attempts_at(lost, attempts)
            run()
            calls = self.calls
            self.reset()
            if calls <= lost:
                return
            yield lost
