"""Migrate stored items: `python -m infra.migrations [--dry-run]`, with the functions' environment."""

import argparse
import sys
from collections.abc import Sequence

import boto3

from chalicelib.config import ConfigurationError, Settings
from chalicelib.model.clock import utc_now
from infra.migrations import MIGRATIONS
from infra.migrations.run import Outcome, Runner


def main(arguments: Sequence[str]) -> int:
    """Run the migrations, print the outcome of each, and return the exit code.

    The code is 0, or 2 if a setting is missing or invalid. Raises botocore's ClientError if a migration fails.
    """
    parser = argparse.ArgumentParser(prog="python -m infra.migrations", description=__doc__)
    parser.add_argument("--dry-run", action="store_true", help="count the items that would change, and change nothing")
    chosen = parser.parse_args(arguments)
    try:
        settings = Settings.from_environment()
    except ConfigurationError as error:
        sys.stderr.write(f"janus: {error}\n")
        return 2
    runner = Runner(boto3.client("dynamodb", region_name=settings.region), settings, utc_now)
    for outcome in runner.run(MIGRATIONS, dry_run=chosen.dry_run):
        sys.stdout.write(f"{outcome.name}: {_described(outcome, dry_run=chosen.dry_run)}\n")
    return 0


def _described(outcome: Outcome, *, dry_run: bool) -> str:
    if outcome.changed is None:
        return "already applied"
    return f"{outcome.changed} items {'would change' if dry_run else 'changed'}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
