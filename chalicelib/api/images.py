"""/images: uploading, following, reading results, deleting."""

import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from chalice.app import Blueprint, Request, Response

from chalicelib.api.cursors import from_cursor, to_cursor
from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import ImageRequest, PageRequest, form_json, image_json
from chalicelib.security.tokens import AccessToken
from chalicelib.services.images import ImageLibrary, NewImage
from chalicelib.services.sessions import Authentication
from chalicelib.storage.images import ImageKey

DESIGN_TOKENS: Final = "application/design-tokens+json"  # DTCG Format Module 2025.10, section 3.2


def routes(library: Callable[[], ImageLibrary], authentication: Callable[[], Authentication]) -> Blueprint:
    """Return the routes of images."""
    images = Routes(__name__, authentication)

    @images.add("POST", "/images", body=ImageRequest)
    def create_image(caller: AccessToken, body: ImageRequest) -> Response:
        new = NewImage(body.name, body.content_type, body.size, body.scale, body.sha256)
        image, form = library().create(caller.user_id, new)
        return json_answer({**image_json(image), "upload": form_json(form)}, HTTPStatus.CREATED)

    @images.add("GET", "/images", query=PageRequest)
    def list_images(caller: AccessToken, query: PageRequest) -> Response:
        before_id = None if query.cursor is None else from_cursor(query.cursor)
        page = library().list(caller.user_id, query.limit, before_id)
        following = None if page.next_id is None else to_cursor(page.next_id)
        return json_answer({"items": [image_json(image) for image in page.images], "next": following})

    @images.add("GET", "/images/{image_id}")
    def get_image(caller: AccessToken, image_id: str) -> Response:
        image = library().get(ImageKey(caller.user_id, image_id))
        return json_answer(image_json(image, library().picture(image)))

    @images.add("DELETE", "/images/{image_id}")
    def delete_image(caller: AccessToken, image_id: str) -> Response:
        library().delete(ImageKey(caller.user_id, image_id))
        return empty_answer()

    @images.add("GET", "/images/{image_id}/accessibility")
    def get_accessibility(caller: AccessToken, image_id: str) -> Response:
        report = library().accessibility(ImageKey(caller.user_id, image_id))
        return _result(images.request, report, "application/json")

    @images.add("GET", "/images/{image_id}/tokens")
    def get_tokens(caller: AccessToken, image_id: str) -> Response:
        tokens = library().tokens(ImageKey(caller.user_id, image_id))
        return _result(images.request, tokens, DESIGN_TOKENS)

    return images.blueprint


def _result(request: Request, value: Any, content_type: str) -> Response:
    """Answer a result with its ETag, or 304 to who has it (RFC 9110, section 13.1.2)."""
    answer = json_answer(value, content_type=content_type)
    etag = f'"{hashlib.sha256(answer.body.encode()).hexdigest()[:32]}"'
    known = str(request.headers.get("if-none-match", ""))
    if known.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in known.split(",")):
        answer = Response("", {}, HTTPStatus.NOT_MODIFIED)
    answer.headers |= {"ETag": etag, "Cache-Control": "private, no-cache"}
    return answer
