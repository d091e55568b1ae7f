"""/auth/mfa: the second factor."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.answers import FactorSecret, RecoveryCodes
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import FactorConfirmation, FactorEnrolment, FactorRemoval
from chalicelib.model.principals import Principal
from chalicelib.services.accounts.authorization import AuthorizationService
from chalicelib.services.accounts.second_factor import SecondFactorService

CONFLICT: Final = (HTTPStatus.CONFLICT,)


def routes(
    second_factor: Callable[[], SecondFactorService], authorization: Callable[[], AuthorizationService]
) -> Blueprint:
    """Return the routes of the second factor."""
    mfa = Routes(__name__, authorization)

    @mfa.add(
        "POST", "/auth/mfa/enrol", body=FactorEnrolment, answer=Answer(FactorSecret, problems=CONFLICT, limited=True)
    )
    def enrol_second_factor(principal: Principal, body: FactorEnrolment) -> Response:
        enrolment = second_factor().enrol(principal.user, body.password, mfa.client.ip_address)
        return json_answer(FactorSecret(enrolment.secret, enrolment.uri))

    @mfa.add(
        "POST",
        "/auth/mfa/confirm",
        body=FactorConfirmation,
        answer=Answer(RecoveryCodes, problems=CONFLICT, limited=True),
    )
    def confirm_second_factor(principal: Principal, body: FactorConfirmation) -> Response:
        return json_answer(RecoveryCodes(second_factor().confirm(principal.user, body.code)))

    @mfa.add("POST", "/auth/mfa/disable", body=FactorRemoval, answer=Answer(None, problems=CONFLICT, limited=True))
    def disable_second_factor(principal: Principal, body: FactorRemoval) -> Response:
        second_factor().disable(principal.user, body.password, body.code)
        return empty_answer()

    return mfa.blueprint
