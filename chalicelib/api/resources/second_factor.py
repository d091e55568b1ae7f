"""/auth/mfa: the second factor of an account."""

from http import HTTPStatus
from typing import Annotated, Final

from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib.api.common_types import ApiRequest, Password
from chalicelib.api.operation import Responses
from chalicelib.api.router import Router
from chalicelib.api.services import Services
from chalicelib.model.principals import Principal

CONFLICT: Final = (HTTPStatus.CONFLICT,)

Code = Annotated[
    str, Meta(min_length=1, max_length=40, description="a code from the authenticator app or a recovery code")
]


class EnrollmentRequest(ApiRequest, frozen=True):
    """The password of the account."""

    password: Password


class EnrollmentConfirmationRequest(ApiRequest, frozen=True):
    """A code from the authenticator app."""

    code: Code


class SecondFactorRemovalRequest(ApiRequest, frozen=True):
    """The password of the account, and a code of its second factor."""

    password: Password
    code: Code


class EnrollmentResponse(Struct):
    """The secret for an authenticator app in Base32, and the same as an otpauth URI for a QR code."""

    secret: str
    uri: str


class RecoveryCodesResponse(Struct):
    """Recovery codes, each valid once. They are returned only once."""

    recovery_codes: list[str]


def routes(services: Services) -> Blueprint:
    """Return a blueprint with the routes of the second factor."""
    router = Router(__name__, services)

    @router.route(
        "POST",
        "/auth/mfa/enrol",
        body=EnrollmentRequest,
        responses=Responses(EnrollmentResponse, problems=CONFLICT, limited=True),
    )
    def enrol_second_factor(principal: Principal, body: EnrollmentRequest) -> EnrollmentResponse:
        """Create the secret of a second factor, which takes effect when it is confirmed."""
        enrolment = services.second_factor.enrol(principal.user, body.password)
        return EnrollmentResponse(enrolment.secret, enrolment.uri)

    @router.route(
        "POST",
        "/auth/mfa/confirm",
        body=EnrollmentConfirmationRequest,
        responses=Responses(RecoveryCodesResponse, problems=CONFLICT, limited=True),
    )
    def confirm_second_factor(principal: Principal, body: EnrollmentConfirmationRequest) -> RecoveryCodesResponse:
        """Enable the second factor."""
        return RecoveryCodesResponse(services.second_factor.confirm(principal.user, body.code))

    @router.route(
        "POST",
        "/auth/mfa/disable",
        body=SecondFactorRemovalRequest,
        responses=Responses(problems=CONFLICT, limited=True),
    )
    def disable_second_factor(principal: Principal, body: SecondFactorRemovalRequest) -> None:
        """Disable the second factor."""
        services.second_factor.disable(principal.user, body.password, body.code)

    return router.blueprint
