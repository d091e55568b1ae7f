"""HTML that can't be broken by what is put into it: every string is escaped but those that are HTML already.

Source: WHATWG HTML, section 13.1.2, https://html.spec.whatwg.org/multipage/syntax.html#elements-2. A name's underscores
stand for hyphens (`aria_label`); one at its end keeps it apart from Python's words (`class_`).
"""

from html import escape
from typing import Final

VOID: Final = frozenset(("br", "image", "img", "input", "link", "meta", "path", "rect", "use"))


class Html(str):
    """A piece of HTML markup; unlike a plain string, it is not escaped when it is put into an element."""

    __slots__ = ()


type Child = Html | str | None
type Value = str | int | float | bool | None


def element(name: str, *children: Child, **attributes: Value) -> Html:
    """Return an HTML element with children and attributes; plain strings in both are escaped, `Html` children are not.

    In attribute names, underscores become hyphens, and one at the end is dropped (`class_`). A child that is None is
    omitted, and so is an attribute that is None or False; an attribute that is True has no value. Children of a void
    element, such as img, are ignored.
    """
    opened = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}"
    if name in VOID:
        return Html(f"{opened} />")
    return Html(f"{opened}>{join(*children)}</{name}>")


def join(*children: Child) -> Html:
    """Return elements and text as one piece of HTML, without separators; plain text is escaped, and None is omitted."""
    return Html("".join(child if isinstance(child, Html) else escape(child) for child in children if child is not None))


def _attribute(name: str, value: Value) -> str:
    if value is None or value is False:
        return ""
    written = name.removesuffix("_").replace("_", "-")
    return f" {written}" if value is True else f' {written}="{escape(f"{value}")}"'
