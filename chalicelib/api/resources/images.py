"""/images and /projects/{id}/images: uploading images, reading their results, and deleting them."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Final, Self

from chalice.app import Blueprint, Response
from msgspec import Meta, Struct
from msgspec.structs import asdict

from chalicelib.api.common_types import NAME, ApiRequest, Id, SignedUrlResponse, Timestamp, timestamp
from chalicelib.api.content_negotiation import conditional_response
from chalicelib.api.operation import Responses
from chalicelib.api.paging import NextCursor, PageRequest, next_cursor
from chalicelib.api.result_formats import DESIGN_TOKENS, REPORTS, TOKENS, ReportRequest, TokensRequest
from chalicelib.api.router import Find, Router, json_response
from chalicelib.api.services import Services
from chalicelib.model.api_keys import Scope
from chalicelib.model.images import Image, ImageKey, ImageNotFound, ImagePage, ImageStatus, ImageSummary, ImageUpload
from chalicelib.model.objects import SignedForm, SignedUrl
from chalicelib.model.principals import Principal
from chalicelib.model.projects import ProjectRole
from chalicelib.services.images import CONTENT_TYPES, OTHER_NAMES

NO_RESULT: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)

ImageName = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=255,
        pattern=NAME,
        description="one line of 1 to 255 characters, not only blanks, without unseen marks",
    ),
]
ContentType = Annotated[
    str,
    Meta(
        max_length=100,
        description="the media type of an image",
        extra_json_schema={"enum": [*CONTENT_TYPES, *OTHER_NAMES]},
    ),
]
Size = Annotated[int, Meta(ge=1, description="a positive number of bytes")]
Scale = Annotated[
    Annotated[float, Meta(ge=0.5, le=8)] | None,
    Meta(description="a number of device pixels per CSS pixel from 0.5 to 8"),
]
Digest = Annotated[
    Annotated[str, Meta(pattern=r"^[0-9A-Fa-f]{64}\Z")] | None,
    Meta(description="a SHA-256 digest of 64 hexadecimal digits"),
]


class ImageRequest(ApiRequest, frozen=True):
    """The file that is about to be uploaded. size is in bytes, scale in device pixels per CSS pixel."""

    name: ImageName
    content_type: ContentType
    size: Size
    scale: Scale = None
    sha256: Digest = None


class FailureResponse(Struct):
    """The reason for a failed analysis: a code for programs, a sentence for people."""

    code: str
    detail: str


class ImageSummaryResponse(Struct):
    """The summary of an analysis: size in pixels, number of checks by outcome, number of colors.

    A part that failed is null.
    """

    width: int
    height: int
    accessibility: dict[str, int] | None
    colors: int | None

    @classmethod
    def from_summary(cls, summary: ImageSummary) -> Self:
        """Build the response from an `ImageSummary`."""
        return cls(summary.width, summary.height, summary.outcomes, summary.colors)


class UploadFormResponse(Struct):
    """The presigned POST with which the file is uploaded.

    It is valid until expires_at, some minutes after the response.
    """

    url: str
    fields: dict[str, str]
    expires_at: Timestamp

    @classmethod
    def from_form(cls, form: SignedForm) -> Self:
        """Build the response from a `SignedForm`."""
        return cls(form.url, dict(form.fields), timestamp(form.expires_at))


class ImageResponse(Struct):
    """An image. picture and views are the URLs of the file, without its metadata, and of the rendered views.

    Both are null in lists, and until the image is analyzed. From then on, content_type, size and sha256 are those of
    the uploaded file; until then, they are as announced.
    """

    id: Id
    name: str
    content_type: str
    size: int
    scale: float | None
    sha256: str | None
    status: ImageStatus
    status_times: dict[str, Timestamp]
    failure: FailureResponse | None
    summary: ImageSummaryResponse | None
    picture: SignedUrlResponse | None
    views: dict[str, SignedUrlResponse] | None

    @classmethod
    def from_image(
        cls, image: Image, url: SignedUrl | None = None, view_urls: Mapping[str, SignedUrl] | None = None
    ) -> Self:
        """Build the response from an `Image` and the signed URLs of its file and of its views by name."""
        views = {view: SignedUrlResponse.from_signed_url(signed) for view, signed in (view_urls or {}).items()}
        return cls(
            id=image.key.image_id,
            name=image.name,
            content_type=image.content_type,
            size=image.size,
            scale=image.scale,
            sha256=image.sha256,
            status=image.status,
            status_times={status.value: timestamp(at) for status, at in image.times.items()},
            failure=FailureResponse(image.failure.code, image.failure.detail) if image.failure else None,
            summary=ImageSummaryResponse.from_summary(image.summary) if image.summary else None,
            picture=SignedUrlResponse.from_signed_url(url) if url else None,
            views=None if view_urls is None else views,
        )


class CreatedImageResponse(ImageResponse):
    """An image that awaits its upload, and the form for it."""

    upload: UploadFormResponse

    @classmethod
    def from_image_and_form(cls, image: Image, form: SignedForm) -> Self:
        """Build the response from an `Image` and its `SignedForm`."""
        return cls(**asdict(ImageResponse.from_image(image)), upload=UploadFormResponse.from_form(form))


class ImageListResponse(Struct):
    """A page of images, newest first."""

    items: list[ImageResponse]
    next: NextCursor

    @classmethod
    def from_page(cls, page: ImagePage) -> Self:
        """Build the response from an `ImagePage`."""
        return cls([ImageResponse.from_image(image) for image in page.items], next_cursor(page.next_id))


def routes(services: Services) -> Blueprint:
    """Return a blueprint with the routes of the images of a user or of a project."""
    router = Router(__name__, services, per_project=True)

    def find_image(principal: Principal, image_id: str) -> CreatedImageResponse:
        image, form = services.images.awaiting(ImageKey(principal.owner_id, image_id), principal.user.limits)
        return CreatedImageResponse.from_image_and_form(image, form)

    @router.route(
        "POST",
        "/images",
        scope=Scope.IMAGES_WRITE,
        role=ProjectRole.EDITOR,
        body=ImageRequest,
        responses=Responses(CreatedImageResponse, status=HTTPStatus.CREATED, limited=True),
        find=Find(find_image, gone=ImageNotFound),
    )
    def create_image(principal: Principal, image_id: str, body: ImageRequest) -> CreatedImageResponse:
        """Create an image and get the form for its upload."""
        upload = ImageUpload(body.name, body.content_type, body.size, body.scale, body.sha256)
        image, form = services.images.create(
            principal.owner_id, principal.user_id, upload, image_id, principal.user.limits
        )
        return CreatedImageResponse.from_image_and_form(image, form)

    @router.route("GET", "/images", scope=Scope.RESULTS_READ, query=PageRequest, responses=Responses(ImageListResponse))
    def list_images(principal: Principal, query: PageRequest) -> ImageListResponse:
        """List images."""
        return ImageListResponse.from_page(services.images.list(principal.owner_id, query.limit, query.before_id))

    @router.route(
        "GET",
        "/images/{image_id}",
        scope=Scope.RESULTS_READ,
        responses=Responses(ImageResponse, problems=(HTTPStatus.NOT_FOUND,)),
    )
    def get_image(principal: Principal, image_id: str) -> ImageResponse:
        """Get an image, its status, and the URLs of its file and views."""
        image = services.images.get(ImageKey(principal.owner_id, image_id))
        return ImageResponse.from_image(image, services.images.image_url(image), services.images.view_urls(image))

    @router.route("DELETE", "/images/{image_id}", scope=Scope.IMAGES_WRITE, role=ProjectRole.EDITOR)
    def delete_image(principal: Principal, image_id: str) -> None:
        """Delete an image and its results."""
        services.images.delete(ImageKey(principal.owner_id, image_id), principal.user_id)

    @router.route(
        "GET",
        "/images/{image_id}/accessibility",
        scope=Scope.RESULTS_READ,
        query=ReportRequest,
        responses=Responses(dict, formats=REPORTS.media_types, problems=NO_RESULT, conditional=True),
    )
    def get_accessibility(principal: Principal, query: ReportRequest, image_id: str) -> Response:
        """Get the accessibility report of an image."""
        key = ImageKey(principal.owner_id, image_id)
        format_ = REPORTS.choose(router.request, query.format)
        if format_ is None:
            return conditional_response(router.request, json_response(services.images.accessibility(key)))
        report = REPORTS.file_response(format_, services.images.report(key, format_))
        return conditional_response(router.request, report)

    @router.route(
        "GET",
        "/images/{image_id}/tokens",
        scope=Scope.RESULTS_READ,
        query=TokensRequest,
        responses=Responses(
            dict, media_type=DESIGN_TOKENS, formats=TOKENS.media_types, problems=NO_RESULT, conditional=True
        ),
    )
    def get_tokens(principal: Principal, query: TokensRequest, image_id: str) -> Response:
        """Get the design tokens of an image."""
        key = ImageKey(principal.owner_id, image_id)
        format_ = TOKENS.choose(router.request, query.format)
        if format_ is None:
            tokens = json_response(services.images.tokens(key), content_type=DESIGN_TOKENS)
        else:
            tokens = TOKENS.file_response(format_, services.images.token_file(key, format_))
        return conditional_response(router.request, tokens)

    return router.blueprint
