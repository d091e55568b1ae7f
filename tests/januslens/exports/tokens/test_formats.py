"""What the formats of tokens are called, and what their files are."""

from januslens.exports.tokens.formats import TOKEN_FORMATS


def test_formats_have_the_media_types_and_extensions_that_their_tools_look_for() -> None:
    assert {name: (written.media_type, written.extension) for name, written in TOKEN_FORMATS.items()} == {
        "dtcg": ("application/design-tokens+json", ".tokens.json"),
        "resolver": ("application/json", ".resolver.json"),
        "css": ("text/css", ".css"),
        "scss": ("text/x-scss", ".scss"),
        "less": ("text/x-less", ".less"),
        "tailwind": ("text/css", ".tailwind.css"),
        "style-dictionary": ("application/json", ".style-dictionary.json"),
        "tokens-studio": ("application/json", ".tokens-studio.json"),
        "android": ("application/xml", ".xml"),
        "compose": ("text/x-kotlin", ".kt"),
        "swiftui": ("text/x-swift", ".swift"),
        "flutter": ("application/vnd.dart", ".dart"),
        "styleguide": ("text/html", ".html"),
    }
    assert [name for name, written in TOKEN_FORMATS.items() if written.embeds_image] == []


def test_of_formats_with_one_media_type_the_first_is_the_one_that_is_accepted() -> None:
    by_media_type: dict[str, str] = {}
    for name, written in TOKEN_FORMATS.items():
        by_media_type.setdefault(written.media_type, name)
    assert (by_media_type["text/css"], by_media_type["application/json"]) == ("css", "resolver")


def test_every_format_is_written() -> None:
    assert [name for name, written in TOKEN_FORMATS.items() if not written.write({})] == []
