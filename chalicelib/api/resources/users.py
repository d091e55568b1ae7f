"""/users/me: the user's own account."""

from http import HTTPStatus
from typing import Final, Self

from chalice.app import Blueprint
from msgspec import Struct

from chalicelib.api.common_types import (
    ApiRequest,
    DisplayName,
    Email,
    EmailToken,
    Id,
    MessageResponse,
    OptionalCode,
    Password,
    Timestamp,
    timestamp,
)
from chalicelib.api.operation import Responses
from chalicelib.api.router import Router
from chalicelib.api.services import Services
from chalicelib.model.emails import EmailChange
from chalicelib.model.principals import Principal
from chalicelib.model.users import AccountRole, User

SENT: Final = "Both email addresses receive an email with instructions."
CHANGED: Final = "Your email address was changed. Use it to sign in from now on."
ONE_MORE: Final = "Confirmed. Now follow the link in the email to the other address."


class ProfileRequest(ApiRequest, frozen=True):
    """The display name, which other people see; null removes it."""

    display_name: DisplayName


class EmailChangeRequest(ApiRequest, frozen=True):
    """The new email address, and the password of the account."""

    email: Email
    password: Password


class EmailChangeConfirmationRequest(ApiRequest, frozen=True):
    """The token of the emailed link."""

    token: EmailToken


class AccountDeletionRequest(ApiRequest, frozen=True):
    """The password of the account. code is required if the account has a second factor."""

    password: Password
    code: OptionalCode = None


class PendingEmailChangeResponse(Struct):
    """The address that the account will have if both addresses confirm it before expires_at."""

    email: str
    expires_at: Timestamp

    @classmethod
    def from_change(cls, change: EmailChange) -> Self:
        """Build the response from an `EmailChange`."""
        return cls(change.new_email, timestamp(change.expires_at))


class AccountResponse(Struct):
    """An account as its user sees it. email_change is null unless one was requested and is not confirmed."""

    id: Id
    email: str
    display_name: str | None
    email_verified: bool
    second_factor: bool
    recovery_codes_left: int
    role: AccountRole
    created_at: Timestamp
    email_change: PendingEmailChangeResponse | None

    @classmethod
    def from_user(cls, user: User) -> Self:
        """Build the response from a `User`."""
        return cls(
            id=user.id,
            email=user.email,
            display_name=user.display_name,
            email_verified=user.verified_at is not None,
            second_factor=user.totp_secret is not None,
            recovery_codes_left=user.recovery_codes,
            role=user.role,
            created_at=timestamp(user.created_at),
            email_change=PendingEmailChangeResponse.from_change(user.email_change) if user.email_change else None,
        )


def routes(services: Services) -> Blueprint:
    """Return a blueprint with the routes of the user's own account."""
    router = Router(__name__, services)

    @router.route("GET", "/users/me", responses=Responses(AccountResponse))
    def me(principal: Principal) -> AccountResponse:
        """Get the user's account."""
        return AccountResponse.from_user(principal.user)

    @router.route("PATCH", "/users/me", body=ProfileRequest)
    def change_me(principal: Principal, body: ProfileRequest) -> None:
        """Change the display name."""
        services.accounts.rename(principal.user, body.display_name)

    @router.route(
        "DELETE",
        "/users/me",
        body=AccountDeletionRequest,
        responses=Responses(problems=(HTTPStatus.CONFLICT,), limited=True),
    )
    def delete_me(principal: Principal, body: AccountDeletionRequest) -> None:
        """Delete the account and its data."""
        services.deletion.request_own(principal.user, body.password, body.code)

    @router.route(
        "POST",
        "/users/me/email",
        recent=True,
        body=EmailChangeRequest,
        responses=Responses(MessageResponse, status=HTTPStatus.ACCEPTED, limited=True),
    )
    def change_email(principal: Principal, body: EmailChangeRequest) -> MessageResponse:
        """Request a change of the email address, which takes effect when both addresses have confirmed it."""
        services.email_change.request(principal.user, body.email, body.password, router.client.ip_address)
        return MessageResponse(SENT)

    @router.route(
        "POST",
        "/auth/email/confirm",
        public=True,
        body=EmailChangeConfirmationRequest,
        responses=Responses(MessageResponse, limited=True),
    )
    def confirm_email(body: EmailChangeConfirmationRequest) -> MessageResponse:
        """Confirm a change of the email address with the token of an emailed link."""
        changed = services.email_change.confirm(body.token, router.client.ip_address)
        return MessageResponse(CHANGED if changed else ONE_MORE)

    return router.blueprint
