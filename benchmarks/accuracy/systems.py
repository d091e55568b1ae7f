"""Accuracy on design systems: `python -m benchmarks.accuracy.systems FOLDER RESULTS.jsonl [--peers FILE] [--show]`.

FOLDER contains the pages of `pages/systems.toml`, as rendered by `python -m benchmarks.pages.render FOLDER --list
benchmarks/pages/systems.toml`; RESULTS is the output of `python -m januslens.cli.analyze --jsonl` for them. The known
and the held-out half are scored separately.

- *role*: a role whose color, by the system's own variables, covers at least 48 CSS px² of the page is right if it and
  the truth look the same (CIEDE2000 up to 2).
- *spacing base*: right if it is the system's own, or a multiple or divisor of it that explains the page's computed
  paddings and gaps as well: a page may show only every other step of a scale.
- *colors*: recall and precision as in `colors`; the peers' palettes of as many colors as Janus claims are scored alike.
- *shadows*: box shadows of one layer, inset or not, of wholly visible elements, against the claimed ones: offsets
  within 1 CSS px, blur within 25 % or 2, and darkness (alpha times the distance of the color from white) within a fifth
  or 0.02.
- *weights*: computed font weights with at least 12 letters; 600 to 900 count as the same.
"""

import argparse
import json
import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.accuracy.colors import compare
from benchmarks.accuracy.sizes_and_radii import FONT_SIZE, RADIUS, Agreement
from benchmarks.pages.held_out import slug
from benchmarks.truth.css_color import Rgb, is_among, rgb, to_hex
from benchmarks.truth.pages import Truth, read_folder
from benchmarks.truth.results import read_results

LIST: Final = Path(__file__).parents[1] / "pages" / "systems.toml"
MIN_SHOWN_PX2: Final = 48.0  # CSS px²
MIN_LETTERS: Final = 12
BOLD: Final = 600
SHADOW: Final = re.compile(
    r"rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\) (-?[\d.]+)px (-?[\d.]+)px ([\d.]+)px (-?[\d.]+)px( inset)?"
)
OFFSET: Final = 1.0  # CSS px
BLUR: Final = (0.25, 2.0)  # of a blur, CSS px
DARKNESS: Final = (0.2, 0.02)  # of it, of all
LENGTH: Final = re.compile(r"([\d.]+)px")
MAX_LENGTH_PX: Final = 96.0  # CSS px
EXACT: Final = 0.3

type Document = Mapping[str, Any]
type Count = Counter[tuple[str, str]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of the known and of the held-out half and, on request, the errors; return 0.

    Raises KeyError for a page without a result.
    """
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy.systems", description=(__doc__ or "").partition(":")[0]
    )
    parser.add_argument("pages", type=Path)
    parser.add_argument("results", type=Path)
    parser.add_argument("--peers", type=Path, help="output of `python -m benchmarks.accuracy.peers` for the pages")
    parser.add_argument("--show", action="store_true", help="also list errors")
    options = parser.parse_args(arguments)
    packages = {slug(entry["name"]): entry for entry in tomllib.loads(LIST.read_text())["package"]}
    peers = json.loads(options.peers.read_text()) if options.peers else {}
    documents = _documents(options.results)
    results = read_results(options.results)
    counts: defaultdict[str, Count] = defaultdict(Counter)
    sizes: defaultdict[tuple[str, str], Agreement] = defaultdict(lambda: Agreement(FONT_SIZE))
    radii: defaultdict[tuple[str, str], Agreement] = defaultdict(lambda: Agreement(RADIUS))
    for truth in read_folder(options.pages):
        package = packages[truth.name.partition("--")[0]]
        half, tokens = package["half"], documents.get(truth.name, {})
        wrong = _count(counts[half], package["truth"], truth, tokens, options.pages)
        _count_colors(counts[half], "Janus", truth, results[truth.name].colors)
        for peer, palettes in peers.items():
            _count_colors(counts[half], peer, truth, [rgb(color) for color in palettes[truth.name]])
        sizes[half, "font sizes"].add(truth.font_sizes, results[truth.name].font_sizes)
        radii[half, "radii"].add(truth.radii, results[truth.name].radii)
        if options.show:
            sys.stdout.writelines(f"{truth.name}\t{line}\n" for line in wrong)
    for half, count in counts.items():
        sys.stdout.write(f"{half}\n")
        sys.stdout.writelines(_rows(count))
        for (of_half, name), agreement in [*sizes.items(), *radii.items()]:
            if of_half == half:
                sys.stdout.write(_row(f"{name} recall", agreement.found, agreement.true))
                sys.stdout.write(_row(f"{name} precision", agreement.real, agreement.claimed))
    return 0


def _documents(path: Path) -> dict[str, Document]:
    lines = [json.loads(line) for line in path.read_text().splitlines() if line.strip()]
    return {Path(line["file"]).stem: line["tokens"] or {} for line in lines}


def _rows(count: Count) -> Iterator[str]:
    for figure in dict.fromkeys(name for name, _ in count):
        yield _row(figure, count[figure, "right"], count[figure, "right"] + count[figure, "wrong"])


def _row(figure: str, right: int, whole: int) -> str:
    return f"  {figure:<34}{right / whole:7.1%}  {right} of {whole}\n" if whole else ""


def _count(count: Count, named: Mapping[str, Any], truth: Truth, tokens: Document, folder: Path) -> list[str]:
    """Count what the tokens of a page are right about; return descriptions of what is wrong."""
    page = json.loads((folder / f"{truth.name}.json").read_text())
    wrong = []
    pixels = truth.pixels()
    for role, color in ((role, rgb(value)) for role, value in named.items() if isinstance(value, str)):
        if (pixels == color).all(axis=-1).sum() >= MIN_SHOWN_PX2 * truth.scale**2:
            said = _role(tokens, role)
            is_right = said is not None and is_among(said, (color,))
            count[f"role {role}", "right" if is_right else "wrong"] += 1
            wrong += [] if is_right else [f"{role} is {to_hex(color)}, said {said and to_hex(said)}"]
    if "spacing" in named:
        said_base = tokens.get("spacing", {}).get("base", {}).get("$value", {}).get("value")
        is_right = said_base is not None and _is_base(said_base, named["spacing"], _lengths(page))
        count["spacing base", "right" if is_right else "wrong"] += 1
        wrong += [] if is_right else [f"spacing base is {named['spacing']}, said {said_base}"]
    true_shadows, said_shadows = set(_shadows(page)), list(_said_shadows(tokens))
    for shadow in true_shadows:
        count["shadows recall", "right" if any(_are_alike(shadow, said) for said in said_shadows) else "wrong"] += 1
    for told in said_shadows:
        is_real = any(_are_alike(shadow, told) for shadow in true_shadows)
        count["shadows precision", "right" if is_real else "wrong"] += 1
    _count_weights(count, page, tokens)
    return wrong


def _role(tokens: Document, role: str) -> Rgb | None:
    color = tokens.get("color", {})
    alias = color.get("role", {}).get(role, {}).get("$value")
    return None if alias is None else rgb(color["observed"][alias.strip("{}").rpartition(".")[2]]["$value"]["hex"])


def _lengths(page: Document) -> set[float]:
    """Return the computed paddings and gaps of visible elements."""
    values = (value for paint in page["paints"] if paint["hit"] for value in (*paint["padding"], *paint["gap"]))
    lengths = {float(match[1]) for match in map(LENGTH.fullmatch, values) if match}
    return {length for length in lengths if 0 < length <= MAX_LENGTH_PX}


def _is_base(said: float, true: float, lengths: set[float]) -> bool:
    if said == true:
        return True
    related = (said % true == 0 or true % said == 0) and said in (true / 2, true * 2)
    return related and len(_multiples(lengths, said)) >= len(_multiples(lengths, true))


def _multiples(lengths: set[float], base: float) -> list[float]:
    return [length for length in lengths if abs(length - base * round(length / base)) <= EXACT]


type Shadow = tuple[float, float, float, float, bool]
"""Offsets to the right and down, blur, darkness (alpha, times how far the color is from white), whether it is inset."""


def _shadows(page: Document) -> Iterator[Shadow]:
    width, height = page["viewport"]
    for paint in page["paints"]:
        left, top, w, h = paint["rect"]
        match = SHADOW.fullmatch(paint["shadow"])
        if match and paint["hit"] and left >= 0 and top >= 0 and left + w <= width and top + h <= height:
            *measures, inset = match.groups()
            red, green, blue, alpha, right, down, blur, _ = (float(part or 1) for part in measures)
            if blur > 0 and alpha > 0:
                yield right, down, blur, alpha * (1 - (red + green + blue) / 765), inset is not None


def _said_shadows(tokens: Document) -> Iterator[Shadow]:
    for token in tokens.get("shadow", {}).get("observed", {}).values():
        value = token["$value"]
        lengths = (value[part]["value"] for part in ("offsetX", "offsetY", "blur"))
        right, down, blur = lengths
        darkness = value["color"]["alpha"] * (1 - sum(value["color"]["components"]) / 3)
        yield right, down, blur, darkness, value.get("inset", False)


def _are_alike(true: Shadow, said: Shadow) -> bool:
    offsets = max(abs(true[0] - said[0]), abs(true[1] - said[1])) <= OFFSET
    blur = abs(true[2] - said[2]) <= max(BLUR[0] * true[2], BLUR[1])
    return true[4] == said[4] and offsets and blur and abs(true[3] - said[3]) <= max(DARKNESS[0] * true[3], DARKNESS[1])


def _count_weights(count: Count, page: Document, tokens: Document) -> None:
    letters: Counter[int] = Counter()
    for text in page["texts"]:
        letters[int(text["weight"])] += len(text["text"])
    true = {min(weight, BOLD) for weight, number in letters.items() if number >= MIN_LETTERS}
    observed = tokens.get("fontWeight", {}).get("observed", {}).values()
    said = {min(token["$value"], BOLD) for token in observed}
    for weight in true:
        count["weights recall", "right" if weight in said else "wrong"] += 1
    for weight in said:
        count["weights precision", "right" if weight in true else "wrong"] += 1


def _count_colors(count: Count, whose: str, truth: Truth, colors: Sequence[Rgb]) -> None:
    true, claimed = compare(truth, truth.pixels(), tuple(colors))
    for color in true:
        count[f"colors recall, {whose}", "right" if color.found else "wrong"] += 1
    for claim in claimed:
        if claim.real is not None:
            count[f"colors precision, {whose}", "right" if claim.real else "wrong"] += 1


if __name__ == "__main__":
    sys.exit(main())
