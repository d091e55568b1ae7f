"""Names in every language: valid, unique, made from the path alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from januslens.exports.tokens.formats import TOKEN_FORMATS
from januslens.exports.tokens.source.document import Document, Path, tokens
from januslens.exports.tokens.source.names import camel, kebab, names, snake
from tests.januslens.exports.tokens.samples import DOCUMENT, DOCUMENTS, NAMES, NASTY

IDENTIFIER = re.compile("[a-z][A-Za-z0-9_]*")
DECLARED = {
    "css": re.compile(r"^  --([a-z][a-z0-9_-]*): [^;]*;$"),
    "tailwind": re.compile(r"^  --([a-z][a-z0-9_-]*): [^;]*;$"),
    "scss": re.compile(r"^\$([a-z][a-z0-9_-]*): [^;]*;$"),
    "less": re.compile(r"^@([a-z][a-z0-9_-]*): [^;]*;$"),
    "android": re.compile(r'^    <\w+ name="([a-z][a-z0-9_]*)"( format="float" type="dimen")?>[^<]*</\w+>$'),
    "compose": re.compile(r"^    val ([a-z][A-Za-z0-9_]*) = .+$"),
    "swiftui": re.compile(r"^    static let ([a-z][A-Za-z0-9_]*) = .+$"),
    "flutter": re.compile(r"^  static const \w+ ([a-z][A-Za-z0-9_]*) = .+;$"),
}
STYLESHEETS = ("css", "tailwind", "scss", "less")
AROUND = {
    "css": (2, 1),
    "tailwind": (2, 1),
    "scss": (1, 0),
    "less": (1, 0),
    "android": (3, 1),
}
"""Lines before and after the declarations, where they are always as many."""
KEYWORDS = {
    "Kotlin": """
        as break class continue do else false for fun if in interface is null object package return super
        this throw true try typealias typeof val var when while
    """,
    "Java": """
        abstract assert boolean break byte case catch char class const continue default do double else enum
        extends final finally float for goto if implements import instanceof int interface long native new
        package private protected public return short static strictfp super switch synchronized this throw
        throws transient try void volatile while true false null
    """,
    "Swift": """
        associatedtype class deinit enum extension fileprivate func import init inout internal let open
        operator private precedencegroup protocol public rethrows static struct subscript typealias var
        break case catch continue default defer do else fallthrough for guard if in repeat return throw
        switch where while as await false is nil self super throws true try
    """,
    "Dart": """
        assert break case catch class const continue default do else enum extends false final finally for if
        in is new null rethrow return super switch this throw true try var void while with abstract as
        covariant deferred dynamic export extension external factory function get implements import
        interface late library mixin operator part required set static typedef async await yield base sealed
        when hide show on of sync
    """,
    "members of Dart's Object": "hash-code no-such-method runtime-type to-string",
    "at-rules of CSS and Less": """
        charset container counter-style document font-face font-feature-values import keyframes layer media
        namespace page plugin property scope starting-style supports viewport arguments rest
    """,
}
"""Kotlin: https://kotlinlang.org/docs/keyword-reference.html, hard keywords; Java: its language specification, section
3.9; Swift: The Swift Programming Language, "Lexical Structure"; Dart: https://dart.dev/language/keywords."""
RESERVED = frozenset(word for words in KEYWORDS.values() for word in words.split())
PATHS = st.lists(st.lists(NAMES, min_size=1, max_size=4).map(tuple), unique=True, max_size=12)


def declared(name: str, document: Document) -> list[str]:
    """The names that a file declares; each line between its first and last ones is a declaration."""
    lines = TOKEN_FORMATS[name].write(document).split("\n")[:-1]
    if name in AROUND:
        before, after = AROUND[name]
    else:
        before, after = next(place for place, line in enumerate(lines) if line.endswith(("{", "{}"))) + 1, 1
    found = [DECLARED[name].match(line) for line in lines[before : len(lines) - after]]
    assert None not in found, lines
    return [match[1] for match in found if match]


@pytest.mark.parametrize("name", DECLARED)
@given(DOCUMENTS)
def test_a_file_declares_valid_names_and_none_twice(name: str, document: Document) -> None:
    found = declared(name, document)
    assert len({word.lower().replace("_", "-") for word in found}) == len(found)


@pytest.mark.parametrize("name", DECLARED)
def test_as_many_names_are_declared_as_there_are_tokens(name: str) -> None:
    known = len(tokens(DOCUMENT)) - (0 if name in STYLESHEETS else 2)  # the others know no shadow and no gradient
    assert len(declared(name, DOCUMENT)) == known


@given(PATHS)
def test_names_are_identifiers_of_their_paths_in_any_order(paths: list[Path]) -> None:
    for spelling in (kebab, snake, camel):
        spelled = names(paths, spelling)
        assert spelled == names(list(reversed(paths)), spelling)
        assert len({name.lower() for name in spelled.values()}) == len(paths)
        for name in spelled.values():
            assert IDENTIFIER.fullmatch(name.replace("-", "_"))
            assert name not in RESERVED


@pytest.mark.parametrize(
    ("path", "css", "android", "kotlin"),
    [
        ("color.observed.c-1f5fbf", "color-c-1f5fbf", "color_c_1f5fbf", "colorC1f5fbf"),
        ("color.role.text-muted", "color-text-muted", "color_text_muted", "colorTextMuted"),
        ("fontSize.observed.s-13_5", "font-size-s-13_5", "font_size_s_13_5", "fontSizeS13_5"),
        ("ramp.primary.50", "ramp-primary-50", "ramp_primary_50", "rampPrimary50"),
        ("theme.1.2", "theme-1-2", "theme_1_2", "theme1_2"),
        ("class", "token-class", "token_class", "tokenClass"),
        ("2x", "token-2x", "token_2x", "token2x"),
        ("色", "token", "token", "token"),
    ],
)
def test_names_tell_the_path(path: str, css: str, android: str, kotlin: str) -> None:
    parts = tuple(path.split("."))
    assert [names([parts], spelling)[parts] for spelling in (kebab, snake, camel)] == [css, android, kotlin]


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_no_name_is_a_word_of_a_language(word: str) -> None:
    assert names([(word,)], kebab)[word,] == f"token-{word}"
    assert names([(word, "a")], kebab)[word, "a"] == f"{word}-a"


def test_only_those_that_would_be_the_same_are_spelled_out() -> None:
    observed, role, other = ("color", "observed", "x"), ("color", "role", "x"), ("color", "observed", "y")
    assert names([observed, role, other], kebab) == {
        observed: "color-observed-x",
        role: "color-role-x",
        other: "color-y",
    }


def test_names_that_are_the_same_in_whole_are_counted() -> None:
    spelled = names([("a-b",), ("a", "b"), ("a b",)], kebab)
    assert sorted(spelled.values()) == ["a-b", "a-b-n2", "a-b-n3"]


@pytest.mark.parametrize("name", DECLARED)
def test_names_of_any_kind_are_declared(name: str) -> None:
    assert len(declared(name, NASTY)) > 100
