"""/api-keys: keys for machines."""

from collections.abc import Callable
from http import HTTPStatus

from chalice.app import Blueprint, Response

from chalicelib.api.answers import ApiKeyList, NewApiKey
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import ApiKeyRequest
from chalicelib.services.access import Access, Caller, Scope
from chalicelib.services.machine_keys import MachineKeys


def routes(machine_keys: Callable[[], MachineKeys], access: Callable[[], Access]) -> Blueprint:
    """Return the routes of API keys."""
    keys = Routes(__name__, access)

    @keys.add("POST", "/api-keys", body=ApiKeyRequest, answer=Answer(NewApiKey, status=HTTPStatus.CREATED))
    def create_api_key(caller: Caller, body: ApiKeyRequest) -> Response:
        scopes = {Scope(scope) for scope in body.scopes}
        key, text = machine_keys().create(caller.user_id, body.name, scopes, body.expires_in_days)
        return json_answer(NewApiKey.with_text(key, text), HTTPStatus.CREATED)

    @keys.add("GET", "/api-keys", answer=Answer(ApiKeyList))
    def list_api_keys(caller: Caller) -> Response:
        return json_answer(ApiKeyList.of(machine_keys().list(caller.user_id)))

    @keys.add("DELETE", "/api-keys/{key_id}", answer=Answer(None, problems=(HTTPStatus.NOT_FOUND,)))
    def revoke_api_key(caller: Caller, key_id: str) -> Response:
        machine_keys().revoke(caller.user_id, key_id)
        return empty_answer()

    return keys.blueprint
