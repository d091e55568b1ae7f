"""Score the primary color: `python -m benchmarks.roles PAGES RESULTS.jsonl [--show]`.

PAGES is a folder of PACKAGE--PAGE.png, RESULTS what `python -m chalicelib.vision --jsonl` printed. The truth
is each package's own primary color (`roles.toml`). Pages that show fewer than 48 CSS px² of it do not count, nor do
packages without one. The role is right if its color and the truth look the same (CIEDE2000 up to 2).
"""

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.css_color import Rgb, is_among, parse
from benchmarks.truth import read_folder

PRIMARIES: Final = Path(__file__).with_suffix(".toml")
LEAST_SHOWN: Final = 48.0  # CSS px²


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.roles", description=(__doc__ or "").partition(":")[0])
    parser.add_argument("pages", type=Path)
    parser.add_argument("results", type=Path)
    parser.add_argument("--show", action="store_true", help="also list the pages on which it is wrong")
    options = parser.parse_args(arguments)
    judged = list(judge(options.pages, options.results))
    wrong = [(page, true, said) for page, true, said in judged if said is None or not is_among(said, (true,))]
    if options.show:
        sys.stdout.writelines(f"{page}\tis {_hex(true)}\tsaid {said and _hex(said)}\n" for page, true, said in wrong)
    right = len(judged) - len(wrong)
    sys.stdout.write(f"primary right: {right / len(judged):.1%} ({right} of {len(judged)})\n")
    return 0


def judge(pages: Path, results: Path) -> Iterator[tuple[str, Rgb, Rgb | None]]:
    """Yield name, true and claimed primary color of each page that counts."""
    primaries = {package: _rgb(color) for package, color in tomllib.loads(PRIMARIES.read_text()).items()}
    documents = [json.loads(line) for line in results.read_text().splitlines() if line.strip()]
    tokens = {Path(document["file"]).stem: document["tokens"] or {} for document in documents}
    for truth in read_folder(pages):
        primary = primaries.get(truth.name.partition("--")[0])
        if primary is not None and (truth.pixels() == primary).all(axis=-1).sum() >= LEAST_SHOWN * truth.scale**2:
            yield truth.name, primary, _claimed(tokens.get(truth.name, {}))


def _claimed(tokens: dict[str, Any]) -> Rgb | None:
    colors = tokens.get("color", {})
    alias = colors.get("role", {}).get("primary", {}).get("$value")
    return None if alias is None else _rgb(colors["observed"][alias.strip("{}").rpartition(".")[2]]["$value"]["hex"])


def _rgb(text: str) -> Rgb:
    color = parse(text)
    if color is None:
        raise ValueError(f"{text} is no color")
    return color[0]


def _hex(color: Rgb) -> str:
    return "#" + bytes(color).hex()


if __name__ == "__main__":
    sys.exit(main())
