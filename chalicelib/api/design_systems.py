"""/tokens: several images' design tokens as one set, and what changed from some images to others."""

from collections.abc import Callable, Sequence
from typing import Any

from chalice.app import Blueprint, Response

from chalicelib.api.images import DESIGN_TOKENS, TOKENS
from chalicelib.api.routing import Routes, json_answer
from chalicelib.api.schemas import DiffRequest, MergeRequest, TokensRequest
from chalicelib.design_system.drift import Change
from chalicelib.services.design_systems import DesignSystems
from chalicelib.services.sessions import Authentication, Caller


def routes(systems: Callable[[], DesignSystems], authentication: Callable[[], Authentication]) -> Blueprint:
    """Return the routes of design systems."""
    tokens = Routes(__name__, authentication)

    @tokens.add("POST", "/tokens/merge", body=MergeRequest, query=TokensRequest)
    def merge_tokens(caller: Caller, body: MergeRequest, query: TokensRequest) -> Response:
        format_ = TOKENS.chosen(tokens.request, query.format)
        merged = systems().merged(caller.user_id, body.image_ids)
        if format_ is None:
            return json_answer(merged, content_type=DESIGN_TOKENS)
        return TOKENS.file(format_, format_.write(merged))

    @tokens.add("POST", "/tokens/diff", body=DiffRequest)
    def diff_tokens(caller: Caller, body: DiffRequest) -> Response:
        return json_answer(_drift_json(systems().drift(caller.user_id, body.before, body.after, body.visible)))

    return tokens.blueprint


def _drift_json(changes: Sequence[Change]) -> dict[str, Any]:
    return {
        "changed": sum(not change.minor for change in changes),
        "minor": sum(change.minor for change in changes),
        "changes": [change.to_json() for change in changes],
    }
