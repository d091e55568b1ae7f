"""What a function loads before its first request."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
HEAVY = {"numpy", "PIL", "onnxruntime"}


@pytest.fixture(scope="module")
def imported() -> set[str]:
    """The top-level packages that importing the app loads, as Python itself reports them."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import app"],
        cwd=PROJECT,
        env={},
        capture_output=True,
        text=True,
        check=True,
    )
    modules = re.findall(r"^import time:.*\|\s*([\w.]+)$", done.stderr, re.MULTILINE)
    return {module.partition(".")[0] for module in modules}


def test_an_api_function_loads_nothing_that_only_an_analysis_needs(imported: set[str]) -> None:
    assert "chalicelib" in imported
    assert imported & HEAVY == set()


def test_the_app_is_imported_without_any_setting(imported: set[str]) -> None:
    assert "app" in imported
