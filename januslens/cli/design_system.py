"""The token set commands: `python -m januslens.cli.design_system merge FILE…` and `… diff BEFORE AFTER`.

A FILE is an image, which is analyzed, a DTCG document, or the output of `python -m januslens.cli.analyze --jsonl`, each
line of which is one document.

Exit codes: 0 on success with no more drift than allowed; 1 if there is more drift; 2 if a file cannot be read or the
arguments are invalid.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NoReturn

from januslens.design_system.drift import VISIBLE_COLOR, Change, diff
from januslens.design_system.leaves import Document
from januslens.design_system.merge import merge
from januslens.exports.tokens.formats import TOKEN_FORMATS

PROGRAM: Final = "janus"
EXIT_DRIFT: Final = 1
EXIT_UNREADABLE: Final = 2


class Unreadable(Exception):
    """A file cannot be read, or holds neither an image that can be analyzed nor a token set."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a token set command, `merge` or `diff`, and return its exit code; arguments default to those of the process.

    The code is 0 on success, 1 if `diff` finds more changes than allowed, 2 if a file cannot be read. Raises SystemExit
    if the arguments are invalid (code 2) or ask for help.
    """
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except Unreadable as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return EXIT_UNREADABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"python -m {__package__}.design_system",
        description="Merge the design tokens of several images, or compare two token sets.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    merging = commands.add_parser("merge", help="merge the tokens of several images or token sets and print the result")
    merging.add_argument("files", nargs="+", type=Path, metavar="FILE")
    merging.add_argument("--tokens", choices=TOKEN_FORMATS, default="dtcg", metavar="FORMAT", help="default: dtcg")
    merging.set_defaults(run=_merge)
    comparing = commands.add_parser("diff", help="print the changes from one image or token set to another")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--format", choices=REPORTS, default="text", help="default: %(default)s")
    comparing.add_argument(
        "--at-most", type=int, default=0, metavar="N", help="number of changes to accept (default: %(default)s)"
    )
    comparing.add_argument(
        "--visible",
        type=float,
        default=VISIBLE_COLOR,
        metavar="DE",
        help="CIEDE2000 difference above which a color has changed (default: %(default)s)",
    )
    comparing.set_defaults(run=_diff)
    return parser


def _merge(options: argparse.Namespace) -> int:
    documents = [document for path in options.files for document in _read(path)]
    print(TOKEN_FORMATS[options.tokens].write(merge(documents)), end="")
    return 0


def _diff(options: argparse.Namespace) -> int:
    before, after = (_one(_read(path)) for path in (options.before, options.after))
    changes = diff(before, after, visible_color=options.visible)
    print(REPORTS[options.format](changes), end="")
    return EXIT_DRIFT if sum(not change.minor for change in changes) > options.at_most else 0


def _one(documents: Sequence[Document]) -> Document:
    return documents[0] if len(documents) == 1 else merge(documents)


def _read(path: Path) -> Sequence[Document]:
    """Return the token sets in a file. Raises Unreadable."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror or error}") from error
    if data.lstrip()[:1] != b"{":
        return [_analyzed(path, data)]
    try:
        whole = [json.loads(data)]
    except ValueError:
        whole = [_parsed(path, line) for line in data.splitlines() if line.strip()]
    return [_tokens(path, document) for document in whole]


def _parsed(path: Path, line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise Unreadable(f"{path}: neither an image nor JSON: {error}") from error


def _tokens(path: Path, document: Any) -> Document:
    tokens = document.get("tokens", document) if "accessibility" in document else document
    if not isinstance(tokens, Mapping):
        raise Unreadable(f"{path}: the analysis has no tokens")
    return tokens


def _analyzed(path: Path, data: bytes) -> Document:
    from januslens import ImageRejected, analyze  # noqa: PLC0415  comparing token sets does not need NumPy

    try:
        tokens = analyze(data, name=path.name, quote=False).tokens
    except ImageRejected as error:
        raise Unreadable(f"{path}: {error.code}: {error.detail}") from error
    if tokens is None:
        raise Unreadable(f"{path}: its tokens could not be extracted")
    return tokens.to_json()


def _as_text(changes: Sequence[Change]) -> str:
    rows = [_row(change) for change in changes]
    drift = sum(not change.minor for change in changes)
    return "".join(f"{row}\n" for row in [*rows, f"{drift} changed, {len(changes) - drift} minor"])


def _row(change: Change) -> str:
    name = ".".join(change.after or change.before or ())
    moved = change.before and change.after and change.before != change.after
    renamed = f" (was {'.'.join(change.before)})" if change.before and moved else ""
    values = " → ".join(_shown(value) for value in (change.value_before, change.value_after) if value is not None)
    unit = f" {change.unit}" if change.unit else ""
    difference = "" if change.difference is None else f"  {change.difference:g}{unit}"
    return f"{change.kind:<13} {name}{renamed}  {values}{difference}{'  minor' if change.minor else ''}"


def _as_markdown(changes: Sequence[Change]) -> str:
    head = "| Change | Token | Before | After | By |\n| --- | --- | --- | --- | --- |\n"
    return head + "".join(
        f"| {change.kind}{' (minor)' if change.minor else ''} | `{'.'.join(change.after or change.before or ())}` "
        f"| {_shown(change.value_before)} | {_shown(change.value_after)} "
        f"| {'' if change.difference is None else f'{change.difference:g} {change.unit or ""}'.strip()} |\n"
        for change in changes
    )


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def _as_json(changes: Sequence[Change]) -> str:
    return json.dumps([change.to_json() for change in changes], indent=2) + "\n"


REPORTS: Final = MappingProxyType({"text": _as_text, "markdown": _as_markdown, "json": _as_json})


def run() -> NoReturn:
    """Run a token set command, `merge` or `diff`, as a program and exit with the code that `main` returns."""
    sys.exit(main())


if __name__ == "__main__":
    run()
