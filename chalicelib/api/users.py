"""/users/me: one's own account."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.answers import Account, Done
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import AccountClosure, EmailChangeRequest, EmailVerification, Profile
from chalicelib.model.principals import Principal
from chalicelib.services.accounts.accounts import AccountsService
from chalicelib.services.accounts.authorization import AuthorizationService
from chalicelib.services.accounts.deletion import DeletionService
from chalicelib.services.accounts.email_change import EmailChangeService

MAILED: Final = "Both email addresses receive an email with instructions."
CHANGED: Final = "Your email address was changed. Use it to sign in from now on."
ONE_MORE: Final = "Confirmed. Now follow the link in the email to the other address."


def routes(
    accounts: Callable[[], AccountsService],
    email_change: Callable[[], EmailChangeService],
    deletion: Callable[[], DeletionService],
    authorization: Callable[[], AuthorizationService],
) -> Blueprint:
    """Return the routes of one's own account."""
    users = Routes(__name__, authorization)

    @users.add("GET", "/users/me", answer=Answer(Account))
    def me(principal: Principal) -> Response:
        return json_answer(Account.of(principal.user))

    @users.add("PATCH", "/users/me", body=Profile)
    def change_me(principal: Principal, body: Profile) -> Response:
        accounts().rename(principal.user, body.display_name)
        return empty_answer()

    @users.add(
        "DELETE", "/users/me", body=AccountClosure, answer=Answer(None, problems=(HTTPStatus.CONFLICT,), limited=True)
    )
    def delete_me(principal: Principal, body: AccountClosure) -> Response:
        deletion().request_own(principal.user, body.password, body.code, users.client.ip_address)
        return empty_answer()

    @users.add(
        "POST",
        "/users/me/email",
        body=EmailChangeRequest,
        answer=Answer(Done, status=HTTPStatus.ACCEPTED, limited=True),
    )
    def change_email(principal: Principal, body: EmailChangeRequest) -> Response:
        email_change().request(principal.user, body.email, body.password, users.client.ip_address)
        return json_answer(Done(MAILED), HTTPStatus.ACCEPTED)

    @users.add("POST", "/auth/email/confirm", public=True, body=EmailVerification, answer=Answer(Done, limited=True))
    def confirm_email(body: EmailVerification) -> Response:
        changed = email_change().confirm(body.token, users.client.ip_address)
        return json_answer(Done(CHANGED if changed else ONE_MORE))

    return users.blueprint
