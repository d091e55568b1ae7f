"""/api-keys: keys for machines."""

from collections.abc import Callable
from http import HTTPStatus

from chalice.app import Blueprint, Response

from chalicelib.api.answers import ApiKeyList, NewApiKey
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import ApiKeyRequest
from chalicelib.model.api_keys import Scope
from chalicelib.model.principals import Principal
from chalicelib.services.accounts.api_keys import ApiKeysService
from chalicelib.services.accounts.authorization import AuthorizationService


def routes(api_keys: Callable[[], ApiKeysService], authorization: Callable[[], AuthorizationService]) -> Blueprint:
    """Return the routes of API resource."""
    resource = Routes(__name__, authorization)

    @resource.add("POST", "/api-keys", body=ApiKeyRequest, answer=Answer(NewApiKey, status=HTTPStatus.CREATED))
    def create_api_key(principal: Principal, body: ApiKeyRequest) -> Response:
        scopes = {Scope(scope) for scope in body.scopes}
        key, text = api_keys().create(principal.user_id, body.name, scopes, body.expires_in_days)
        return json_answer(NewApiKey.with_text(key, text), HTTPStatus.CREATED)

    @resource.add("GET", "/api-keys", answer=Answer(ApiKeyList))
    def list_api_keys(principal: Principal) -> Response:
        return json_answer(ApiKeyList.of(api_keys().list(principal.user_id)))

    @resource.add("DELETE", "/api-keys/{key_id}", answer=Answer(None, problems=(HTTPStatus.NOT_FOUND,)))
    def revoke_api_key(principal: Principal, key_id: str) -> Response:
        api_keys().revoke(principal.user_id, key_id)
        return empty_answer()

    return resource.blueprint
