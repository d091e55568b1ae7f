"""Names of tokens in the target languages: unique, stable, and made from the path alone.

A name consists of ASCII letters, digits and underscores, starts with a letter and is not a reserved word of any of the
languages. `observed` and `role` are left out if the name is unique without them.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from januslens.exports.tokens.source.document import Path

type Words = tuple[str, ...]
type Spelling = Callable[[Words], str]

IMPLIED: Final = frozenset(("observed", "role"))
HUMP: Final = re.compile("(?<=[a-z0-9])(?=[A-Z])")
OTHER: Final = re.compile("[^A-Za-z0-9_]+|(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])")
PREFIX: Final = "token"
RESERVED: Final = frozenset(
    (  # words of Kotlin, Swift, Dart and Java
        *("abstract", "as", "assert", "associatedtype", "async", "await", "base", "boolean", "break", "byte", "case"),
        *("catch", "char", "class", "const", "continue", "covariant", "default", "defer", "deferred", "deinit", "do"),
        *("double", "dynamic", "else", "enum", "export", "extends", "extension", "external", "factory", "fallthrough"),
        *(
            "false",
            "fileprivate",
            "final",
            "finally",
            "float",
            "for",
            "fun",
            "func",
            "function",
            "get",
            "goto",
            "guard",
        ),
        *("hide", "if", "implements", "import", "in", "init", "inout", "instanceof", "int", "interface", "internal"),
        *(
            "is",
            "late",
            "let",
            "library",
            "long",
            "mixin",
            "native",
            "new",
            "nil",
            "null",
            "object",
            "of",
            "on",
            "open",
        ),
        *("operator", "package", "part", "precedencegroup", "private", "protected", "protocol", "public", "repeat"),
        *("required", "rethrow", "rethrows", "return", "sealed", "self", "set", "short", "show", "static", "strictfp"),
        *("struct", "subscript", "super", "switch", "sync", "synchronized", "this", "throw", "throws", "transient"),
        *("true", "try", "type", "typealias", "typedef", "typeof", "val", "var", "void", "volatile", "when", "where"),
        *("while", "with", "yield"),
        *("hash-code", "no-such-method", "runtime-type", "to-string"),  # what every object of Dart has
        # at-rules of CSS, which Less' variables look like
        *("arguments", "charset", "container", "counter-style", "document", "font-face", "font-feature-values"),
        *("keyframes", "layer", "media", "namespace", "page", "plugin", "property", "rest", "scope", "supports"),
        *("starting-style", "viewport"),
    )
)


def kebab(words: Words) -> str:
    """Join words to a name as in CSS: font-size-s-16."""
    return "-".join(words)


def snake(words: Words) -> str:
    """Join words to a name as in Android resources: font_size_s_16."""
    return "_".join(words)


def camel(words: Words) -> str:
    """Join one or more words to a name as in Kotlin, Swift and Dart: fontSizeS16.

    An underscore separates digits that would otherwise join.
    """
    spelled, *others = words
    for word in others:
        spelled += f"_{word}" if spelled[-1].isdigit() and word[0].isdigit() else word.capitalize()
    return spelled


def names(paths: Sequence[Path], spelling: Spelling) -> Mapping[Path, str]:
    """Return a unique name for each token's path, in a spelling such as `kebab`, `snake` or `camel`.

    `observed` and `role` are omitted from a name where that leaves it unique. A name that collides nevertheless gets a
    number. Names that differ only in case, or in hyphens and underscores, collide.
    """
    return unique({path: words(path) for path in paths}, {path: words(path, whole=True) for path in paths}, spelling)


def unique(short: Mapping[Path, Words], whole: Mapping[Path, Words], spelling: Spelling) -> Mapping[Path, str]:
    """Return a unique name for each path: its short name if no other path has it, else its full one.

    A full name that collides is numbered. short and whole have the words of the short and of the full names by path;
    spelling joins words to a name. Names that differ only in case, or in hyphens and underscores, collide.
    """
    frequent = Counter(_folded(spelling(parts)) for parts in short.values())
    chosen: dict[Path, str] = {}
    taken: set[str] = set()
    for path, parts in short.items():
        if frequent[_folded(spelling(parts))] == 1:
            chosen[path] = spelling(parts)
            taken.add(_folded(chosen[path]))
    for path in sorted(set(short) - set(chosen)):
        spelled, count = spelling(whole[path]), 1
        while _folded(spelled) in taken:
            count += 1
            spelled = spelling((*whole[path], f"n{count}"))
        chosen[path] = spelled
        taken.add(_folded(spelled))
    return chosen


def _folded(name: str) -> str:
    """Return a name as compared for uniqueness: Sass equates hyphen and underscore, some file systems ignore case."""
    return name.lower().replace("_", "-")


def words(path: Path, *, whole: bool = False) -> Words:
    """Return the lowercase words of which the name for a token's path consists, split at case changes and punctuation.

    whole includes `observed` and `role`, which are otherwise omitted. A name that would not start with a letter, or is
    a reserved word of one of the target languages, begins with `token`.
    """
    kept = path if whole else tuple(part for part in path if part not in IMPLIED) or path
    split = tuple(word for part in kept for word in OTHER.sub("-", HUMP.sub("-", part)).lower().split("-") if word)
    if not split or not split[0][0].isalpha() or kebab(split) in RESERVED:
        return (PREFIX, *split)
    return split
