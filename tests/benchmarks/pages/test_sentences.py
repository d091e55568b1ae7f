import unicodedata

import pytest

from benchmarks.pages.sentences import Script, read_scripts

SCRIPTS = read_scripts()
NAMES = {
    "latin": ("LATIN",),
    "cyrillic": ("CYRILLIC",),
    "greek": ("GREEK",),
    "han": ("CJK",),
    "japanese": ("HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "CJK"),
    "korean": ("HANGUL",),
    "devanagari": ("DEVANAGARI",),
    "arabic": ("ARABIC",),
    "hebrew": ("HEBREW",),
    "thai": ("THAI",),
}
"""First words of the Unicode names of each script's letters."""


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_sentences_are_written_in_their_script(script: Script) -> None:
    letters = [letter for sentence in script.sentences for word in sentence for letter in word if letter.isalpha()]
    own = [unicodedata.name(letter).split()[0] in NAMES[script.name] for letter in letters]
    assert sum(own) / len(own) > 0.95  # PDF is a word of all languages


def test_there_are_ten_scripts() -> None:
    assert set(SCRIPTS) == set(NAMES)


def test_words_are_joined_as_the_script_joins_them() -> None:
    assert {name for name, script in SCRIPTS.items() if script.joiner == ""} == {"han", "japanese", "thai"}
