"""HTML that nothing breaks out of, read by Python's own parser."""

from html.parser import HTMLParser
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from januslens.exports.html.elements import Html, element, join

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"))


class Recorder(HTMLParser):
    def __init__(self, written: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(written)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(texts, texts)
def test_text_and_attributes_are_read_as_they_were_given(text: str, value: str) -> None:
    read = Recorder(element("p", text, title=value))
    assert read.tags == [("p", {"title": value})]
    assert read.text == text


def test_what_is_html_already_stays_as_it_is() -> None:
    assert element("p", element("b", "&"), " < ", None) == "<p><b>&amp;</b> &lt; </p>"
    assert isinstance(join("a", Html("<br />")), Html)


def test_names_of_attributes_are_written_with_hyphens() -> None:
    assert element("a", class_="b", aria_label="c", data_n=1) == '<a class="b" aria-label="c" data-n="1"></a>'


def test_an_attribute_that_is_true_has_no_value_and_one_that_isnt_is_left_out() -> None:
    assert element("input", checked=True, disabled=False, name_=None, value=0) == '<input checked value="0" />'
