"""/, /web, and /docs: the static files of the web page and of the API reference, read from `chalicelib/web`."""

import base64
import functools
import hashlib
import importlib.metadata
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, override
from urllib.parse import urlsplit

import msgspec
from chalice.app import Blueprint, NotFoundError, Response

from chalicelib.api.services import Services

FOLDER: Final = Path(__file__).parents[2] / "web"
CONTENT_TYPES: Final = MappingProxyType(
    {
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".svg": "image/svg+xml",
        ".png": "image/png",
    }
)
FILES: Final = MappingProxyType(
    {path.relative_to(FOLDER).as_posix(): path for path in FOLDER.rglob("*") if path.suffix in CONTENT_TYPES}
)

REFERENCE_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # Swagger UI's icons are in its style sheet
        "connect-src 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)


class File(msgspec.Struct, frozen=True):
    """A static file of the web page or the API reference, as it is sent in responses.

    content is bytes for a PNG image and text otherwise.
    """

    content: str | bytes
    content_type: str
    etag: str


class BinaryResponse(Response):
    """A response whose body is bytes.

    Chalice itself sends bytes only if the Accept header names their type; a request without one accepts anything
    (RFC 9110, section 12.5.1).
    """

    @override
    def to_dict(self, binary_types: list[str] | None = None) -> dict[str, Any]:
        """Return the response as API Gateway reads it, with its body in Base64."""
        return super().to_dict() | {"body": base64.b64encode(self.body).decode(), "isBase64Encoded": True}


def content_security_policy(bucket_url: str) -> str:
    """Return the Content-Security-Policy of the web page: its own files, and images and uploads at the bucket.

    bucket_url is the bucket's origin. Raises ValueError unless it has the form `scheme://host[:port]`, as anything else
    could widen the policy.
    """
    parts = urlsplit(bucket_url)
    if f"{parts.scheme}://{parts.netloc}" != bucket_url or set(parts.netloc) & set(" ;,'\""):
        raise ValueError(f"not an origin: {bucket_url!r}")
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' blob: {bucket_url}",
            f"connect-src 'self' {bucket_url}",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "require-trusted-types-for 'script'",
        )
    )


@functools.cache
def read(path: Path) -> File:
    """Return a file below chalicelib/web or of Swagger UI with its type and ETag, cached for the life of the process.

    Raises KeyError if its extension is not in CONTENT_TYPES, and OSError if it cannot be read.
    """
    content = path.read_bytes()
    content_type = CONTENT_TYPES[path.suffix]
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return File(content if content_type == "image/png" else content.decode(), content_type, etag)


@functools.cache
def swagger_ui() -> Mapping[str, Path]:
    """Return the paths of Swagger UI's style sheets and scripts by file name; empty if its package records no files.

    The package is never imported. Raises importlib.metadata.PackageNotFoundError if it is not installed.
    """
    files = importlib.metadata.files("flask-openapi3-swagger") or []
    return {path.name: Path(str(path.locate())) for path in files if path.suffix in (".css", ".js")}


def routes(services: Services) -> Blueprint:
    """Return a blueprint with the routes of the web page and the API reference.

    The web page uploads files to the bucket and loads images from it.
    """
    blueprint = Blueprint(__name__)

    def respond(path: Path, policy: str | None = None) -> Response:
        known = str(blueprint.current_request.headers.get("if-none-match", ""))
        return _to_response(read(path), policy or content_security_policy(services.bucket_url()), known)

    def respond_with_named(name: str, files: Mapping[str, Path], policy: str | None = None) -> Response:
        if name not in files:
            raise NotFoundError
        return respond(files[name], policy)

    @blueprint.route("/", methods=["GET"])
    def page() -> Response:
        path = str(blueprint.current_request.context.get("path", "/"))
        if not path.endswith("/"):  # a stage's root without the slash: relative URLs would leave the stage
            return Response("", {"Location": f"{path}/", "Content-Type": "text/plain; charset=utf-8"}, 308)
        return respond(FOLDER / "index.html")

    # API Gateway allows one variable name below /web, so that both routes use the same.
    @blueprint.route("/web/{name}", methods=["GET"])
    def asset(name: str) -> Response:
        return respond_with_named(name, FILES)

    @blueprint.route("/web/{name}/{file}", methods=["GET"])
    def asset_in_folder(name: str, file: str) -> Response:
        return respond_with_named(f"{name}/{file}", FILES)

    @blueprint.route("/docs", methods=["GET"])
    def reference() -> Response:
        return respond(FOLDER / "reference.html", REFERENCE_POLICY)

    @blueprint.route("/docs/{file}", methods=["GET"])
    def reference_asset(file: str) -> Response:
        return respond_with_named(file, swagger_ui(), REFERENCE_POLICY)

    return blueprint


def _to_response(file: File, policy: str, if_none_match: str) -> Response:
    headers: dict[str, str | list[str]] = {
        "Content-Security-Policy": policy,
        "Content-Type": file.content_type,
        "ETag": file.etag,
        # Modules import each other by name, so names carry no version: browsers revalidate, mostly with 304.
        "Cache-Control": "no-cache",
    }
    unchanged = file.etag in (tag.strip().removeprefix("W/") for tag in if_none_match.split(","))
    content, status = (file.content[:0], HTTPStatus.NOT_MODIFIED) if unchanged else (file.content, HTTPStatus.OK)
    return (BinaryResponse if isinstance(content, bytes) else Response)(content, headers, status)
