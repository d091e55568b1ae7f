"""Numbers and strings as literals of the languages that tokens are written in."""


def format_number(number: float) -> str:
    """Write a number as every language reads it: no exponent, six decimals at most, none that say nothing."""
    text = f"{number:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def swift_string(text: str) -> str:
    """Quote a text for Swift, where a backslash begins what is put in."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def kotlin_string(text: str) -> str:
    """Quote a text for Kotlin and Dart, where a dollar sign does."""
    return swift_string(text).replace("$", "\\$")
