"""/images: uploading, following, reading results, deleting."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.answers import ImageList, ImageRecord, NewImage
from chalicelib.api.operation import Answer
from chalicelib.api.representations import Representations, result_answer
from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import ImageRequest, PageRequest, ReportRequest, TokensRequest
from chalicelib.services.access import Access, Caller, Scope
from chalicelib.services.images import ImageLibrary
from chalicelib.services.images import NewImage as Announced
from chalicelib.services.repeats import Repeats
from chalicelib.storage.images import ImageKey
from chalicelib.storage.projects import Role
from januslens.exports.reports.formats import FORMATS
from januslens.exports.tokens.formats import TOKEN_FORMATS

REPORTS: Final = Representations("accessibility", FORMATS, native="json")
TOKENS: Final = Representations("tokens", TOKEN_FORMATS, native="dtcg")
NO_RESULT: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)
DESIGN_TOKENS: Final = "application/design-tokens+json"  # DTCG Format Module 2025.10, section 3.2


def routes(
    library: Callable[[], ImageLibrary],
    access: Callable[[], Access],
    repeats: Callable[[], Repeats],
    *,
    in_project: bool = False,
) -> Blueprint:
    """Return the routes of one's own images, or of a project's."""
    images = Routes(__name__, access, in_project=in_project, repeats=repeats)

    @images.add(
        "POST",
        "/images",
        scope=Scope.IMAGES_WRITE,
        role=Role.EDITOR,
        body=ImageRequest,
        answer=Answer(NewImage, status=HTTPStatus.CREATED),
    )
    def create_image(caller: Caller, body: ImageRequest) -> Response:
        new = Announced(body.name, body.content_type, body.size, body.scale, body.sha256)
        image, form = library().create(caller.owner_id, caller.user_id, new)
        return json_answer(NewImage.with_form(image, form), HTTPStatus.CREATED)

    @images.add("GET", "/images", scope=Scope.RESULTS_READ, query=PageRequest, answer=Answer(ImageList))
    def list_images(caller: Caller, query: PageRequest) -> Response:
        return json_answer(ImageList.of(library().list(caller.owner_id, query.limit, query.before_id)))

    @images.add(
        "GET",
        "/images/{image_id}",
        scope=Scope.RESULTS_READ,
        answer=Answer(ImageRecord, problems=(HTTPStatus.NOT_FOUND,)),
    )
    def get_image(caller: Caller, image_id: str) -> Response:
        image = library().get(ImageKey(caller.owner_id, image_id))
        return json_answer(ImageRecord.of(image, library().picture(image), library().views(image)))

    @images.add("DELETE", "/images/{image_id}", scope=Scope.IMAGES_WRITE, role=Role.EDITOR)
    def delete_image(caller: Caller, image_id: str) -> Response:
        library().delete(ImageKey(caller.owner_id, image_id), caller.user_id)
        return empty_answer()

    @images.add(
        "GET",
        "/images/{image_id}/accessibility",
        scope=Scope.RESULTS_READ,
        query=ReportRequest,
        answer=Answer(dict, formats=REPORTS.media_types, problems=NO_RESULT, conditional=True),
    )
    def get_accessibility(caller: Caller, query: ReportRequest, image_id: str) -> Response:
        key = ImageKey(caller.owner_id, image_id)
        format_ = REPORTS.chosen(images.request, query.format)
        if format_ is None:
            return result_answer(images.request, json_answer(library().accessibility(key)))
        return result_answer(images.request, REPORTS.file(format_, library().report(key, format_)))

    @images.add(
        "GET",
        "/images/{image_id}/tokens",
        scope=Scope.RESULTS_READ,
        query=TokensRequest,
        answer=Answer(dict, media_type=DESIGN_TOKENS, formats=TOKENS.media_types, problems=NO_RESULT, conditional=True),
    )
    def get_tokens(caller: Caller, query: TokensRequest, image_id: str) -> Response:
        key = ImageKey(caller.owner_id, image_id)
        format_ = TOKENS.chosen(images.request, query.format)
        if format_ is None:
            return result_answer(images.request, json_answer(library().tokens(key), content_type=DESIGN_TOKENS))
        return result_answer(images.request, TOKENS.file(format_, library().token_file(key, format_)))

    return images.blueprint
