"""/images: uploading, following, reading results, deleting."""

import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Request, Response

from chalicelib.api.cursors import from_cursor, to_cursor
from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import NATIVE, ImageRequest, PageRequest, ReportRequest, form_json, image_json
from chalicelib.exports.formats import FORMATS
from chalicelib.security.tokens import AccessToken
from chalicelib.services.images import ImageLibrary, NewImage
from chalicelib.services.sessions import Authentication
from chalicelib.storage.images import ImageKey

BY_MEDIA_TYPE: Final = {format_.media_type: name for name, format_ in FORMATS.items()} | {"application/json": NATIVE}
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
        return json_answer(image_json(image, library().picture(image), library().views(image)))

    @images.add("DELETE", "/images/{image_id}")
    def delete_image(caller: AccessToken, image_id: str) -> Response:
        library().delete(ImageKey(caller.user_id, image_id))
        return empty_answer()

    @images.add("GET", "/images/{image_id}/accessibility", query=ReportRequest)
    def get_accessibility(caller: AccessToken, query: ReportRequest, image_id: str) -> Response:
        key = ImageKey(caller.user_id, image_id)
        chosen = query.format or _accepted(str(images.request.headers.get("accept", "")))
        if chosen == NATIVE:
            return _result(images.request, json_answer(library().accessibility(key)))
        format_ = FORMATS[chosen]
        headers: dict[str, str | list[str]] = {
            "Content-Type": f"{format_.media_type}; charset=utf-8",
            "Content-Disposition": f'attachment; filename="accessibility{format_.extension}"',
            "X-Content-Type-Options": "nosniff",  # with the line above: no report is ever shown as a page of ours
        }
        return _result(images.request, Response(library().report(key, format_), headers))

    @images.add("GET", "/images/{image_id}/tokens")
    def get_tokens(caller: AccessToken, image_id: str) -> Response:
        tokens = library().tokens(ImageKey(caller.user_id, image_id))
        return _result(images.request, json_answer(tokens, content_type=DESIGN_TOKENS))

    return images.blueprint


def _accepted(header: str) -> str:
    """Return the format that an Accept header names first, the native one where it names none of ours."""
    media_types = (media_range.partition(";")[0].strip().lower() for media_range in header.split(","))
    return next((BY_MEDIA_TYPE[media_type] for media_type in media_types if media_type in BY_MEDIA_TYPE), NATIVE)


def _result(request: Request, answer: Response) -> Response:
    """Answer a result with its ETag, or 304 to who has it (RFC 9110, section 13.1.2)."""
    etag = f'"{hashlib.sha256(answer.body.encode()).hexdigest()[:32]}"'
    known = str(request.headers.get("if-none-match", ""))
    if known.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in known.split(",")):
        answer = Response("", {}, HTTPStatus.NOT_MODIFIED)
    answer.headers |= {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Accept"}
    return answer
