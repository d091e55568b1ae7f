"""CSS, Sass, Less and Tailwind: what their compilers and Chromium make of the files."""

import re
from pathlib import Path

import pytest

from januslens.exports.tokens.formats import TOKEN_FORMATS
from januslens.exports.tokens.source.document import Document, tokens
from tests.januslens.exports.conftest import OpenFile
from tests.januslens.exports.packages import Packages
from tests.januslens.exports.tokens.samples import DOCUMENT, EMPTY, NASTY, STRANGE

COMPILERS = {
    "scss": ("node_modules/sass/sass.js", "$", "--no-source-map"),
    "less": ("node_modules/less/bin/lessc", "@"),
}
TAILWIND = "node_modules/@tailwindcss/cli/dist/index.mjs"
EXPECTED = {
    "color-c-1f5fbf": "#1f5fbf",
    "color-primary": "#1f5fbf",
    "color-link": "#1f5fbf",
    "color-shade": "#00000080",
    "font-size-s-16": "16px",
    "font-size-s-13_5": "13.5px",
    "radius-r-9_5": "9.5px",
    "border-width-b-1": "1px",
    "spacing-g-8": "8px",
    "font-weight-w-700": "700",
    "shadow-e-1": "0px 1px 2px 0px #00000080",
    "gradient-g-1": "#ffffff 0%, #1f5fbf 100%",
    "typography-body-font-family": '"Some Sans", sans-serif',
    "typography-caption-font-size": "16px",
    "typography-caption-line-height": "1.5",
    "border-box-color": "#1f5fbf",
}
SHADE_OF_SASS = "rgba(0, 0, 0, 0.5019607843)"
UTILITIES = {
    "bg-c-1f5fbf": "background-color: var(--color-c-1f5fbf)",
    "text-link": "color: var(--color-link)",
    "text-s-13_5": "font-size: var(--text-s-13_5)",
    "rounded-r-4": "border-radius: var(--radius-r-4)",
    "p-g-8": "padding: var(--spacing-g-8)",
    "border-b-1": "border-width: var(--border-width-b-1)",
    "font-w-700": "font-weight: var(--font-weight-w-700)",
    "shadow-e-1": "--tw-shadow: 0px 1px 2px 0px var(--tw-shadow-color, #00000080)",
    "font-body": "font-family: var(--font-body)",
    "text-body": "line-height: var(--tw-leading, var(--text-body--line-height))",
}


def compiled(packages: Packages, folder: Path, name: str, document: Document, use: str = "") -> str:
    compiler, _, *options = COMPILERS[name]
    source = folder / f"tokens.{name}"
    source.write_text(TOKEN_FORMATS[name].write(document) + use)
    return packages.run(compiler, *options, source)


@pytest.mark.parametrize("name", COMPILERS)
def test_the_compiler_puts_the_values_in(packages: Packages, folder: Path, name: str) -> None:
    sign = COMPILERS[name][1]
    use = "".join(f"  p{number}: {sign}{variable};\n" for number, variable in enumerate(EXPECTED))
    css = compiled(packages, folder, name, DOCUMENT, f".x {{\n{use}}}\n").replace(SHADE_OF_SASS, "#00000080")
    assert dict(re.findall(r"^  (p\d+): (.*);$", css, re.MULTILINE)) == {
        f"p{number}": value for number, value in enumerate(EXPECTED.values())
    }


@pytest.mark.parametrize("name", COMPILERS)
@pytest.mark.parametrize("document", [EMPTY, STRANGE, NASTY], ids=["empty", "strange", "nasty"])
def test_any_document_compiles(packages: Packages, folder: Path, name: str, document: Document) -> None:
    assert compiled(packages, folder, name, document).strip() == ""


def test_chromium_gives_the_values_back(open_file: OpenFile) -> None:
    page = f"<!doctype html><html lang='en'><style>{TOKEN_FORMATS['css'].write(DOCUMENT)}</style></html>"
    names = [f"--{name}" for name in EXPECTED]
    script = "names => names.map(name => getComputedStyle(document.documentElement).getPropertyValue(name))"
    assert open_file(page, lambda visit: visit.page.evaluate(script, names)) == list(EXPECTED.values())


@pytest.mark.parametrize("name", ["css", "tailwind"])
def test_chromium_leaves_no_declaration_out(open_file: OpenFile, name: str) -> None:
    written = TOKEN_FORMATS[name].write(NASTY).replace("@theme", ":root")
    page = f"<!doctype html><html lang='en'><style>{written}</style></html>"
    script = "document.styleSheets[0].cssRules.length + ' ' + document.styleSheets[0].cssRules[0].style.length"
    assert open_file(page, lambda visit: visit.page.evaluate(script)) == f"1 {len(tokens(NASTY))}"


def with_tailwind(packages: Packages, folder: Path, document: Document, classes: str = "") -> str:
    (folder / "page.html").write_text(f'<p class="{classes}">')
    (folder / "theme.css").write_text(TOKEN_FORMATS["tailwind"].write(document))
    (folder / "main.css").write_text(
        '@import "tailwindcss" source(none);\n@source "./page.html";\n@import "./theme.css";\n'
    )
    packages.run(TAILWIND, "-i", folder / "main.css", "-o", folder / "out.css")
    return (folder / "out.css").read_text()


def test_tailwind_makes_utilities_of_the_theme(packages: Packages, folder: Path) -> None:
    css = with_tailwind(packages, folder, DOCUMENT, " ".join(UTILITIES))
    utilities = dict(re.findall(r"^  \.([\w-]+) \{\n(.*?)\n  \}", css, re.MULTILINE | re.DOTALL))
    for utility, declaration in UTILITIES.items():
        assert declaration in utilities[utility]
    for declaration in ("--color-link: var(--color-primary);", "--color-primary: var(--color-c-1f5fbf);"):
        assert declaration in css


@pytest.mark.parametrize("document", [EMPTY, STRANGE, NASTY], ids=["empty", "strange", "nasty"])
def test_tailwind_takes_any_document(packages: Packages, folder: Path, document: Document) -> None:
    assert "@layer" in with_tailwind(packages, folder, document)
