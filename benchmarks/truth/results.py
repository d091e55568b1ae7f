"""Janus's results for pages: the output of `python -m januslens.cli.analyze --jsonl`, one line per file."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.truth.css_color import Rgb, parse, rgb
from benchmarks.truth.pages import Box

RULE: Final = "text-contrast"
DERIVED: Final = frozenset({"theme", "ramp"})  # groups of colors that are derived, not observed


@dataclass(frozen=True, slots=True)
class Check:
    """A text contrast check of Janus.

    box is in CSS px; interval contains the lowest and highest ratio, size those of the font size in CSS px, and reason
    the reason for doubt; all three may be None.
    """

    box: Box
    outcome: str
    ratio: float
    interval: tuple[float, float] | None
    foreground: str
    background: str
    reason: str | None
    size: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """Janus's result for an image: its checks, observed colors and primary color, and font sizes and radii in CSS px.

    A part that failed, and a primary color that was not found, are empty or None.
    """

    checks: tuple[Check, ...] = ()
    colors: tuple[Rgb, ...] = ()
    primary: Rgb | None = None
    font_sizes: tuple[float, ...] = ()
    radii: tuple[float, ...] = ()


def read_results(path: Path) -> dict[str, Result]:
    """Return the results in a JSON Lines file, by the name of the image file without its extension."""
    documents = [json.loads(line) for line in path.read_text().splitlines() if line.strip()]
    return {Path(document["file"]).stem: _result(document) for document in documents}


def _result(document: dict[str, Any]) -> Result:
    scale = float(document.get("scale") or 1)
    checks = (document.get("accessibility") or {}).get("checks", [])
    tokens = document.get("tokens") or {}
    observed = tokens.get("color", {})
    groups = {name: group for name, group in observed.items() if name not in DERIVED}
    return Result(
        checks=tuple(_check(check, scale) for check in checks if check["rule"] == RULE),
        colors=tuple(dict.fromkeys(_colors(groups, observed.get("$type")))),
        primary=_primary(observed),
        font_sizes=tuple(_dimensions(tokens.get("fontSize", {}))),
        radii=tuple(_dimensions(tokens.get("radius", {}))),
    )


def _primary(colors: dict[str, Any]) -> Rgb | None:
    """Return the observed color to which the primary role refers."""
    alias = colors.get("role", {}).get("primary", {}).get("$value")
    return None if alias is None else rgb(colors["observed"][alias.strip("{}").rpartition(".")[2]]["$value"]["hex"])


def _dimensions(group: dict[str, Any]) -> Iterator[float]:
    """Yield the dimension tokens of a DTCG group in px."""
    if "$value" in group:
        yield float(group["$value"]["value"])
        return
    for name, child in group.items():
        if not name.startswith("$"):
            yield from _dimensions(child)


def _check(check: dict[str, Any], scale: float) -> Check:
    box, interval, size = check["box"], check.get("interval"), (check.get("size") or {}).get("interval")
    return Check(
        box=(box["x"] / scale, box["y"] / scale, box["width"] / scale, box["height"] / scale),
        outcome=check["outcome"],
        ratio=max(1.0, float(check["ratio"])),
        interval=(float(interval[0]), float(interval[1])) if interval else None,
        foreground=check["foreground"],
        background=check["background"],
        reason=check.get("reason"),
        size=(float(size[0]), float(size[1])) if size else None,
    )


def _colors(group: dict[str, Any], kind: str | None) -> Iterator[Rgb]:
    """Yield the color tokens of a DTCG group; `$type` is inherited, and aliases (strings) are skipped."""
    kind = group.get("$type", kind)
    value = group.get("$value")
    if value is not None:
        if kind == "color" and isinstance(value, dict):
            color = parse(value["hex"]) if "hex" in value else None
            red, green, blue = (round(255 * component) for component in value["components"])
            yield color[0] if color else (red, green, blue)
        return
    for name, child in group.items():
        if isinstance(child, dict) and not name.startswith("$"):
            yield from _colors(child, kind)
