"""/api-keys: keys with which programs use the API."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Self

from chalice.app import Blueprint
from msgspec import Meta, Struct
from msgspec.structs import asdict

from chalicelib.api.common_types import ApiRequest, Id, ShortName, Timestamp, optional_timestamp, timestamp
from chalicelib.api.operation import Responses
from chalicelib.api.paging import NextCursor
from chalicelib.api.router import Router
from chalicelib.api.services import Services
from chalicelib.model.api_keys import ApiKey, Scope
from chalicelib.model.principals import Principal

Scopes = Annotated[
    list[Scope], Meta(min_length=1, max_length=2, description="a list of images:write, results:read, or both")
]
ExpiryDays = Annotated[
    Annotated[int, Meta(ge=1, le=366)] | None,
    Meta(description="a whole number of days from 1 to 366, or null for a key that does not expire"),
]


class ApiKeyRequest(ApiRequest, frozen=True):
    """A new API key."""

    name: ShortName
    scopes: Scopes
    expires_in_days: ExpiryDays = None


class ApiKeyResponse(Struct):
    """An API key. last_used_at is accurate to ten minutes."""

    id: Id
    name: str
    scopes: list[Scope]
    created_at: Timestamp
    expires_at: Timestamp | None
    last_used_at: Timestamp | None

    @classmethod
    def from_key(cls, key: ApiKey) -> Self:
        """Build the response from an `ApiKey`."""
        return cls(
            id=key.id,
            name=key.name,
            scopes=sorted(key.scopes),
            created_at=timestamp(key.created_at),
            expires_at=optional_timestamp(key.expires_at),
            last_used_at=optional_timestamp(key.last_used_at),
        )


class CreatedApiKeyResponse(ApiKeyResponse):
    """A new API key with its text, which is returned only once."""

    key: str

    @classmethod
    def from_key_and_text(cls, key: ApiKey, text: str) -> Self:
        """Build the response from an `ApiKey` and its text."""
        return cls(**asdict(ApiKeyResponse.from_key(key)), key=text)


class ApiKeyListResponse(Struct):
    """All API keys of the user on one page, newest first."""

    items: list[ApiKeyResponse]
    next: NextCursor

    @classmethod
    def from_keys(cls, keys: Sequence[ApiKey]) -> Self:
        """Build the response from API keys."""
        return cls([ApiKeyResponse.from_key(key) for key in keys], None)


def routes(services: Services) -> Blueprint:
    """Return a blueprint with the routes of API keys."""
    router = Router(__name__, services)  # not idempotent: the text of a key is stored nowhere

    @router.route(
        "POST",
        "/api-keys",
        recent=True,
        body=ApiKeyRequest,
        responses=Responses(CreatedApiKeyResponse, status=HTTPStatus.CREATED, problems=(HTTPStatus.CONFLICT,)),
    )
    def create_api_key(principal: Principal, body: ApiKeyRequest) -> CreatedApiKeyResponse:
        """Create an API key."""
        key, text = services.api_keys.create(principal.user, body.name, set(body.scopes), body.expires_in_days)
        return CreatedApiKeyResponse.from_key_and_text(key, text)

    @router.route("GET", "/api-keys", responses=Responses(ApiKeyListResponse))
    def list_api_keys(principal: Principal) -> ApiKeyListResponse:
        """List the API keys of the user."""
        return ApiKeyListResponse.from_keys(services.api_keys.list(principal.user))

    @router.route("DELETE", "/api-keys/{key_id}", recent=True, responses=Responses(problems=(HTTPStatus.NOT_FOUND,)))
    def revoke_api_key(principal: Principal, key_id: str) -> None:
        """Revoke an API key."""
        services.api_keys.revoke(principal.user, key_id)

    return router.blueprint
