"""Command-line options of the local stack."""

import argparse
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ANALYSIS_SECONDS: Final = 60  # half of the deployed function's timeout, so that a retry happens soon
MAX_PORT: Final = 65535


@dataclass(frozen=True)
class Options:
    """The options of the local stack, from the command line and the environment. A port of 0 selects a free one.

    port is that of the page and the API, aws_port that of moto's server. analysis_seconds is the timeout of an
    invocation. environment_file is the file to write the functions' environment to, None for the default one.
    """

    port: int
    aws_port: int
    analysis_seconds: int
    environment_file: Path | None


def parse(arguments: Sequence[str]) -> Options:
    """Parse the command line. The environment variables PORT and AWS_PORT are the defaults of the ports.

    Invalid options exit with code 2.
    """
    parser = argparse.ArgumentParser(prog="python -m infra.local", description="Run Janus on this machine.")
    parser.add_argument(
        "--port",
        default=os.environ.get("PORT", "8000"),
        type=_port,
        help="of the page and the API; 0 selects a free one",
    )
    parser.add_argument(
        "--aws-port",
        default=os.environ.get("AWS_PORT", "5000"),
        type=_port,
        help="of S3, DynamoDB, SQS and SES; 0 selects a free one",
    )
    parser.add_argument(
        "--analysis-seconds",
        default=ANALYSIS_SECONDS,
        type=int,
        help=f"timeout of an analysis, which is then retried (default: {ANALYSIS_SECONDS})",
    )
    parser.add_argument(
        "--environment-file",
        type=Path,
        help="file to write the functions' environment to, for another shell to source (default: .janus/<port>.env)",
    )
    chosen = parser.parse_args(arguments)
    return Options(chosen.port, chosen.aws_port, chosen.analysis_seconds, chosen.environment_file)


def _port(text: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or int(text) > MAX_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a valid port")
    return int(text)
