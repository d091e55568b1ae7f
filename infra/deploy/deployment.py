"""The commands on one stage."""

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

import boto3

from infra import PROJECT, stages
from infra.deploy import keys
from infra.deploy.releases import Release, Releases
from infra.deploy.stack import Stack
from infra.package import deployable
from infra.terminal import say

URL_OUTPUT: Final = "EndpointURL"  # Chalice's output with the URL of the API
# SES's mailbox simulator accepts and drops email, also from accounts in the sandbox.
SMOKE_EMAIL: Final = "success+{}@simulator.amazonses.com"
NEVER_DESTROYED: Final = "prod"


class DeploymentError(Exception):
    """A command on a stage was refused or failed; the message says why."""


class Deployment:
    """A stage in the AWS account and region of the environment's credentials, and the commands on it.

    Raises DeploymentError without a region. Commands also raise botocore's ClientError or BotoCoreError.
    """

    def __init__(self, stage: str) -> None:
        session = boto3.Session(region_name=os.environ.get("AWS_REGION"))  # boto3 reads AWS_DEFAULT_REGION alone
        if session.region_name is None:
            raise DeploymentError("AWS_REGION is not set.")
        s3 = session.client("s3")
        self.stack = Stack(stage, session.client("cloudformation"), s3)
        self.releases = Releases(stage, session.client("sts").get_caller_identity()["Account"], s3)
        self._stage = stage
        self._session = session

    def up(self) -> None:
        """Publish the package in build/ as a release, deploy it, migrate stored items, and run the smoke test.

        Raises StackFailed if CloudFormation fails, and DeploymentError if the migrations or the smoke test fail.
        """
        parameters = stages.parameters(self._stage, self._url())
        release = self.releases.publish(deployable.BUILD / self._stage, parameters, datetime.now(UTC))
        self._deploy(release)
        if stages.PLACEHOLDER_URL in parameters.values():  # a new stack has no URL before it exists
            parameters = stages.parameters(self._stage, self._url())
            self.releases.save_parameters(release, parameters)
            self.stack.set_parameters(parameters)
        self._run("infra.migrations")
        self._smoke()

    def rollback(self) -> None:
        """Deploy the release before the current one with its parameters, and run the smoke test.

        Raises NoSuchRelease if there is none, StackFailed, and DeploymentError if there is no stack or the smoke test
        fails.
        """
        current = self.stack.release()
        if current is None:
            raise DeploymentError(f"The stack {self.stack.name} does not exist.")
        self._deploy(self.releases.before(current))
        self._smoke()

    def destroy(self) -> None:
        """Delete the stack with all its data. Raises DeploymentError for the stage prod, and StackFailed."""
        if self._stage == NEVER_DESTROYED:
            raise DeploymentError(
                f"The stage {self._stage} cannot be destroyed by a command; docs/operations.md has the manual steps."
            )
        self.stack.delete()
        say(f"Deleted {self.stack.name}.")

    def drift(self) -> None:
        """Compare the resources on AWS with the template. Raises DeploymentError if they differ, and StackFailed."""
        if differences := self.stack.drift():
            raise DeploymentError("\n".join(differences))
        say(f"{self.stack.name} matches its template.")

    def rotate_keys(self) -> None:
        """Replace the key that signs tokens, restarting all functions twice; the previous key still verifies.

        Raises StackFailed, and KeysUnusable if the stored keys are invalid.
        """
        kid = keys.rotate(
            self._session.client("secretsmanager"),
            self.stack.resource("JwtKeys"),
            datetime.now(UTC),
            lambda version: self.stack.set_parameters({"KeysVersion": version}),
        )
        say(f"Tokens are now signed with the key {kid}. The previous key still verifies until the next rotation.")

    def environment(self) -> None:
        """Print the environment variables of the API function, and its region, as `export` lines of a shell.

        `make admin` and `make migrate` use them to run with the stage's settings.
        """
        for name, value in self._environment().items():
            say(f"export {name}={shlex.quote(value)}")

    def _smoke(self) -> None:
        sample = str(PROJECT / "chalicelib/web/sample.png")
        self._run("infra.smoke", "--base-url", self._url().rstrip("/"), "--email", SMOKE_EMAIL, sample)

    def _deploy(self, release: Release) -> None:
        changed = self.stack.deploy(release)
        say(f"{self.stack.name} is {'now' if changed else 'already'} at release {release.name}.")

    def _url(self) -> str:
        return self.stack.outputs().get(URL_OUTPUT, stages.PLACEHOLDER_URL)

    def _environment(self) -> Mapping[str, str]:
        name = self.stack.resource("APIHandler")
        function = self._session.client("lambda").get_function_configuration(FunctionName=name)
        return {**function["Environment"]["Variables"], "AWS_REGION": self._session.region_name}

    def _run(self, module: str, *arguments: str) -> None:
        """Run a module with the functions' environment. Raises DeploymentError if it fails."""
        command = [sys.executable, "-m", module, *arguments]
        environment = {**os.environ, **self._environment()}
        if subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode:  # noqa: S603 - our own module
            raise DeploymentError(
                f"{module} failed. {self.stack.name} keeps the new release; `make rollback` restores the previous one."
            )
