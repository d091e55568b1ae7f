"""/users/me: one's own account."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.answers import Account, Done
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import AccountClosure, AddressChange, EmailVerification, Profile
from chalicelib.services.access import Access, Caller
from chalicelib.services.accounts import Accounts
from chalicelib.services.closure import Closure
from chalicelib.services.email_change import NewAddress

MAILED: Final = "Both addresses get a mail that says how to go on."
CHANGED: Final = "Your e-mail address is changed. Sign in with it from now on."
ONE_MORE: Final = "Confirmed. Now follow the link in the mail to the other address."


def routes(
    accounts: Callable[[], Accounts],
    new_address: Callable[[], NewAddress],
    closure: Callable[[], Closure],
    access: Callable[[], Access],
) -> Blueprint:
    """Return the routes of one's own account."""
    users = Routes(__name__, access)

    @users.add("GET", "/users/me", answer=Answer(Account))
    def me(caller: Caller) -> Response:
        return json_answer(Account.of(caller.user))

    @users.add("PATCH", "/users/me", body=Profile)
    def change_me(caller: Caller, body: Profile) -> Response:
        accounts().rename(caller.user, body.display_name)
        return empty_answer()

    @users.add(
        "DELETE", "/users/me", body=AccountClosure, answer=Answer(None, problems=(HTTPStatus.CONFLICT,), limited=True)
    )
    def delete_me(caller: Caller, body: AccountClosure) -> Response:
        closure().close_own(caller.user, body.password, body.code, users.origin.address)
        return empty_answer()

    @users.add(
        "POST", "/users/me/email", body=AddressChange, answer=Answer(Done, status=HTTPStatus.ACCEPTED, limited=True)
    )
    def change_email(caller: Caller, body: AddressChange) -> Response:
        new_address().ask(caller.user, body.email, body.password, users.origin.address)
        return json_answer(Done(MAILED), HTTPStatus.ACCEPTED)

    @users.add("POST", "/auth/email/confirm", public=True, body=EmailVerification, answer=Answer(Done, limited=True))
    def confirm_email(body: EmailVerification) -> Response:
        changed = new_address().confirm(body.token, users.origin.address)
        return json_answer(Done(CHANGED if changed else ONE_MORE))

    return users.blueprint
