"""/images: uploading, following, reading results, deleting."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.answers import CreatedImage, ImageList, ImageRecord
from chalicelib.api.operation import Answer
from chalicelib.api.representations import Representations, result_answer
from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import ImageRequest, PageRequest, ReportRequest, TokensRequest
from chalicelib.model.api_keys import Scope
from chalicelib.model.images import ImageKey, ImageUpload
from chalicelib.model.principals import Principal
from chalicelib.model.projects import ProjectRole
from chalicelib.services.accounts.authorization import AuthorizationService
from chalicelib.services.idempotency import IdempotencyStore
from chalicelib.services.images import ImagesService
from januslens.exports.reports.formats import FORMATS
from januslens.exports.tokens.formats import TOKEN_FORMATS

REPORTS: Final = Representations("accessibility", FORMATS, native="json")
TOKENS: Final = Representations("tokens", TOKEN_FORMATS, native="dtcg")
NO_RESULT: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)
DESIGN_TOKENS: Final = "application/design-tokens+json"  # DTCG Format Module 2025.10, section 3.2


def routes(
    images: Callable[[], ImagesService],
    authorization: Callable[[], AuthorizationService],
    idempotency: Callable[[], IdempotencyStore],
    *,
    in_project: bool = False,
) -> Blueprint:
    """Return the routes of one's own images, or of a project's."""
    resource = Routes(__name__, authorization, in_project=in_project, idempotency=idempotency)

    @resource.add(
        "POST",
        "/images",
        scope=Scope.IMAGES_WRITE,
        role=ProjectRole.EDITOR,
        body=ImageRequest,
        answer=Answer(CreatedImage, status=HTTPStatus.CREATED),
    )
    def create_image(principal: Principal, body: ImageRequest) -> Response:
        new = ImageUpload(body.name, body.content_type, body.size, body.scale, body.sha256)
        image, form = images().create(principal.owner_id, principal.user_id, new)
        return json_answer(CreatedImage.with_form(image, form), HTTPStatus.CREATED)

    @resource.add("GET", "/images", scope=Scope.RESULTS_READ, query=PageRequest, answer=Answer(ImageList))
    def list_images(principal: Principal, query: PageRequest) -> Response:
        return json_answer(ImageList.of(images().list(principal.owner_id, query.limit, query.before_id)))

    @resource.add(
        "GET",
        "/images/{image_id}",
        scope=Scope.RESULTS_READ,
        answer=Answer(ImageRecord, problems=(HTTPStatus.NOT_FOUND,)),
    )
    def get_image(principal: Principal, image_id: str) -> Response:
        image = images().get(ImageKey(principal.owner_id, image_id))
        return json_answer(ImageRecord.of(image, images().image_url(image), images().view_urls(image)))

    @resource.add("DELETE", "/images/{image_id}", scope=Scope.IMAGES_WRITE, role=ProjectRole.EDITOR)
    def delete_image(principal: Principal, image_id: str) -> Response:
        images().delete(ImageKey(principal.owner_id, image_id), principal.user_id)
        return empty_answer()

    @resource.add(
        "GET",
        "/images/{image_id}/accessibility",
        scope=Scope.RESULTS_READ,
        query=ReportRequest,
        answer=Answer(dict, formats=REPORTS.media_types, problems=NO_RESULT, conditional=True),
    )
    def get_accessibility(principal: Principal, query: ReportRequest, image_id: str) -> Response:
        key = ImageKey(principal.owner_id, image_id)
        format_ = REPORTS.chosen(resource.request, query.format)
        if format_ is None:
            return result_answer(resource.request, json_answer(images().accessibility(key)))
        return result_answer(resource.request, REPORTS.file(format_, images().report(key, format_)))

    @resource.add(
        "GET",
        "/images/{image_id}/tokens",
        scope=Scope.RESULTS_READ,
        query=TokensRequest,
        answer=Answer(dict, media_type=DESIGN_TOKENS, formats=TOKENS.media_types, problems=NO_RESULT, conditional=True),
    )
    def get_tokens(principal: Principal, query: TokensRequest, image_id: str) -> Response:
        key = ImageKey(principal.owner_id, image_id)
        format_ = TOKENS.chosen(resource.request, query.format)
        if format_ is None:
            return result_answer(resource.request, json_answer(images().tokens(key), content_type=DESIGN_TOKENS))
        return result_answer(resource.request, TOKENS.file(format_, images().token_file(key, format_)))

    return resource.blueprint
