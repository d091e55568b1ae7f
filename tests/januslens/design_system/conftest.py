"""Pages that Chromium draws."""

from tests.januslens.conftest import render

__all__ = ["render"]
