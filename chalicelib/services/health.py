"""The health of the services that Janus depends on."""

import logging
import time
from collections.abc import Callable
from typing import Final

import msgspec

from chalicelib.storage.probes import Probes, ServiceUnavailable

REUSE_SECONDS: Final = 5.0  # a result is reused, so that frequent requests cost nothing

log = logging.getLogger(__name__)


class Dependency(msgspec.Struct, frozen=True):
    """The state of an AWS service that Janus depends on: whether it responds, and the response time in milliseconds."""

    name: str
    responds: bool
    milliseconds: float


class HealthService(msgspec.Struct):
    """Probes the AWS services that Janus depends on (DynamoDB, S3, SQS), at most once per REUSE_SECONDS (5 seconds).

    elapsed is a monotonic clock in seconds.
    """

    probes: Probes
    elapsed: Callable[[], float] = time.monotonic
    _dependencies: list[Dependency] = []
    _probed_at: float = float("-inf")

    def dependencies(self) -> list[Dependency]:
        """Return the state of each AWS service that Janus depends on, at most REUSE_SECONDS (5 seconds) old."""
        if self.elapsed() - self._probed_at >= REUSE_SECONDS:
            self._dependencies = [self._probe(name) for name in self.probes.requests]
            self._probed_at = self.elapsed()
        return self._dependencies

    def _probe(self, name: str) -> Dependency:
        started = self.elapsed()
        responds = True
        try:
            self.probes.probe(name)
        except ServiceUnavailable:
            log.warning("a service does not respond", extra={"service": name}, exc_info=True)
            responds = False
        return Dependency(name, responds, round((self.elapsed() - started) * 1000, 1))
