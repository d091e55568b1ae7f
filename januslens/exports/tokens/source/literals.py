"""Text as string literals; a font family has no line breaks."""


def swift_string(text: str) -> str:
    """Quote a text for Swift, where a backslash begins what is put in."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def kotlin_string(text: str) -> str:
    """Quote a text for Kotlin and Dart, where a dollar sign does."""
    return swift_string(text).replace("$", "\\$")
