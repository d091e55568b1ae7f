"""/auth/password and /auth/email: choosing another password, and proving whose mail is read."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.answers import Done
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import EmailVerification, PasswordChange, PasswordForgotten, PasswordReset
from chalicelib.model.principals import Principal
from chalicelib.services.accounts.accounts import AccountsService
from chalicelib.services.accounts.authorization import AuthorizationService

ACCEPTED: Final = HTTPStatus.ACCEPTED
MAILED: Final = "The address gets a mail that says how to go on."


def routes(accounts: Callable[[], AccountsService], authorization: Callable[[], AuthorizationService]) -> Blueprint:
    """Return the routes of accounts' passwords and addresses."""
    auth = Routes(__name__, authorization)

    @auth.add("POST", "/auth/password/change", body=PasswordChange, answer=Answer(None, limited=True))
    def change_password(principal: Principal, body: PasswordChange) -> Response:
        accounts().change_password(principal.user, body.current_password, body.new_password, auth.client.ip_address)
        return empty_answer()

    @auth.add(
        "POST",
        "/auth/password/forgot",
        public=True,
        body=PasswordForgotten,
        answer=Answer(Done, status=ACCEPTED, limited=True),
    )
    def forgot_password(body: PasswordForgotten) -> Response:
        accounts().forgot_password(body.email, auth.client.ip_address)
        return json_answer(Done(MAILED), ACCEPTED)

    @auth.add("POST", "/auth/password/reset", public=True, body=PasswordReset, answer=Answer(None, limited=True))
    def reset_password(body: PasswordReset) -> Response:
        accounts().reset_password(body.token, body.new_password, auth.client.ip_address)
        return empty_answer()

    @auth.add("POST", "/auth/email/verify", public=True, body=EmailVerification, answer=Answer(None, limited=True))
    def verify_email(body: EmailVerification) -> Response:
        accounts().verify_email(body.token, auth.client.ip_address)
        return empty_answer()

    @auth.add("POST", "/auth/email/resend", answer=Answer(Done, status=ACCEPTED, limited=True))
    def resend_verification(principal: Principal) -> Response:
        accounts().resend_verification(principal.user, auth.client.ip_address)
        return json_answer(Done(MAILED), ACCEPTED)

    return auth.blueprint
