"""/auth/password and /auth/email: changing and resetting passwords, and verifying email addresses."""

from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint

from chalicelib.api.common_types import ApiRequest, Email, EmailToken, MessageResponse, Password
from chalicelib.api.operation import Responses
from chalicelib.api.router import Router
from chalicelib.api.services import Services
from chalicelib.model.principals import Principal

SENT: Final = "We sent an email with instructions to this address."


class PasswordChangeRequest(ApiRequest, frozen=True):
    """The current password and the new one."""

    current_password: Password
    new_password: Password


class ForgottenPasswordRequest(ApiRequest, frozen=True):
    """The email address of the account."""

    email: Email


class PasswordResetRequest(ApiRequest, frozen=True):
    """The token of the emailed link and the new password."""

    token: EmailToken
    new_password: Password


class EmailVerificationRequest(ApiRequest, frozen=True):
    """The token of the emailed link."""

    token: EmailToken


def routes(services: Services) -> Blueprint:
    """Return a blueprint with the routes of passwords and of email verification."""
    router = Router(__name__, services)

    @router.route("POST", "/auth/password/change", body=PasswordChangeRequest, responses=Responses(limited=True))
    def change_password(principal: Principal, body: PasswordChangeRequest) -> None:
        """Change the password and end all sessions."""
        services.accounts.change_password(
            principal.user, body.current_password, body.new_password, router.client.ip_address
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
        services.accounts.forgot_password(body.email, router.client.ip_address)
        return MessageResponse(SENT)

    @router.route(
        "POST", "/auth/password/reset", public=True, body=PasswordResetRequest, responses=Responses(limited=True)
    )
    def reset_password(body: PasswordResetRequest) -> None:
        """Reset the password with the token of an emailed link."""
        services.accounts.reset_password(body.token, body.new_password, router.client.ip_address)

    @router.route(
        "POST", "/auth/email/verify", public=True, body=EmailVerificationRequest, responses=Responses(limited=True)
    )
    def verify_email(body: EmailVerificationRequest) -> None:
        """Verify the email address of an account with the token of an emailed link."""
        services.accounts.verify_email(body.token, router.client.ip_address)

    @router.route(
        "POST",
        "/auth/email/resend",
        responses=Responses(MessageResponse, status=HTTPStatus.ACCEPTED, limited=True),
    )
    def resend_verification(principal: Principal) -> MessageResponse:
        """Send another link to verify the email address."""
        services.accounts.resend_verification(principal.user, router.client.ip_address)
        return MessageResponse(SENT)

    return router.blueprint
