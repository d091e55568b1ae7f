"""Every format of the tokens of a real picture, through the tools that read it."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from januslens import analyze
from januslens.exports.tokens.formats import TOKEN_FORMATS
from januslens.exports.tokens.source.document import tokens
from tests.dtcg_schema import errors_of, typed
from tests.januslens.conftest import Rendering, render
from tests.januslens.exports.packages import Packages
from tests.januslens.exports.tokens.conftest import Build
from tests.januslens.exports.tokens.test_stylesheets import COMPILERS, compiled, with_tailwind

__all__ = ["render"]

PAGE = """
<style>
  body { background: #f4f6f9; font: 16px/24px 'Liberation Sans'; color: #20262e }
  header { background: linear-gradient(90deg, #1f5fbf, #7fd0ff); color: #fff; padding: 40px; font-size: 32px }
  section { background: #fff; border: 1px solid #c8ced6; border-radius: 8px; padding: 24px; margin: 60px 40px;
            box-shadow: 0 4px 12px rgb(0 0 0 / 0.2) }
  span { display: inline-block; background: #1f5fbf; color: #fff; padding: 8px 16px; border-radius: 4px }
</style>
<header>Parcels</header>
<section>Orders are sent on the day that they are made, or on the next if they are made after three in the afternoon.
Whoever is out finds a card behind the door.<br><br><span>Continue</span> <span>Go back</span></section>
<section>Returns are free for thirty days.</section>
"""
FAMILIES = {
    *("color", "fontSize", "fontWeight", "lineHeight", "typography"),
    *("radius", "spacing", "borderWidth", "border", "shadow", "gradient"),
}


@pytest.fixture(scope="module")
def document(render: Callable[[str, int, float], Rendering]) -> Any:
    analysis = analyze(render(PAGE, 640, 1).png, scale=1, quote=False)
    assert analysis.tokens is not None
    return json.loads(json.dumps(analysis.tokens.to_json()))


def test_a_page_of_everything_has_every_family_but_photos(document: Any) -> None:
    assert set(document) >= FAMILIES


def test_it_is_valid_by_the_schema_of_the_format(document: Any) -> None:
    assert errors_of(typed(document)) == []


def test_every_alias_names_a_token_of_the_family_that_it_stands_for(document: Any) -> None:
    aliases = re.findall(r'"\{([\w.-]+)\}"', json.dumps(document))
    assert aliases
    for alias in aliases:
        node = document
        for name in alias.split("."):
            node = node[name]
        assert "$value" in node


def test_a_hex_code_is_the_rounded_components(document: Any) -> None:
    colors = re.findall(r'"components": \[([^\]]+)\], "alpha": [\d.]+, "hex": "#(\w{6})"', json.dumps(document))
    assert colors
    for components, code in colors:
        assert bytes(round(float(part) * 255) for part in components.split(",")).hex() == code


def test_terrazzo_and_style_dictionary_read_all_of_it(document: Any, build: Build) -> None:
    read = json.loads(build("terrazzo", TOKEN_FORMATS["dtcg"].write(document)))
    assert len(read) == TOKEN_FORMATS["dtcg"].write(document).count('"$value"')
    for tool in ("style-dictionary-css", "style-dictionary-scss"):
        built = build(tool, TOKEN_FORMATS["style-dictionary"].write(document))
        assert "[object Object]" not in built
        assert len(re.findall(r"^(?:  --|\$)[\w-]+: ", built, re.MULTILINE)) == len(tokens(document))
    assert "[object Object]" not in build("tokens-studio", TOKEN_FORMATS["tokens-studio"].write(document))


@pytest.mark.parametrize("name", COMPILERS)
def test_sass_and_less_compile_it(document: Any, packages: Packages, folder: Path, name: str) -> None:
    sign = COMPILERS[name][1]
    use = f"a {{ color: {sign}color-primary; box-shadow: {sign}{_shadow_variable(document)}; }}\n"
    css = compiled(packages, folder, name, document, use)
    assert "color: #1f5fbf" in css
    assert "box-shadow: 0px 4px" in css


def _shadow_variable(document: Any) -> str:
    return f"shadow-{next(iter(document['shadow']['observed']))}"


def test_tailwind_makes_utilities_of_it(document: Any, packages: Packages, folder: Path) -> None:
    css = with_tailwind(packages, folder, document, "bg-primary text-body p-s-24 rounded-r-4")
    assert "background-color: var(--color-primary)" in css
    assert "padding: var(--spacing-s-24)" in css
    assert "border-radius: var(--radius-r-4)" in css


def test_terrazzo_resolves_its_themes(document: Any, build: Build) -> None:
    contexts = json.loads(build("terrazzo-resolver", TOKEN_FORMATS["resolver"].write(document)))
    assert set(contexts) == {"light", "dark"}


def test_android_reads_its_resources(document: Any) -> None:
    assert len(ET.fromstring(TOKEN_FORMATS["android"].write(document))) > len(document["color"]["observed"])  # noqa: S314  our own
