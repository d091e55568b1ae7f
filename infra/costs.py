"""What Janus costs: `python -m infra.costs` computes a table from prices and amounts, `costs.toml`."""

import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

PATH: Final = Path(__file__).with_name("costs.toml")
ROWS: Final = (
    ("1,000 analyses", "analysis", 1000),
    ("1,000 people who use it daily, a month, beside their analyses", "person", 1000),
    ("a month in which nobody comes", "idle", 1),
)
NAMED_PARTS: Final = 3  # of a row's parts, that are named


def table(given: Mapping[str, Mapping[str, float]]) -> str:
    """Return the table as Markdown."""
    lines = ["| | US dollars | Most of it |", "|---|---|---|"]
    for name, amounts, times in ROWS:
        parts = {part: amount * times * given["prices"][part] for part, amount in given[amounts].items()}
        largest = sorted(parts, key=lambda part: -parts[part])[:NAMED_PARTS]
        most = ", ".join(f"{part.replace('_', ' ')} {parts[part]:.2f}" for part in largest)
        lines.append(f"| {name} | {sum(parts.values()):.2f} | {most} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(table(tomllib.loads(PATH.read_text("utf-8"))))
