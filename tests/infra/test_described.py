"""Schemathesis sends the running stack valid and invalid requests, according to its OpenAPI description."""

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyotp
import pytest
import requests

from infra import PROJECT
from infra.local import demo
from tests import running_stack

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "3"))
NOT_CALLED = "logout|password/change|sessions"  # by a client that needs its session later: they end it
UNEXPRESSED = "positive_data_acceptance"  # no schema describes which passwords are accepted, or which links were sent


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The URL of a separate stack, because it receives nonsense, and the environment of its functions."""
    written = tmp_path_factory.mktemp("stack") / "environment"
    with running_stack.start("--environment-file", str(written)) as running:
        yield running.api_url, _read(written)


def _read(path: Path) -> Mapping[str, str]:
    exports = (shlex.split(line)[1] for line in path.read_text("utf-8").splitlines())
    return {**os.environ, **dict(export.split("=", 1) for export in exports)}


@pytest.fixture(scope="module")
def token(stack: tuple[str, Mapping[str, str]]) -> str:
    """The access token of an administrator, who needs a second factor."""
    url, environment = stack
    credentials = {"email": demo.EMAIL, "password": demo.PASSWORD}
    session = requests.post(f"{url}/auth/login", json=credentials, timeout=30).json()
    header = {"Authorization": f"Bearer {session['access_token']}"}
    enrolled = requests.post(f"{url}/auth/mfa/enrol", json={"password": demo.PASSWORD}, headers=header, timeout=30)
    app = pyotp.TOTP(enrolled.json()["secret"])
    requests.post(f"{url}/auth/mfa/confirm", json={"code": app.now()}, headers=header, timeout=30).raise_for_status()
    command = [sys.executable, "-m", "infra.make_admin", demo.EMAIL]
    subprocess.run(command, check=True, cwd=PROJECT, env=environment, capture_output=True)  # noqa: S603 - our own module
    code = app.at(time.time() + app.interval)  # the next one: the present one confirmed the factor
    answer = requests.post(f"{url}/auth/login", json={**credentials, "code": code}, timeout=30)
    return str(answer.json()["access_token"])


@pytest.mark.parametrize("signed_in", [True, False], ids=["administrator", "nobody"])
def test_responses_conform_to_the_description(
    stack: tuple[str, Mapping[str, str]], token: str, signed_in: bool, tmp_path: Path
) -> None:
    header = ["--header", f"Authorization: Bearer {token}", "--exclude-path-regex", NOT_CALLED] if signed_in else []
    command: list[str | Path] = [
        Path(sys.executable).with_name("schemathesis"),
        *("run", f"{stack[0]}/openapi.json", "--max-examples", str(EXAMPLES), "--no-color"),
        *("--checks", "all", "--exclude-checks", UNEXPRESSED, "--phases", "examples,coverage,fuzzing", *header),
    ]
    # Its records of a run are deleted with the folder.
    run = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)  # noqa: S603
    assert run.returncode == 0, run.stdout[-8000:]
