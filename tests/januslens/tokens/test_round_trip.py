"""Tokens to CSS to a page that Chromium draws, and back to tokens: the same, but for what was changed."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from januslens import analyze
from januslens.design_system.drift import diff
from januslens.exports.tokens.formats import TOKEN_FORMATS
from tests.januslens.conftest import Rendering

Render = Callable[[str, int, float], Rendering]

PAGE = """
<style>
  {css}
  body {{ background: var(--color-page); color: var(--color-text); font: 16px/24px 'Liberation Sans' }}
  section {{ background: var(--color-surface); border-radius: var(--radius-r-8); padding: var(--spacing-s-24);
            margin: 64px 40px }}
  nav {{ display: flex; gap: var(--spacing-s-16); margin-top: 24px }}
  span {{ background: var(--color-primary); color: #fff; padding: 8px 16px; border-radius: var(--radius-r-4) }}
  h1 {{ font-size: 32px; margin: 0 0 16px }}
</style>
<section><h1>Delivery and returns</h1>Orders are sent on the day that they are made, or on the next if they are made
after three in the afternoon.<nav><span>Continue</span><span>Go back</span><span>Ask us</span></nav></section>
<section>Returns are free for thirty days.
<nav><span>Send it back</span><span>Not now</span><span>Print</span></nav></section>
"""
SYSTEM = """:root {
  --color-page: #d5dce6; --color-text: #20262e; --color-surface: #ffffff; --color-primary: #1f5fbf;
  --radius-r-4: 4px; --radius-r-8: 8px; --spacing-s-16: 16px; --spacing-s-24: 24px;
}"""


def tokens(render: Render, css: str) -> dict[str, Any]:
    analysis = analyze(render(PAGE.format(css=css), 640, 1).png, scale=1, quote=False)
    assert analysis.tokens is not None
    document: dict[str, Any] = json.loads(json.dumps(analysis.tokens.to_json()))
    return document


@pytest.fixture(scope="module")
def before(render: Render) -> dict[str, Any]:
    return tokens(render, SYSTEM)


def test_a_page_drawn_with_the_tokens_of_a_page_has_the_same(render: Render, before: dict[str, Any]) -> None:
    again = tokens(render, TOKEN_FORMATS["css"].write(before))
    assert diff(before, again) == []


CHANGES = {
    "--color-primary: #1f5fbf": ("--color-primary: #8a2f6b", {"color"}),
    "--radius-r-8: 8px": ("--radius-r-8: 14px", {"radius"}),
    "--spacing-s-16: 16px": ("--spacing-s-16: 40px", {"spacing"}),
}


@pytest.mark.parametrize("old", CHANGES)
def test_changing_a_variable_changes_that_family_alone(render: Render, before: dict[str, Any], old: str) -> None:
    new, families = CHANGES[old]
    changes = [change for change in diff(before, tokens(render, SYSTEM.replace(old, new))) if not change.minor]
    assert {(change.after or change.before or ("",))[0] for change in changes} == families
