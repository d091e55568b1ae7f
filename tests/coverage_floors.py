"""Compare each package's branch coverage with its floor: `python -m tests.coverage_floors`, after `pytest --cov`."""

import os
import sys
import tomllib
from pathlib import Path
from typing import Final

from coverage import Coverage
from coverage.exceptions import NoDataError

from infra.terminal import say

PROJECT: Final = Path(__file__).parents[1]
FLOORS: Final = PROJECT / "tests" / "coverage-floors.toml"  # a package's folder: percent


def main() -> int:
    """Print a line per package; return 1 if one is below its floor."""
    coverage = Coverage()
    coverage.load()
    below = False
    for package, floor in tomllib.loads(FLOORS.read_text())["floors"].items():
        with Path(os.devnull).open("w") as nowhere:
            try:
                percent = coverage.report(include=[f"{package}/*"], file=nowhere)
            except NoDataError:
                percent = 0.0
        below |= percent < floor
        say(f"{package}: {percent:.1f} % covered, floor {floor} %{' - too low' if percent < floor else ''}")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
