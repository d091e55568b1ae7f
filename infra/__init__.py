"""Infrastructure: resources, the local stack, packaging, deployment, migrations and the smoke test."""

from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).parents[1]
