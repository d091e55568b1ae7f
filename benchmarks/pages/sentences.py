"""Sentences of user interfaces in ten scripts, `sentences.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SENTENCES: Final = Path(__file__).with_name("sentences.toml")


@dataclass(frozen=True, slots=True)
class Script:
    """A writing system with sentences in one of its languages.

    language is a BCP 47 tag, direction a value of HTML's `dir`, and joiner what is written between two words.
    """

    name: str
    language: str
    direction: str
    joiner: str
    sentences: tuple[tuple[str, ...], ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words of all sentences, in their order."""
        return tuple(word for sentence in self.sentences for word in sentence)


def read_scripts(path: Path = SENTENCES) -> dict[str, Script]:
    """Return the scripts of a file by name, in its order."""
    return {
        name: Script(
            name,
            entry["language"],
            entry["direction"],
            " " if entry["spaced"] else "",
            tuple(tuple(sentence.split()) for sentence in entry["sentences"]),
        )
        for name, entry in tomllib.loads(path.read_text()).items()
    }


def script_of(language: str) -> Script:
    """Return the script of a language, such as "hi". Raises KeyError if none has sentences in it."""
    return {script.language.partition("-")[0]: script for script in read_scripts().values()}[language]
