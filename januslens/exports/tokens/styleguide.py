"""A style guide: a self-contained HTML page that shows every token, such as colors as swatches and text at its size.

The page conforms to WCAG 2.2, has no script and loads nothing.
"""

from itertools import groupby
from pathlib import Path as File
from typing import Final

from januslens.exports.html import shell
from januslens.exports.html.elements import Html, element
from januslens.exports.reports.figures import counted
from januslens.exports.tokens.source.css_values import css_value
from januslens.exports.tokens.source.document import Document, Path, Token, tokens
from januslens.exports.tokens.source.names import kebab, names
from januslens.exports.tokens.source.specimens import Specimen, specimen

STYLE: Final = (shell.FOLDER / "style" / "frame.css", File(__file__).with_suffix(".css"))


def write(document: Document) -> str:
    """Return the style guide of a DTCG document as a self-contained HTML page, with one item per token.

    An item has the token's name, its value, and a display of it, such as a swatch or text at that size. The tokens are
    in the order of the document.
    """
    found = sorted(tokens(document), key=lambda token: _position(document, token.path))
    spelled = names([token.path for token in found], kebab)
    items: dict[Path, Html] = {}
    rules: list[str] = []
    for number, token in enumerate(found, start=1):
        shown, id_ = specimen(token), f"token-{number}"
        items[token.path] = _item(token, f"--{spelled[token.path]}", shown, id_)
        if shown is not None:
            rules.append(shown.rule(id_, token))
    groups = groupby(items, key=lambda path: path[:-1])
    return shell.page(
        "Style guide",
        "\n".join((*(shell.read(sheet) for sheet in STYLE), *rules, "")),
        element("header", shell.brand(), element("p", "Design tokens", class_="quiet"), element("h1", "Style guide")),
        element(
            "main",
            element("p", counted(len(items), "token") if items else "No tokens were found."),
            *[_section(path, [items[member] for member in members]) for path, members in groups],
        ),
        shell.footer(),
    )


def _position(document: Document, path: Path) -> tuple[int, ...]:
    """Return the position of a token in the document, by its groups."""
    group, positions = document, []
    for name in path:
        if name not in group:
            break  # a part of a composite
        positions.append(list(group).index(name))
        group = group[name]
    return tuple(positions)


def _section(path: Path, items: list[Html]) -> Html:
    return element(
        "section",
        element("h2", ": ".join(path) or "Tokens"),
        element("ul", *items, class_="tokens"),
        class_="panel",
    )


def _item(token: Token, name: str, shown: Specimen | None, id_: str) -> Html:
    return element(
        "li",
        None if shown is None else shown.show(id_),
        element("code", name),
        element("span", css_value(token.value)),
        element("span", f" = {'.'.join(token.alias)}", class_="quiet") if token.alias else None,
        class_="wide" if shown and shown.text else None,
    )
