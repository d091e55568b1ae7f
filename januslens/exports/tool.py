"""What reports say wrote them."""

from typing import Final

NAME: Final = "Janus"
VERSION: Final = "0.1.0"  # as in pyproject.toml
PURPOSE: Final = "Checks the accessibility of a user interface by the pixels of a screenshot."
