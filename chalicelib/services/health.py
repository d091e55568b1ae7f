"""How the services are on which Janus stands."""

import logging
import time
from collections.abc import Callable
from typing import Final

import msgspec

from chalicelib.storage.probes import Probes, Silent

KEPT_SECONDS: Final = 5.0  # that an answer is given again, so that asking often costs nothing

log = logging.getLogger(__name__)


class Dependency(msgspec.Struct, frozen=True):
    """A service, whether it answers, and how long that took."""

    name: str
    answers: bool
    milliseconds: float


class Health(msgspec.Struct):
    """Asks each service, not more often than every few seconds. elapsed is a clock in seconds."""

    probes: Probes
    elapsed: Callable[[], float] = time.monotonic
    _seen: list[Dependency] = []
    _seen_at: float = float("-inf")

    def dependencies(self) -> list[Dependency]:
        """Return how each service is."""
        if self.elapsed() - self._seen_at >= KEPT_SECONDS:
            self._seen = [self._look_at(name) for name in self.probes.requests]
            self._seen_at = self.elapsed()
        return self._seen

    def _look_at(self, name: str) -> Dependency:
        began = self.elapsed()
        answers = True
        try:
            self.probes.ask(name)
        except Silent:
            log.warning("a service doesn't answer", extra={"service": name}, exc_info=True)
            answers = False
        return Dependency(name, answers, round((self.elapsed() - began) * 1000, 1))
