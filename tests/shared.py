"""Schemas, corpora and the bench in `../shared`, which may lie beside the project.

Whether a test that needs them is skipped depends on that folder alone: a file that is missing in it fails the test.
"""

from pathlib import Path
from typing import Final

import pytest

SHARED: Final = Path(__file__).parents[2] / "shared"
REASON: Final = "../shared is not beside the project"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason=REASON)


def shared(path: str) -> Path:
    """Return a path in `../shared`; skip the test if that folder is not beside the project."""
    if not SHARED.is_dir():
        pytest.skip(REASON)
    return SHARED / path
