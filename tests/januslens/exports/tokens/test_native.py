"""Android, Compose, SwiftUI and Flutter: values in the platforms' units, and files that hold together."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from januslens.exports.tokens.formats import TOKEN_FORMATS
from januslens.exports.tokens.source.document import Document
from tests.januslens.exports.tokens.samples import DOCUMENT, DOCUMENTS, EMPTY, NASTY, STRANGE, px

CODE = ("compose", "swiftui", "flutter")
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
INTERPOLATION = re.compile(r"(?<!\\)(?:\\\\)*\$|\\\(")
JAVA_NAME = re.compile("[a-z][a-z0-9_]*")  # aapt2 refuses names of resources that aren't
RESOURCES = {  # by their values in aapt2's notation
    "color": re.compile("#([0-9A-F]{6}|[0-9A-F]{8})|@color/([a-z][a-z0-9_]*)"),
    "dimen": re.compile(r"-?\d+(\.\d+)?(dp|sp)|@dimen/([a-z][a-z0-9_]*)"),
    "item": re.compile(r"-?\d+(\.\d+)?|@dimen/([a-z][a-z0-9_]*)"),
    "integer": re.compile(r"\d+|@integer/([a-z][a-z0-9_]*)"),
    "string": re.compile(r"([^@?'\"\\]|\\[@?'\"\\])+|@string/([a-z][a-z0-9_]*)"),
}


def constants(name: str, document: Document = DOCUMENT) -> dict[str, str]:
    return dict(re.findall(r"(\w+) = (.*?);?\n", TOKEN_FORMATS[name].write(document)))


def resources(document: Document) -> list[ET.Element]:
    return list(ET.fromstring(TOKEN_FORMATS["android"].write(document).encode()))  # noqa: S314  our own


def test_resources_have_androids_units() -> None:
    values = {resource.get("name"): (resource.tag, resource.text) for resource in resources(DOCUMENT)}
    assert values["color_c_1f5fbf"] == ("color", "#1F5FBF")
    assert values["color_shade"] == ("color", "#80000000")
    assert values["color_link"] == ("color", "@color/color_primary")
    assert values["font_size_s_16"] == ("dimen", "16sp")
    assert values["radius_r_9_5"] == ("dimen", "9.5dp")
    assert values["font_weight_w_700"] == ("integer", "700")
    assert values["typography_body_line_height"] == ("item", "1.5")
    assert values["typography_body_font_family"] == ("string", "Some Sans")


@pytest.mark.parametrize("document", [EMPTY, STRANGE, NASTY, DOCUMENT], ids=["empty", "strange", "nasty", "all"])
def test_resources_are_such_as_aapt_takes(document: Document) -> None:
    of_android(document)


@given(DOCUMENTS)
def test_resources_of_any_document_are_such_as_aapt_takes(document: Document) -> None:
    of_android(document)


def of_android(document: Document) -> None:
    there: set[str] = set()
    for resource in resources(document):
        text = resource.text or ""
        match = RESOURCES[resource.tag].fullmatch(text)
        assert match, text
        assert not text.startswith("@") or match.groups()[-1] in there
        assert JAVA_NAME.fullmatch(resource.get("name", ""))
        there.add(resource.get("name", ""))


def test_constants_have_composes_units() -> None:
    values = constants("compose")
    assert values["colorC1f5fbf"] == "Color(0xFF1F5FBF)"
    assert values["colorShade"] == "Color(0x80000000)"
    assert values["colorLink"] == "colorPrimary"
    assert values["fontSizeS16"] == "16.sp"
    assert values["radiusR9_5"] == "9.5.dp"
    assert values["fontWeightW700"] == "FontWeight(700)"
    assert values["typographyBodyLineHeight"] == "1.5f"


def test_constants_have_swifts_types() -> None:
    values = constants("swiftui")
    assert values["colorC1f5fbf"] == "Color(red: 0.121569, green: 0.372549, blue: 0.74902)"
    assert values["colorShade"] == "Color(red: 0, green: 0, blue: 0, opacity: 0.5)"
    assert values["colorLink"] == "colorPrimary"
    assert values["fontSizeS16"] == "CGFloat(16)"
    assert values["fontWeightW700"] == "Font.Weight.bold"


def test_constants_have_darts_types() -> None:
    values = constants("flutter")
    assert values["colorC1f5fbf"] == "Color(0xFF1F5FBF)"
    assert values["colorLink"] == "colorPrimary"
    assert values["fontSizeS16"] == "16.0"
    assert values["radiusR9_5"] == "9.5"
    assert values["fontWeightW700"] == "FontWeight.w700"
    assert "static const double radiusR4 = 4.0;" in TOKEN_FORMATS["flutter"].write(DOCUMENT)


def test_nothing_is_imported_that_is_not_needed() -> None:
    sizes = {"fontSize": {"$type": "dimension", "s-16": {"$value": px(16)}}}
    assert re.findall("import .*", TOKEN_FORMATS["compose"].write(sizes)) == ["import androidx.compose.ui.unit.sp"]
    assert "import" not in TOKEN_FORMATS["flutter"].write(sizes)
    assert "import" not in TOKEN_FORMATS["compose"].write(EMPTY)


@pytest.mark.parametrize("name", CODE)
def test_a_negative_length_stays_one(name: str) -> None:
    written = constants(name, {"space": {"$type": "dimension", "$value": px(-4)}})
    assert written["space"] == {"compose": "(-4).dp", "swiftui": "CGFloat(-4)", "flutter": "-4.0"}[name]


@pytest.mark.parametrize("name", CODE)
@given(DOCUMENTS)
def test_brackets_close_and_strings_end_where_they_should(name: str, document: Document) -> None:
    holds_together(name, document)


@pytest.mark.parametrize("name", CODE)
@pytest.mark.parametrize("document", [EMPTY, STRANGE, NASTY, DOCUMENT], ids=["empty", "strange", "nasty", "all"])
def test_files_hold_together(name: str, document: Document) -> None:
    holds_together(name, document)


def holds_together(name: str, document: Document) -> None:
    text = TOKEN_FORMATS[name].write(document)
    for string in STRING.findall(text):
        assert not INTERPOLATION.search(string) if name != "swiftui" else "\\(" not in string.replace("\\\\", "")
    code = STRING.sub("", text)
    assert re.fullmatch(r"[\w\s.,:;=(){}/'-]*", code, re.ASCII)
    assert (code.count("{"), code.count("}")) == (1, 1)
    assert code.count("(") == code.count(")")


@pytest.mark.parametrize("name", CODE)
def test_constants_refer_to_constants_above_them(name: str) -> None:
    above: set[str] = set()
    for constant, value in constants(name).items():
        if re.fullmatch("[a-z]\\w*", value):
            assert value in above
        above.add(constant)
