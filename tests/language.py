"""Habits of language that we avoid, and where they still are: `python -m tests.language`.

It prints every place. `python -m tests.language --lower` writes today's counts to the baseline, where they are lower.
Text that users read (strings, email, the page, README, descriptions in OpenAPI) and other text are counted apart.
Comments and tests are not looked at.
"""

import ast
import io
import re
import sys
import tokenize
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from infra.terminal import say

PROJECT: Final = Path(__file__).parents[1]
BASELINE: Final = PROJECT / "tests" / "language-baseline.toml"
PATTERNS: Final = (
    "app.py",
    "*.md",
    "docs/**/*.md",
    "chalicelib/**/*",
    "januslens/**/*",
    "infra/**/*",
    "benchmarks/*.py",
    "benchmarks/*.md",
    "benchmarks/compared/*.py",
)
VISIBLE_FILES: Final = ("README.md", "*.html", "*.txt", "*.js", "*.mjs", "*.yaml")
COMMENTS: Final = {
    ".js": re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL),
    ".mjs": re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL),
    ".html": re.compile(r"<!--.*?-->", re.DOTALL),
    ".yaml": re.compile(r"(?<!\S)#[^\n]*"),
}
PREPOSITIONS: Final = "after|as|at|by|for|from|has|in|into|is|like|of|on|or|than|to|under|user|with|within|without"
HABITS: Final = {
    "an X a Y": re.compile(
        rf"\ban? (?!(?:{PREPOSITIONS})\b)[a-z]+ an? [a-z]+|\bpixels? an? (?:CSS\b|pixel\b|row\b|column\b|meter\b)"
    ),
    "goes on": re.compile(r"\bgo(?:es|ing)? on\b"),
    "good for": re.compile(r"\bgood (?:for|once|until)\b"),
    "told of, told to": re.compile(r"\btold (?:of|to)\b|\btells? of\b"),
    "whoever": re.compile(r"\bwho(?:m|so)?ever\b", re.IGNORECASE),
    "all that belongs": re.compile(r"\ball that (?:belongs?|is|are)\b", re.IGNORECASE),
    "is over": re.compile(r"\b(?:is|are|was|were) over\b(?! (?:\d|an?\b|the\b|its\b))"),
    "comes to": re.compile(r"\b(?:come|comes|came) to\b"),
    "stands": re.compile(r"\bstands?\b(?! (?:for|out|alone|on)\b)"),
    "anew, begun again": re.compile(r"\banew\b|\b(?:begun|begins?|began) again\b"),
    "that would do, that there is": re.compile(r"\bthat (?:would do|there (?:is|are))\b"),
    "none of the user's": re.compile(r"\bnone of (?:the|your|their) \w+(?:'s|’s)"),  # noqa: RUF001 - the page's apostrophe
    "you need do": re.compile(r"\bneed do\b"),
    "mail for email": re.compile(r"\ba mail\b|\bby mail\b|\bmails\b"),
}
OF_NAMES: Final = {"MOST_, FEWEST_": re.compile(r"^_?(?:MOST|FEWEST|LARGEST|SHORTEST)_")}
OF_DEFINITIONS: Final = {  # the docstring of a module or class: it names the thing
    "a clause as a definition": re.compile(r"^(?:What|Who|Whose|Whom|Which|How|Where|When|Why|Whether)\b")
}
type Audience = Literal["users", "developers"]
type Docstring = tuple[Audience, type[ast.AST] | None]  # who reads it, and what it describes
STRING: Final[Docstring] = ("users", None)


@dataclass(frozen=True)
class Place:
    """One occurrence of a habit; line counts from 1."""

    audience: Audience
    habit: str
    file: Path
    line: int
    found: str


def places() -> Iterator[Place]:
    """Yield every occurrence, file by file."""
    files = {file for pattern in PATTERNS for file in PROJECT.glob(pattern) if file.is_file()}
    for file in sorted(files):
        if file.suffix == ".py":
            yield from _python(file)
        elif file.suffix in {".md", *COMMENTS} or file.match("*.txt"):
            text = file.read_text("utf-8")
            if file.suffix in COMMENTS:  # a comment's lines stay, so that those below it keep their numbers
                text = COMMENTS[file.suffix].sub(lambda comment: "\n" * comment[0].count("\n"), text)
            audience: Audience = "users" if any(file.match(name) for name in VISIBLE_FILES) else "developers"
            for number, line in enumerate(text.splitlines(), 1):
                yield from _found(audience, HABITS, file, number, line)


def counts() -> dict[Audience, Counter[str]]:
    """Return how often each habit occurs, by audience."""
    found: dict[Audience, Counter[str]] = {"users": Counter(), "developers": Counter()}
    for place in places():
        found[place.audience][place.habit] += 1
    return found


def baseline() -> dict[Audience, Counter[str]]:
    """Return the counts that the baseline allows."""
    stored = tomllib.loads(BASELINE.read_text("utf-8"))
    return {"users": Counter(stored["users"]), "developers": Counter(stored["developers"])}


def lower() -> None:
    """Write today's counts to the baseline; those that have risen keep their old value."""
    today, allowed = counts(), baseline()
    text = "# How often each habit of tests/language.py still occurs. `python -m tests.language --lower` lowers it.\n"
    for audience, found in today.items():
        text += f"\n[{audience}]\n"
        lowered = {habit: min(count, allowed[audience][habit]) for habit, count in sorted(found.items())}
        text += "".join(f'"{habit}" = {count}\n' for habit, count in lowered.items() if count)
    BASELINE.write_text(text, "utf-8")


def _python(file: Path) -> Iterator[Place]:
    source = file.read_text("utf-8")
    tree = ast.parse(source)
    docstrings: dict[int, Docstring] = dict(_docstrings(tree, file, shown="__doc__" in source))
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    for node in strings:
        audience, kind = docstrings.get(id(node), STRING)
        text = str(node.value)
        for offset, line in enumerate(text.splitlines()):
            yield from _found(audience, HABITS, file, node.lineno + offset, line)
        if kind in {ast.Module, ast.ClassDef}:
            yield from _found(audience, OF_DEFINITIONS, file, node.lineno, text)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.NAME:
            yield from _found("developers", OF_NAMES, file, token.start[0], token.string)


def _docstrings(tree: ast.Module, file: Path, *, shown: bool) -> Iterator[tuple[int, Docstring]]:
    """Yield the docstrings, also those of attributes, by the identity of their nodes, with who reads them.

    A command shows its module's docstring as help, and OpenAPI has those of the API's types as descriptions.
    """
    for node in ast.walk(tree):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            continue
        is_read = (isinstance(node, ast.Module) and shown) or (
            isinstance(node, ast.ClassDef) and "api" in file.relative_to(PROJECT).parts
        )
        for position, statement in enumerate(node.body):
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                kind = type(node) if position == 0 else ast.Assign
                yield id(statement.value), ("users" if is_read else "developers", kind)


def _found(
    audience: Audience, habits: Mapping[str, re.Pattern[str]], file: Path, line: int, text: str
) -> Iterator[Place]:
    relative = file.relative_to(PROJECT)
    for habit, pattern in habits.items():
        for match in pattern.finditer(text):
            yield Place(
                "developers" if relative.parts[0] == "benchmarks" else audience, habit, relative, line, match[0]
            )


if __name__ == "__main__":
    if sys.argv[1:] == ["--lower"]:
        lower()
    else:
        for place in places():
            say(f"{place.file}:{place.line}: {place.audience}: {place.habit}: {place.found}")
