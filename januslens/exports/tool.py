"""The name and version that exported files state as their origin."""

from typing import Final

NAME: Final = "Janus"
VERSION: Final = "0.1.0"  # as in pyproject.toml
TOKENS_ORIGIN: Final = f"Design tokens that {NAME} {VERSION} read from the pixels of an image."
PURPOSE: Final = "Checks the accessibility of a user interface by the pixels of a screenshot."
