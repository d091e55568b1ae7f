"""/auth/password, and /auth/email/resend: changing and resetting passwords, and emailed links."""

from http import HTTPStatus
from typing import Annotated, Final

from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib.api.common_types import ApiRequest, Email, EmailToken, MessageResponse, OptionalDeviceToken, Password
from chalicelib.api.operation import Responses
from chalicelib.api.router import Router
from chalicelib.api.services import Services
from chalicelib.model.principals import Principal

Revocation = Annotated[bool, Meta(description="true or false")]

SENT: Final = "We sent an email with instructions to this address."


class PasswordChangeRequest(ApiRequest, frozen=True):
    """The current password and the new one. revoke_api_keys also revokes all API keys."""

    current_password: Password
    new_password: Password
    revoke_api_keys: Revocation = False


class EmailRequest(ApiRequest, frozen=True):
    """The email address of the account."""

    email: Email


class ForgottenPasswordRequest(EmailRequest, frozen=True):
    """The email address of the account.

    device_token is what an earlier sign-in to the account returned to this device, whose requests are counted
    separately from those of others.
    """

    device_token: OptionalDeviceToken = None


class PasswordResetRequest(ApiRequest, frozen=True):
    """The token of the emailed link and the new password. revoke_api_keys also revokes all API keys."""

    token: EmailToken
    new_password: Password
    revoke_api_keys: Revocation = False


class PasswordResetResponse(Struct):
    """A token to send with the next sign-in of this device. It signs nobody in."""

    device_token: str


def routes(services: Services) -> Blueprint:
    """Return a blueprint with the routes of passwords and of emailed links."""
    router = Router(__name__, services)

    @router.route("POST", "/auth/password/change", body=PasswordChangeRequest, responses=Responses(limited=True))
    def change_password(principal: Principal, body: PasswordChangeRequest) -> None:
        """Change the password and end all sessions."""
        services.accounts.change_password(
            principal.user, body.current_password, body.new_password, revoke_api_keys=body.revoke_api_keys
        )

    @router.route(
        "POST",
        "/auth/password/forgot",
        public=True,
        body=ForgottenPasswordRequest,
        responses=Responses(MessageResponse, status=HTTPStatus.ACCEPTED, limited=True),
    )
    def forgot_password(body: ForgottenPasswordRequest) -> MessageResponse:
        """Send an email with a link to reset the password."""
        services.accounts.forgot_password(body.email, router.client.ip_address, body.device_token)
        return MessageResponse(SENT)

    @router.route(
        "POST",
        "/auth/password/reset",
        public=True,
        body=PasswordResetRequest,
        responses=Responses(PasswordResetResponse, limited=True),
    )
    def reset_password(body: PasswordResetRequest) -> PasswordResetResponse:
        """Reset the password with the token of an emailed link."""
        device_token = services.accounts.reset_password(
            body.token, body.new_password, router.client.ip_address, revoke_api_keys=body.revoke_api_keys
        )
        return PasswordResetResponse(device_token)

    @router.route(
        "POST",
        "/auth/email/resend",
        public=True,
        body=EmailRequest,
        responses=Responses(MessageResponse, status=HTTPStatus.ACCEPTED, limited=True),
    )
    def resend_verification(body: EmailRequest) -> MessageResponse:
        """Send another link to confirm the email address of a new account."""
        services.accounts.resend_verification(body.email, router.client.ip_address)
        return MessageResponse(SENT)

    return router.blueprint
