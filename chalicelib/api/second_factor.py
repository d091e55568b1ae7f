"""/auth/mfa: the second factor."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.answers import FactorSecret, RecoveryCodes
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import FactorConfirmation, FactorEnrolment, FactorRemoval
from chalicelib.services.access import Access, Caller
from chalicelib.services.second_factor import SecondFactor

CONFLICT: Final = (HTTPStatus.CONFLICT,)


def routes(second_factor: Callable[[], SecondFactor], access: Callable[[], Access]) -> Blueprint:
    """Return the routes of the second factor."""
    mfa = Routes(__name__, access)

    @mfa.add(
        "POST", "/auth/mfa/enrol", body=FactorEnrolment, answer=Answer(FactorSecret, problems=CONFLICT, limited=True)
    )
    def enrol_second_factor(caller: Caller, body: FactorEnrolment) -> Response:
        enrolment = second_factor().enrol(caller.user, body.password, mfa.origin.address)
        return json_answer(FactorSecret(enrolment.secret, enrolment.uri))

    @mfa.add(
        "POST",
        "/auth/mfa/confirm",
        body=FactorConfirmation,
        answer=Answer(RecoveryCodes, problems=CONFLICT, limited=True),
    )
    def confirm_second_factor(caller: Caller, body: FactorConfirmation) -> Response:
        return json_answer(RecoveryCodes(second_factor().confirm(caller.user, body.code)))

    @mfa.add("POST", "/auth/mfa/disable", body=FactorRemoval, answer=Answer(None, problems=CONFLICT, limited=True))
    def disable_second_factor(caller: Caller, body: FactorRemoval) -> Response:
        second_factor().disable(caller.user, body.password, body.code)
        return empty_answer()

    return mfa.blueprint
