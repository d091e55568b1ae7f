"""The sentences of checks, made of a template and values: the one place where a language is chosen.

A rule's own messages are English. Another language is a `Language` with templates of its own; a message that it lacks
is said in English. A template is one of `str.format`, whose values name how they are written: `{ratio:ratio}`. A value
without such a name is a message of the same rule.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Any, Final

from januslens.accessibility.check import Check, Message
from januslens.accessibility.rule import Rule
from januslens.color.notation import floored, hex_color

NUMBERS: Final[Mapping[str, Callable[[float], str]]] = {
    "number": "{:g}".format,
    "whole": "{:.0f}".format,
    "tenths": "{:.1f}".format,
    "hundredths": "{:.2f}".format,
    "percent": "{:.0%}".format,
    "ratio": lambda value: f"{floored(value):.2f}:1",  # never rounded up to one that would pass
}


@dataclass(frozen=True, slots=True)
class Language:
    """A language for the sentences of checks: templates by rule id and message id, and the decimal separator.

    A template of a rule replaces its English one; a message without a template here is written in English.
    """

    templates: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    decimal_separator: str = "."


ENGLISH: Final = Language()


def sentence_of(check: Check, language: Language = ENGLISH) -> str:
    """Return the message of a check as a sentence in the given language, or in English where it lacks a template.

    A check from a stored report keeps the sentence with which it was stored, in whatever language that was.
    """
    return check.message if isinstance(check.message, str) else written(check.rule, check.message, language)


def written(rule: Rule, message: Message, language: Language = ENGLISH) -> str:
    """Return a rule's message as a sentence in the given language, or in English if the language lacks its template.

    Numbers are formatted as the template says; contrast ratios are rounded down. Raises KeyError if the rule has no
    such message, or the message lacks a value that its template uses.
    """
    templates = {**rule.messages, **language.templates.get(rule.id, {})}
    return _Writer(rule, language).vformat(templates[message.id], (), message.values)


class _Writer(Formatter):
    def __init__(self, rule: Rule, language: Language) -> None:
        self._rule = rule
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Message):
            return written(self._rule, value, self._language)
        match format_spec:
            case "":
                return ", ".join(written(self._rule, each, self._language) for each in value)
            case "color":
                return hex_color(value)
            case _:
                return NUMBERS[format_spec](value).replace(".", self._language.decimal_separator)
