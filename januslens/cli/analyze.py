"""The analysis command: `python -m januslens.cli.analyze [--scale N] [--jsonl] [--views DIRECTORY] FILE…`.

With `--format FORMAT` it prints the accessibility report of one file, with `--tokens FORMAT` its design tokens.

Exit codes: 0 if all files were analyzed, 1 if an analysis lacks one of its results, 2 if a file cannot be read or
written or the arguments are invalid. A file that cannot be read gets one line on standard error, and the others are
still analyzed.
"""

import argparse
import json
import logging
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NoReturn

from januslens import MAX_PIXELS, ImageRejected, analyze, draw_views
from januslens.accessibility.rule import CONFORMANCE
from januslens.analysis.run import Analysis
from januslens.decode.scale import MAX_SCALE, MIN_SCALE
from januslens.exports.reports.formats import FORMATS
from januslens.exports.reports.subject import Subject
from januslens.exports.tokens.formats import TOKEN_FORMATS

PROGRAM: Final = "janus"
EXIT_PART_FAILED: Final = 1
EXIT_UNREADABLE: Final = 2
EXIT_INTERRUPTED: Final = 130  # 128 + SIGINT, the shells' convention

ORDER: Final = ("failed", "cantTell", "passed")
COLUMNS: Final = "{:<9} {:<21} {:>6} {:>8} {:>8}  {:<16} {:<16} {}"

log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the analysis command and return its exit code; arguments default to those of the process.

    The code is 0 if all files were analyzed, 1 if an analysis lacks one of its results, 2 if a file cannot be read or
    written. Results are printed on standard output, errors on standard error. Raises SystemExit if the arguments are
    invalid (code 2) or ask for help.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    prints_file = options.format is not None or options.tokens is not None
    if prints_file and len(options.files) > 1:
        parser.error("--format and --tokens accept one file only")
    if options.views is not None:
        if len({path.stem for path in options.files}) < len(options.files):
            parser.error("--views needs files with different names")
        if not _can_write_into(options.views):
            return EXIT_UNREADABLE
    code = 0
    for position, path in enumerate(options.files, start=1):
        _show_progress(position, len(options.files), path)
        try:
            data = path.read_bytes()
            result = analyze(
                data,
                scale=options.scale,
                name=path.name,
                max_pixels=options.max_pixels,
                quote=options.quote,
            )
        except (ImageRejected, OSError) as error:
            _complain(path, error)
            code = EXIT_UNREADABLE
            continue
        if options.views is not None:
            code = max(code, _write_views(options.views, path, data, result, options.max_pixels))
        _clear_progress()
        document = result.to_json()
        if prints_file:
            _print_file(path, data, result, options)
        else:
            print(json.dumps({"file": str(path), **document}) if options.jsonl else "\n".join(_table(path, document)))
        if document["failures"]:
            code = max(code, EXIT_PART_FAILED)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"python -m {__package__}.analyze",
        description="Report the accessibility and the design tokens of screenshots and other images.",
        epilog="Exit codes: 0 all files analyzed, 1 a result is incomplete, 2 a file could not be read or written.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="PNG, JPEG, WebP, GIF or AVIF")
    parser.add_argument(
        "--scale",
        type=_scale,
        metavar="N",
        help="device pixels per CSS pixel, 0.5 to 8; default: the file's pixel density, its name (card@2x.png), or an "
        "estimate",
    )
    output = parser.add_mutually_exclusive_group()
    output.add_argument(
        "--jsonl", action="store_true", help="print one JSON object per line, with all checks and tokens"
    )
    output.add_argument(
        "--format", choices=FORMATS, help="print the accessibility report of one file in the format of another tool"
    )
    output.add_argument(
        "--tokens",
        choices=TOKEN_FORMATS,
        metavar="FORMAT",
        help=f"print the design tokens of one file as {', '.join(TOKEN_FORMATS)}",
    )
    parser.add_argument(
        "--no-quotes", dest="quote", action="store_false", help="do not read the text of findings, which is faster"
    )
    parser.add_argument(
        "--views",
        type=Path,
        metavar="DIRECTORY",
        help="write images into this directory: NAME.overlay.png with the issues marked, and NAME.protan.png, "
        ".deutan.png, .tritan.png and .achromatopsia.png, which simulate color vision deficiencies",
    )
    parser.add_argument(
        "--max-pixels", type=int, default=MAX_PIXELS, metavar="N", help="reject larger images (default: %(default)s)"
    )
    return parser


def _print_file(path: Path, data: bytes, result: Analysis, options: argparse.Namespace) -> None:
    """Print the requested result, or an error if the analysis lacks it."""
    if options.tokens is not None and result.tokens is not None:
        print(TOKEN_FORMATS[options.tokens].write(result.tokens.to_json()), end="")
    elif options.format is not None and result.accessibility is not None:
        subject = Subject(result.accessibility, result.image, path.name, datetime.now(UTC), data)
        print(FORMATS[options.format].write(subject), end="")
    else:
        part = "accessibility" if options.tokens is None else "tokens"
        _complain(path, f"{part}: {result.failures[part]}")


def _can_write_into(directory: Path) -> bool:
    """Create a directory if needed, and return whether files can be written into it; report the error if not."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            return True
    except OSError as error:
        _complain(directory, error)
        return False


def _write_views(directory: Path, path: Path, data: bytes, result: Analysis, max_pixels: int) -> int:
    """Write the views of a file, and return the exit code."""
    try:
        for view, png in draw_views(data, result, max_pixels=max_pixels):
            (directory / f"{path.stem}.{view}.png").write_bytes(png)
    except OSError as error:
        _complain(directory, error)
        return EXIT_UNREADABLE
    except Exception:
        log.exception("not all views of %s could be drawn", _shown(path))
        return EXIT_PART_FAILED
    return 0


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from error
    if not MIN_SCALE <= scale <= MAX_SCALE:
        raise argparse.ArgumentTypeError(f"{text} is not between {MIN_SCALE:g} and {MAX_SCALE:g}")
    return scale


def _show_progress(position: int, total: int, path: Path) -> None:
    if total > 1 and sys.stderr.isatty():
        print(f"\r\033[K[{position}/{total}] {_shown(path.name)}", end="", file=sys.stderr, flush=True)


def _complain(path: Path, error: ImageRejected | OSError | str) -> None:
    """Print one line on standard error about a file or directory."""
    match error:
        case ImageRejected():
            reason = f"{error.code}: {error.detail}"
        case OSError():
            reason = f"{error.strerror or error}"
        case _:
            reason = error
    _clear_progress()
    print(f"{PROGRAM}: {_shown(path)}: {reason}", file=sys.stderr)


def _clear_progress() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def _shown(path: Path | str) -> str:
    """Return a file name on one line, in printable characters."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(path))


def _table(path: Path, document: dict[str, Any]) -> Iterator[str]:
    image = document["image"]
    yield f"{_shown(path)}: {image['width']} × {image['height']} {image['format']}"
    yield f"  scale {image['scale']:g} ({image['scale_source']})"
    yield from (f"  {note}" for note in image["notes"])
    yield from (f"  {part}: {code}" for part, code in document["failures"].items())
    if document["accessibility"] is not None:
        yield from _accessibility_rows(document["accessibility"])
    if document["tokens"] is not None:
        yield from _token_rows(document["tokens"])


def _accessibility_rows(accessibility: dict[str, Any]) -> Iterator[str]:
    summary, issues = accessibility["summary"], accessibility["issues"]
    outcomes = summary["outcomes"]
    yield "\nAccessibility, levels A and AA: " + ", ".join(f"{outcomes[outcome]} {outcome}" for outcome in ORDER)
    shares = {level: share for level, share in summary["text"].items() if share is not None}
    passing = ", ".join(f"{share:.0%} at {level}" for level, share in shares.items())
    yield f"  Text that passes: {passing}" if shares else "  No text was found."
    shown = [issue for issue in issues if issue["level"] in CONFORMANCE]
    if shown:
        yield COLUMNS.format("outcome", "rule", "count", "measured", "required", "colors", "fix", "first at")
    for issue in shown:
        yield _issue_row(issue, accessibility["checks"][issue["places"][0]]["box"])
    more = len(issues) - len(shown)
    if more:
        yield f"  {more} more at level AAA or as advice; use --jsonl or --format to see them."


def _issue_row(issue: dict[str, Any], box: dict[str, int]) -> str:
    fix = (issue["fixes"] or {}).get("foreground")
    size = issue["size"] and f"{issue['size']['value']:g}px"
    return COLUMNS.format(
        issue["outcome"],
        issue["rule"],
        len(issue["places"]),
        size or "" if issue["ratio"] is None else f"{issue['ratio']:.2f}",
        "" if issue["required"] is None else f"{issue['required']:g}",
        f"{issue['foreground']} {issue['background']}" if issue["background"] else "",
        fix["color"] if fix else issue["reason"] or "",
        f"{box['width']}×{box['height']} at {box['x']},{box['y']}",
    ).rstrip()


def _token_rows(tokens: dict[str, Any]) -> Iterator[str]:
    observed = {family: tokens.get(family, {}).get("observed", {}) for family in ("color", "fontSize", "radius")}
    yield f"\nColors: {len(observed['color'])}"
    for token in observed["color"].values():
        (evidence,) = token["$extensions"].values()
        yield f"  {token['$value']['hex']}  {evidence['areaShare']:7.2%}  {', '.join(evidence['seenAs'])}"
    for heading, family in (("Font sizes", "fontSize"), ("Corner radii", "radius")):
        values = [f"{token['$value']['value']:g}" for token in observed[family].values()]
        yield f"{heading}: {', '.join(values)} px" if values else f"{heading}: none"
    yield ""


def run() -> NoReturn:
    """Run the analysis command as a program and exit with the code that `main` returns.

    It exits with 130 if interrupted, and with 0 if its output pipe is closed, both without a message.
    """
    try:
        code = main()
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = EXIT_INTERRUPTED
    except BrokenPipeError:  # the reader, such as head, has closed the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


if __name__ == "__main__":
    run()
