"""/users/me/export: all that belongs to the account as one file."""

from collections.abc import Callable
from http import HTTPStatus

from chalice.app import Blueprint, Response

from chalicelib.api.answers import ArchiveRecord
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, json_answer
from chalicelib.services.access import Access, Caller
from chalicelib.services.archives import Archiving


def routes(archiving: Callable[[], Archiving], access: Callable[[], Access]) -> Blueprint:
    """Return the routes of the export."""
    archives = Routes(__name__, access)

    @archives.add(
        "POST",
        "/users/me/export",
        answer=Answer(ArchiveRecord, status=HTTPStatus.ACCEPTED, problems=(HTTPStatus.CONFLICT,), limited=True),
    )
    def ask_for_export(caller: Caller) -> Response:
        return json_answer(ArchiveRecord.of(archiving().ask(caller.user_id)), HTTPStatus.ACCEPTED)

    @archives.add("GET", "/users/me/export", answer=Answer(ArchiveRecord, problems=(HTTPStatus.NOT_FOUND,)))
    def get_export(caller: Caller) -> Response:
        return json_answer(ArchiveRecord.of(archiving().get(caller.user_id)))

    return archives.blueprint
