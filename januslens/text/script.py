"""The scripts that the forms of letters tell apart."""

from enum import Enum


class Script(Enum):
    """A group of scripts whose letters are alike in form, and alike in height.

    LATIN includes Cyrillic and Greek; CJK is Han, kana and Hangul; DEVANAGARI includes Bengali and others whose letters
    hang from a headline.
    """

    LATIN = "latin"
    CJK = "cjk"
    DEVANAGARI = "devanagari"
    ARABIC = "arabic"
    HEBREW = "hebrew"
    THAI = "thai"
    TAMIL = "tamil"
