"""The frame of every generated page: a head whose policy allows only the page's own content, and a footer.

Source: Content Security Policy Level 3, https://www.w3.org/TR/CSP3/
"""

import base64
import functools
import hashlib
from pathlib import Path
from typing import Final

from januslens.exports import NAME, VERSION
from januslens.exports.html.elements import Html, element

FOLDER: Final = Path(__file__).parent


@functools.cache
def read(path: Path) -> str:
    """Return the text of a style sheet or script file, which is read once. Raises OSError if it cannot be read."""
    return path.read_text(encoding="utf-8")


def page(title: str, style: str, *content: Html, script: str | None = None) -> str:
    """Return an HTML page with its style and script inline, allowed by their hashes in a Content Security Policy.

    The policy allows images from data URIs and nothing else. content are the children of the page's body. style and
    script are inserted without escaping.
    """
    policy = (
        "default-src 'none'",
        f"style-src {_hash(style)}",
        *([] if script is None else [f"script-src {_hash(script)}"]),
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content="; ".join(policy)),
        element("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name_="color-scheme", content="light dark"),
        element("meta", name_="referrer", content="no-referrer"),
        element("title", title),
        element("style", Html(style)),
    )
    body = element("body", *content, None if script is None else element("script", Html(script)))
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def _hash(content: str) -> str:
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def brand() -> Html:
    """Return the logo and the name of Janus, as a paragraph."""
    return element("p", _logo(), NAME, class_="brand")


def _logo() -> Html:
    return element(
        "svg",
        element("rect", width=32, height=32, rx=7, fill="#2348b0"),
        element("path", d="M15 6a10 10 0 0 0 0 20z", fill="#ffffff"),
        element("path", d="M17 6a10 10 0 0 1 0 20z", fill="none", stroke="#ffffff", stroke_width=2),
        viewBox="0 0 32 32",
        width=24,
        height=24,
        aria_hidden="true",
    )


def footer(*sentences: str) -> Html:
    """Return the footer: a sentence that names Janus and its version, and then the given sentences."""
    made = f"Made by {NAME} {VERSION} from the pixels of the picture alone."
    return element("footer", element("p", " ".join((made, *sentences))))
