"""The formats of results are those that docs/api.md lists, with their media types."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.api.content_negotiation import Representations
from chalicelib.api.problems import ApiError
from chalicelib.api.result_formats import DESIGN_TOKENS, REPORTS, TOKENS, ReportRequest, TokensRequest
from chalicelib.api.validation import read_query

DOCUMENT = Path(__file__).parents[2] / "docs" / "api.md"
ROW = re.compile(r"^\| `([\w-]+)` \| `([\w+./-]+)` \| (.*) \|$", re.MULTILINE)
BY_NAME_ONLY = "only by `?format=`"


def documented(route: str) -> dict[str, tuple[str, bool]]:
    """Return by name the media type of each format of a route, and whether Accept can choose it."""
    section = DOCUMENT.read_text("utf-8").split(f"### `GET {route}`")[1].split("\n##")[0]
    return {name: (media_type, BY_NAME_ONLY not in text) for name, media_type, text in ROW.findall(section)}


REPORT_ROWS = documented("/images/{id}/accessibility")
TOKEN_ROWS = documented("/images/{id}/tokens")


def chosen(formats: Representations[Any], accept: str, name: str | None = None) -> str:
    request: Any = SimpleNamespace(headers={"accept": accept})
    format_ = formats.choose(request, name)
    return formats.native if format_ is None else format_.name


@pytest.mark.parametrize(("formats", "rows"), [(REPORTS, REPORT_ROWS), (TOKENS, TOKEN_ROWS)], ids=["reports", "tokens"])
def test_every_documented_format_exists_and_no_other(
    formats: Representations[Any], rows: dict[str, tuple[str, bool]]
) -> None:
    assert formats.names == list(rows)
    for name, (media_type, by_accept) in rows.items():
        assert chosen(formats, "", name) == name
        assert (chosen(formats, media_type) == name) is by_accept
        assert name == formats.native or formats.formats[name].media_type == media_type


def test_the_native_formats_are_json_and_dtcg() -> None:
    assert (REPORTS.native, REPORT_ROWS["json"]) == ("json", ("application/json", True))
    assert (TOKENS.native, TOKEN_ROWS["dtcg"]) == ("dtcg", (DESIGN_TOKENS, True))


@pytest.mark.parametrize("type_", [ReportRequest, TokensRequest])
def test_a_format_is_optional_and_the_only_parameter(type_: type[ReportRequest | TokensRequest]) -> None:
    assert read_query({}, type_).format is None
    assert read_query({"format": ["css"]}, type_).format == "css"
    with pytest.raises(ApiError):
        read_query({"other": ["css"]}, type_)
