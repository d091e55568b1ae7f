"""Pages that Chromium draws."""

from tests.vision.conftest import render

__all__ = ["render"]
