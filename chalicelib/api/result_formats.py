"""The formats of the results of an analysis, and the queries that choose one."""

from typing import Annotated, Final

from msgspec import Meta

from chalicelib.api.common_types import ApiRequest
from chalicelib.api.content_negotiation import Representations, either_of
from januslens.exports.reports.formats import FORMATS
from januslens.exports.tokens.formats import TOKEN_FORMATS

REPORTS: Final = Representations("accessibility", FORMATS, native="json")
TOKENS: Final = Representations("tokens", TOKEN_FORMATS, native="dtcg")
DESIGN_TOKENS: Final = "application/design-tokens+json"  # DTCG Format Module 2025.10, section 3.2

ReportFormat = Annotated[
    Annotated[str, Meta(extra_json_schema={"enum": REPORTS.names})] | None, Meta(description=either_of(REPORTS.names))
]
TokenFormat = Annotated[
    Annotated[str, Meta(extra_json_schema={"enum": TOKENS.names})] | None, Meta(description=either_of(TOKENS.names))
]


class ReportRequest(ApiRequest, frozen=True):
    """The query of an accessibility report. format takes precedence over the Accept header."""

    format: ReportFormat = None


class TokensRequest(ApiRequest, frozen=True):
    """The query of design tokens. format takes precedence over the Accept header."""

    format: TokenFormat = None
