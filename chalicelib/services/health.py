"""The health of the services that Janus depends on."""

import logging
import time
from collections.abc import Callable
from typing import Final

import msgspec

from chalicelib.storage.probes import Probes, ServiceUnavailable

KEPT_SECONDS: Final = 5.0  # for which a result is reused, so that frequent requests cost nothing

log = logging.getLogger(__name__)


class Dependency(msgspec.Struct, frozen=True):
    """A service, whether it answers, and how long that took."""

    name: str
    answers: bool
    milliseconds: float


class HealthService(msgspec.Struct):
    """Probes each service, at most once every few seconds. elapsed is a clock in seconds."""

    probes: Probes
    elapsed: Callable[[], float] = time.monotonic
    _seen: list[Dependency] = []
    _seen_at: float = float("-inf")

    def dependencies(self) -> list[Dependency]:
        """Return the state of each service."""
        if self.elapsed() - self._seen_at >= KEPT_SECONDS:
            self._seen = [self._look_at(name) for name in self.probes.requests]
            self._seen_at = self.elapsed()
        return self._seen

    def _look_at(self, name: str) -> Dependency:
        began = self.elapsed()
        answers = True
        try:
            self.probes.ask(name)
        except ServiceUnavailable:
            log.warning("a service does not respond", extra={"service": name}, exc_info=True)
            answers = False
        return Dependency(name, answers, round((self.elapsed() - began) * 1000, 1))
