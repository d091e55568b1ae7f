"""/tokens: merging the design tokens of several images, and comparing them."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Any, Final, Self

from chalice.app import Blueprint, Response
from msgspec import Meta, Struct

from chalicelib.api.common_types import ApiRequest, ImageIds
from chalicelib.api.operation import Responses
from chalicelib.api.result_formats import DESIGN_TOKENS, TOKENS, TokensRequest
from chalicelib.api.router import Router, json_response
from chalicelib.api.services import Services
from chalicelib.model.api_keys import Scope
from chalicelib.model.principals import Principal
from januslens.design_system.drift import Change

NO_TOKENS: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)

VisibleDifference = Annotated[float, Meta(ge=0, le=100, description="a CIEDE2000 color difference from 0 to 100")]


class MergeRequest(ApiRequest, frozen=True):
    """The images whose design tokens are merged."""

    image_ids: ImageIds


class DriftRequest(ApiRequest, frozen=True):
    """The images before and after. Colors with a smaller CIEDE2000 difference than `visible` count as unchanged."""

    before: ImageIds
    after: ImageIds
    visible: VisibleDifference = 1.0


class DriftResponse(Struct):
    """The changes of design tokens between two sets of images.

    changed is the number of significant changes, minor that of minor ones; changes lists all of them.
    """

    changed: int
    minor: int
    changes: list[dict[str, Any]]

    @classmethod
    def from_changes(cls, changes: Sequence[Change]) -> Self:
        """Build the response from the changes between two token sets."""
        minor = sum(change.minor for change in changes)
        return cls(len(changes) - minor, minor, [change.to_json() for change in changes])


def routes(services: Services) -> Blueprint:
    """Return a blueprint with the routes that merge and compare design tokens."""
    router = Router(__name__, services)

    @router.route(
        "POST",
        "/tokens/merge",
        scope=Scope.RESULTS_READ,
        body=MergeRequest,
        query=TokensRequest,
        responses=Responses(dict, media_type=DESIGN_TOKENS, formats=TOKENS.media_types, problems=NO_TOKENS),
    )
    def merge_tokens(principal: Principal, body: MergeRequest, query: TokensRequest) -> Response:
        """Merge the design tokens of several images."""
        format_ = TOKENS.choose(router.request, query.format)
        merged = services.design_systems.merged(principal.user_id, body.image_ids)
        if format_ is None:
            return json_response(merged, content_type=DESIGN_TOKENS)
        return TOKENS.file_response(format_, format_.write(merged))

    @router.route(
        "POST",
        "/tokens/diff",
        scope=Scope.RESULTS_READ,
        body=DriftRequest,
        responses=Responses(DriftResponse, problems=NO_TOKENS),
    )
    def diff_tokens(principal: Principal, body: DriftRequest) -> DriftResponse:
        """Compare the design tokens of some images with those of others."""
        changes = services.design_systems.drift(principal.user_id, body.before, body.after, body.visible)
        return DriftResponse.from_changes(changes)

    return router.blueprint
