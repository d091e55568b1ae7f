"""Operate a stage on AWS: `python -m infra.deploy COMMAND STAGE`, with the environment's credentials and region."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError

from infra import stages
from infra.deploy.deployment import Deployment, DeploymentError
from infra.deploy.releases import NoSuchRelease
from infra.deploy.stack import StackFailed

COMMANDS: Final[Mapping[str, Callable[[Deployment], None]]] = {
    "up": Deployment.up,
    "rollback": Deployment.rollback,
    "destroy": Deployment.destroy,
    "drift": Deployment.drift,
    "rotate-keys": Deployment.rotate_keys,
    "environment": Deployment.environment,
}


def main(arguments: Sequence[str]) -> int:
    """Run a command on a stage, and return the exit code: 0, or 1 after an error, which is printed.

    Invalid arguments exit with code 2.
    """
    parser = argparse.ArgumentParser(prog="python -m infra.deploy", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("stage", choices=sorted(stages.names()))
    chosen = parser.parse_args(arguments)
    try:
        COMMANDS[chosen.command](Deployment(chosen.stage))
    except (DeploymentError, StackFailed, NoSuchRelease, BotoCoreError, ClientError, OSError) as error:
        sys.stderr.write(f"janus: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
