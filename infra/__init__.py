"""Everything of Janus that is not a function: resources, the local stack, packages, deployment, the smoke test."""

from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).parents[1]
