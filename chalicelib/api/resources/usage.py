"""/users/me/usage: the limits of the user's account, and how much of each is used."""

from typing import Annotated, Self

from chalice.app import Blueprint
from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import asdict, replace

from chalicelib.api.common_types import ApiRequest
from chalicelib.api.operation import Responses
from chalicelib.api.router import Router
from chalicelib.api.services import Services
from chalicelib.model.principals import Principal
from chalicelib.model.usage import OwnLimits, UsageState

Count = Annotated[
    Annotated[int, Meta(ge=1, le=1000)] | UnsetType | None,
    Meta(description="a number from 1 to 1000, or null for the default"),
]
Amount = Annotated[
    Annotated[int, Meta(ge=1, le=10**15)] | UnsetType | None,
    Meta(description="a number from 1 to 10^15, or null for the default"),
]


class LimitsRequest(ApiRequest, frozen=True):
    """The limits of an account that change; null has an account follow the default of the deployment again."""

    images_per_hour: Amount = UNSET
    stored_images: Amount = UNSET
    stored_bytes: Amount = UNSET
    analyses_in_flight: Count = UNSET
    projects: Count = UNSET
    api_keys: Count = UNSET
    research_notes: Amount = UNSET

    def changed(self, limits: OwnLimits) -> OwnLimits:
        """Return the limits of an account after the change."""
        return replace(limits, **{name: value for name, value in asdict(self).items() if value is not UNSET})


class LimitResponse(Struct):
    """A limit of an account, and how much of it is used."""

    used: int
    limit: int


class UsageResponse(Struct):
    """The limits of an account, and how much of each is used.

    stored_bytes are those of the image files, images_per_hour those created in the current hour.
    """

    images_per_hour: LimitResponse
    stored_images: LimitResponse
    stored_bytes: LimitResponse
    analyses_in_flight: LimitResponse
    projects: LimitResponse
    api_keys: LimitResponse
    research_notes: LimitResponse

    @classmethod
    def from_state(cls, state: UsageState) -> Self:
        """Build the response from a `UsageState`."""
        return cls(**{limit.value: LimitResponse(state.used.of(limit), most) for limit, most in state.limits.items()})


def routes(services: Services) -> Blueprint:
    """Return a blueprint with the route of the usage of the user's account."""
    router = Router(__name__, services)

    @router.route("GET", "/users/me/usage", responses=Responses(UsageResponse))
    def get_usage(principal: Principal) -> UsageResponse:
        """Get the limits of the account, and how much of each is used."""
        return UsageResponse.from_state(services.usage.state(principal.user))

    return router.blueprint
