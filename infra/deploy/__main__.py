"""What is done to a stage on AWS: `python -m infra.deploy DEED STAGE`."""

import argparse
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infra import PROJECT, stages
from infra.deploy import bucket, keys
from infra.deploy.releases import NoSuchRelease, Release, Releases
from infra.deploy.stack import Stack, StackFailed
from infra.terminal import say

ADDRESS: Final = "EndpointURL"  # the output that says where the API is
# Amazon takes what is sent there and drops it, from accounts that may write to nobody else, too.
SMOKE_MAILBOX: Final = "success+{}@simulator.amazonses.com"
NEVER_DESTROYED: Final = "prod"


class Refused(Exception):
    """What was asked for isn't done; the text says why."""


class Deployment:
    """A stage in the account and region that the environment's credentials are for."""

    def __init__(self, stage: str) -> None:
        self.stage = stage
        session = boto3.Session()
        if session.region_name is None:
            raise Refused("AWS_REGION is not set")
        self.region = session.region_name
        self.stack = Stack(stage, self.region)
        account = boto3.client("sts", region_name=self.region).get_caller_identity()["Account"]
        self.releases = Releases(stage, account, self.region)

    def up(self) -> None:
        """Deploy what is packaged, bring older data up to date, and walk through it."""
        parameters = stages.parameters(self.stage, self._address())
        release = self.releases.publish(PROJECT / "build" / self.stage, parameters, datetime.now(UTC))
        self._become(release)
        if stages.UNKNOWN_YET in parameters.values():  # the first time, a stack learns its address only by being there
            parameters = stages.parameters(self.stage, self._address())
            self.releases.republish(release, parameters)
            self.stack.set_parameters(parameters)
        self._run("infra.migrations")
        self.smoke()

    def rollback(self) -> None:
        """Go back to the release before the one that is deployed, with its parameters. Raises NoSuchRelease."""
        current = self.stack.release()
        if current is None:
            raise Refused(f"there is no stack {self.stack.name}")
        self._become(self.releases.before(current))
        self.smoke()

    def destroy(self) -> None:
        """Delete the stack and all that is in it."""
        if self.stage == NEVER_DESTROYED:
            raise Refused(f"{self.stage} is never destroyed from here; docs/operations.md says how it is done by hand")
        bucket.empty(self.stack.resource("Bucket"), self.region)
        self.stack.delete()
        say(f"{self.stack.name} is gone")

    def drift(self) -> None:
        """Compare what is on AWS with the template."""
        if differences := self.stack.drifted():
            raise Refused("\n".join(differences))
        say(f"{self.stack.name} is as its template says")

    def rotate_keys(self) -> None:
        """Sign tokens with another key."""
        kid = keys.rotate(
            self.stack.resource("JwtKeys"),
            self.region,
            datetime.now(UTC),
            lambda version: self.stack.set_parameters({"KeysVersion": version}),
        )
        say(f"tokens are signed with the key {kid}; the one before verifies until the next rotation")

    def environment(self) -> None:
        """Say the functions' environment as lines to source, for `make admin` and `make migrate`."""
        for name, value in self._environment().items():
            say(f"export {name}={shlex.quote(value)}")

    def smoke(self) -> None:
        """Walk through the main job from outside."""
        picture = str(PROJECT / "chalicelib/web/sample.png")
        self._run("infra.smoke", "--base-url", self._address().rstrip("/"), "--mailbox", SMOKE_MAILBOX, picture)

    def _become(self, release: Release) -> None:
        changed = self.stack.deploy(release, release.parameters)
        say(f"{self.stack.name} {'is' if changed else 'was already'} release {release.name}")

    def _address(self) -> str:
        return self.stack.outputs().get(ADDRESS, stages.UNKNOWN_YET)

    def _environment(self) -> Mapping[str, str]:
        client = boto3.client("lambda", region_name=self.region)
        function = client.get_function_configuration(FunctionName=self.stack.resource("APIHandler"))
        return {**function["Environment"]["Variables"], "AWS_REGION": self.region}

    def _run(self, module: str, *arguments: str) -> None:
        environment = {**os.environ, **self._environment()}
        command = [sys.executable, "-m", module, *arguments]
        if subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode:  # noqa: S603  our own tool
            raise Refused(f"{module} failed; {self.stack.name} stays as it is, `make rollback` takes the change back")


DEEDS: Final[Mapping[str, Callable[[Deployment], None]]] = {
    "up": Deployment.up,
    "rollback": Deployment.rollback,
    "destroy": Deployment.destroy,
    "drift": Deployment.drift,
    "rotate-keys": Deployment.rotate_keys,
    "environment": Deployment.environment,
}


def main() -> int:
    """Do it, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m infra.deploy", description=__doc__)
    parser.add_argument("deed", choices=DEEDS)
    parser.add_argument("stage", choices=sorted(stages.names()))
    chosen = parser.parse_args()
    try:
        DEEDS[chosen.deed](Deployment(chosen.stage))
    except (Refused, StackFailed, NoSuchRelease, BotoCoreError, ClientError, OSError) as error:
        sys.stderr.write(f"janus: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
