"""What can be chosen about the local stack."""

import argparse
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ANALYSIS_SECONDS: Final = 60  # half of the deployed function's, so that a second try is soon seen
HIGHEST_PORT: Final = 65535


@dataclass(frozen=True)
class Options:
    """The command line's and the environment's wishes."""

    port: int
    aws_port: int
    analysis_seconds: int
    environment_file: Path | None


def parse(arguments: Sequence[str]) -> Options:
    """Read the command line; PORT and AWS_PORT give the ports' defaults. Exits with status 2 on nonsense."""
    parser = argparse.ArgumentParser(prog="python -m infra.local", description="Run Janus on this machine.")
    parser.add_argument(
        "--port", default=os.environ.get("PORT", "8000"), type=_port, help="of the page and the API; 0 is any free one"
    )
    parser.add_argument(
        "--aws-port", default=os.environ.get("AWS_PORT", "5000"), type=_port, help="of S3, DynamoDB, SQS and SES"
    )
    parser.add_argument(
        "--analysis-seconds",
        default=ANALYSIS_SECONDS,
        type=int,
        help=f"until an analysis is killed, to be tried again; {ANALYSIS_SECONDS} unless given",
    )
    parser.add_argument(
        "--environment-file", type=Path, help="write the functions' environment here, for another shell to source"
    )
    chosen = parser.parse_args(arguments)
    return Options(chosen.port, chosen.aws_port, chosen.analysis_seconds, chosen.environment_file)


def _port(text: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or int(text) > HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is no port")
    return int(text)
