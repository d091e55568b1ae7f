"""Cost estimate: `python -m infra.costs` computes a table from the prices and amounts in `costs.toml`."""

import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

PATH: Final = Path(__file__).with_name("costs.toml")
ROWS: Final = (
    ("1,000 analyses", "analysis", 1000),
    ("1,000 daily users for a month, without their analyses", "person", 1000),
    ("A month without use", "idle", 1),
)
NAMED_PARTS: Final = 3  # per row, the most expensive ones


def table(costs: Mapping[str, Mapping[str, float]]) -> str:
    """Return the cost estimate as a Markdown table in US dollars; costs is the content of `costs.toml`.

    It has a row for 1,000 analyses, 1,000 daily users for a month, and a month without use, each with its total and its
    three most expensive parts. Raises KeyError if a price is missing.
    """
    lines = ["| | US dollars | Mostly |", "|---|---|---|"]
    for name, amounts, times in ROWS:
        parts = {part: amount * times * costs["prices"][part] for part, amount in costs[amounts].items()}
        largest = sorted(parts, key=lambda part: -parts[part])[:NAMED_PARTS]
        most = ", ".join(f"{part.replace('_', ' ')} {parts[part]:.2f}" for part in largest)
        lines.append(f"| {name} | {sum(parts.values()):.2f} | {most} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(table(tomllib.loads(PATH.read_text("utf-8"))))
