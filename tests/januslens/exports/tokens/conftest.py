"""What the tests hold the formats against: the compilers and readers of their languages."""

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.januslens.exports.packages import Packages, install

NODE_OF_STYLE_DICTIONARY = 22

type Build = Callable[[str, str], str]


@pytest.fixture(scope="session")
def packages() -> Packages:
    installed = install(Path(__file__).parent / "npm", "npm-tokens", "build_tokens.mjs")
    version = installed.run("--version").removeprefix("v")
    if int(version.partition(".")[0]) < NODE_OF_STYLE_DICTIONARY:
        pytest.skip(f"Style Dictionary needs Node.js {NODE_OF_STYLE_DICTIONARY}; here is {version}")
    return installed


@pytest.fixture
def folder(packages: Packages) -> Iterator[Path]:
    """A folder beside the packages, whose files can import them."""
    with tempfile.TemporaryDirectory(dir=packages.folder) as made:
        yield Path(made)


@pytest.fixture
def build(packages: Packages) -> Build:
    """Build a file with a tool of build_tokens.mjs, and return what comes out."""

    def build_with(tool: str, written: str) -> str:
        made: dict[str, str] = json.loads(packages.run("build_tokens.mjs", tool, stdin=written))
        return made[tool]

    return build_with
