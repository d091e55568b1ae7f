"""/tokens: several images' design tokens as one set, and what changed from some images to others."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.answers import Drift
from chalicelib.api.images import DESIGN_TOKENS, TOKENS
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, json_answer
from chalicelib.api.schemas import DiffRequest, MergeRequest, TokensRequest
from chalicelib.model.api_keys import Scope
from chalicelib.model.principals import Principal
from chalicelib.services.accounts.authorization import AuthorizationService
from chalicelib.services.design_systems import DesignSystemsService

NO_TOKENS: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


def routes(systems: Callable[[], DesignSystemsService], authorization: Callable[[], AuthorizationService]) -> Blueprint:
    """Return the routes of design systems."""
    tokens = Routes(__name__, authorization)

    @tokens.add(
        "POST",
        "/tokens/merge",
        scope=Scope.RESULTS_READ,
        body=MergeRequest,
        query=TokensRequest,
        answer=Answer(dict, media_type=DESIGN_TOKENS, formats=TOKENS.media_types, problems=NO_TOKENS),
    )
    def merge_tokens(principal: Principal, body: MergeRequest, query: TokensRequest) -> Response:
        format_ = TOKENS.chosen(tokens.request, query.format)
        merged = systems().merged(principal.user_id, body.image_ids)
        if format_ is None:
            return json_answer(merged, content_type=DESIGN_TOKENS)
        return TOKENS.file(format_, format_.write(merged))

    @tokens.add(
        "POST", "/tokens/diff", scope=Scope.RESULTS_READ, body=DiffRequest, answer=Answer(Drift, problems=NO_TOKENS)
    )
    def diff_tokens(principal: Principal, body: DiffRequest) -> Response:
        return json_answer(Drift.of(systems().drift(principal.user_id, body.before, body.after, body.visible)))

    return tokens.blueprint
