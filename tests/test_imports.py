"""What a function loads before its first request."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
HEAVY = {"numpy", "PIL", "onnxruntime"}
# What few requests need, or none.
LATER = {"argon2", "aws_lambda_powertools", "boto3", "coloraide", "s3transfer", "statistics", "zxcvbn"}


@pytest.fixture(scope="module")
def imported() -> set[str]:
    """The modules that importing the app loads, as Python itself reports them."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import app"],
        cwd=PROJECT,
        env={},
        capture_output=True,
        text=True,
        check=True,
    )
    modules = re.findall(r"^import time:.*\|\s*([\w.]+)$", done.stderr, re.MULTILINE)
    return set(modules)


def test_an_api_function_loads_nothing_that_only_an_analysis_needs(imported: set[str]) -> None:
    assert "chalicelib" in imported
    assert imported & HEAVY == set()


def test_what_few_requests_need_is_loaded_with_them(imported: set[str]) -> None:
    assert imported & LATER == set()
    library = {module.removeprefix("januslens.") for module in imported if module.startswith("januslens.")}
    formats = {
        f"exports{name}" for name in ("", ".format", ".reports", ".reports.formats", ".tokens", ".tokens.formats")
    }
    token_sets = {f"design_system{name}" for name in ("", ".drift", ".leaves", ".merge")}
    assert library == {*formats, *token_sets, "analysis", "analysis.stored", "decode", "decode.rejection"}


def test_the_app_is_imported_without_any_setting(imported: set[str]) -> None:
    assert "app" in imported
