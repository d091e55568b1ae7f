"""Time of refused sign-ins, for known and unknown addresses: `python -m benchmarks.cost.sign_in_time`.

Against moto in this process, wrong passwords are tried for known and unknown addresses alternately, 200 each. To keep
the existence of an account secret, the medians should be within a tenth of each other.
"""

import statistics
import sys
import time
from contextlib import suppress
from typing import Final

import boto3
from moto import mock_aws

from chalicelib.config import Settings
from chalicelib.model.ids import new_id
from chalicelib.model.sessions import ClientInfo, InvalidCredentials
from chalicelib.model.users import AccountRole, User
from chalicelib.wiring import Services
from infra import template
from infra.local import stack

TRIES: Final = 200
REGION: Final = "us-east-1"
MAIL_FROM: Final = "janus@janus.example"


def main() -> int:
    """Print the median times for known and unknown addresses, and their relative difference; return 0."""
    with mock_aws():
        services = Services(_settings)
        known = [_somebody(services) for _ in range(TRIES)]
        pairs = [(_seconds(services, address), _seconds(services, f"{new_id()}@people.example")) for address in known]
    of_known, of_unknown = (statistics.median(times) for times in zip(*pairs, strict=True))
    apart = abs(of_known - of_unknown) / max(of_known, of_unknown)
    sys.stdout.write(f"known\t{of_known * 1e3:.1f} ms\nunknown\t{of_unknown * 1e3:.1f} ms\napart\t{apart:.1%}\n")
    return 0


def _settings() -> Settings:
    parameters = {
        "Stage": "dev",
        "PageUrl": "https://janus.example",
        "AllowedOrigins": "https://janus.example",
        "MailFrom": MAIL_FROM,
    }
    created = stack.create({"region_name": REGION}, template.load(), parameters)  # moto itself, not a server of it
    boto3.client("ses", region_name=REGION).verify_email_identity(EmailAddress=MAIL_FROM)
    return Settings.from_environment({**created.environment, "AWS_REGION": REGION})


def _somebody(services: Services) -> str:
    address = f"{new_id()}@people.example"
    password_hash = services.passwords.hash(new_id())
    now = services.clock()
    services.adapters.users.add(User(new_id(), address, None, AccountRole.USER, password_hash, now, verified_at=now))
    return address


def _seconds(services: Services, address: str) -> float:
    began = time.perf_counter()
    with suppress(InvalidCredentials):
        services.authentication.sign_in(address, "a wrong guess", ClientInfo(new_id(), "benchmark"))
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
