"""What the tests hold the formats against: readers from npm, a schema."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[2]
PACKAGES = Path(__file__).parent / "npm"
INSTALLED = PROJECT / "build" / "npm-exports"
FILES = ("package.json", "package-lock.json", "read_axe.cjs")
SCHEMA = PROJECT.parent / "shared" / "schemas" / "sarif-2.1.0.json"


@pytest.fixture(scope="session")
def read_axe() -> Callable[[str], dict[str, Any]]:
    """Read results as `axe-sarif-converter` and `axe-html-reporter` do; also axe-core's own rules, by their tags."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("no Node.js with npm is installed here; Debian's packages are `nodejs` and `npm`")
    if any(not _is_current(name) for name in FILES):
        _install(npm)

    def read(written: str) -> dict[str, Any]:
        done = subprocess.run(  # noqa: S603  our own file
            [node, "read_axe.cjs"], cwd=INSTALLED, input=written, capture_output=True, text=True, check=True
        )
        result: dict[str, Any] = json.loads(done.stdout)
        return result

    return read


def _is_current(name: str) -> bool:
    installed = INSTALLED / name
    return installed.is_file() and installed.read_bytes() == (PACKAGES / name).read_bytes()


def _install(npm: str) -> None:
    INSTALLED.mkdir(parents=True, exist_ok=True)
    for name in FILES[:-1]:
        shutil.copyfile(PACKAGES / name, INSTALLED / name)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
    done = subprocess.run(  # noqa: S603
        command, cwd=INSTALLED, capture_output=True, text=True, check=False
    )
    if done.returncode and "CI" not in os.environ:
        pytest.skip("the packages of tests/exports/npm can't be installed here: is there a network?")
    assert done.returncode == 0, done.stderr
    shutil.copyfile(PACKAGES / FILES[-1], INSTALLED / FILES[-1])  # last, so that half an installation isn't current


@pytest.fixture(scope="session")
def sarif_mistakes() -> Callable[[Any], list[str]]:
    """Return what OASIS's schema says against a SARIF log."""
    if not SCHEMA.is_file():
        pytest.skip("the SARIF schema is not beside the project: ../shared/schemas")
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft4Validator(json.loads(SCHEMA.read_text()))
    return lambda log: [f"{error.json_path}: {error.message}" for error in validator.iter_errors(log)]
