"""The page that people use, the reference of the API, and their files: static, read from `chalicelib/web`."""

import functools
import hashlib
import importlib.metadata
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

import msgspec
from chalice.app import Blueprint, NotFoundError, Response

FOLDER: Final = Path(__file__).parents[1] / "web"
CONTENT_TYPES: Final = MappingProxyType(
    {
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".svg": "image/svg+xml",
        ".png": "image/png",
    }
)
NAMES: Final = frozenset(path.name for path in FOLDER.iterdir() if path.suffix in CONTENT_TYPES)


REFERENCE_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # Swagger UI's signs are in its style sheet
        "connect-src 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)


class File(msgspec.Struct, frozen=True):
    """A file of the page, as it is sent."""

    content: str | bytes
    content_type: str
    etag: str


def content_security_policy(bucket_url: str) -> str:
    """Return the page's policy: its own files, and pictures and uploads at the object store.

    Raises ValueError for anything but `scheme://host[:port]`, which could add to the policy.
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
    """Read a file of a known type; kept for as long as the function lives."""
    content = path.read_bytes()
    content_type = CONTENT_TYPES[path.suffix]
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    # Chalice takes bytes for its binary types only; all others here are text.
    return File(content if content_type == "image/png" else content.decode(), content_type, etag)


@functools.cache
def swagger_ui() -> Mapping[str, Path]:
    """Return by name where Swagger UI's files are installed; the package around them is never imported."""
    files = importlib.metadata.files("flask-openapi3-swagger") or []
    return {path.name: Path(str(path.locate())) for path in files if path.suffix in (".css", ".js")}


def pages(bucket_url: Callable[[], str]) -> Blueprint:
    """Return the routes of the page; bucket_url says where it uploads to and where pictures come from."""
    blueprint = Blueprint(__name__)

    def answer(path: Path, policy: str | None = None) -> Response:
        file = read(path)
        headers: dict[str, str | list[str]] = {
            "Content-Security-Policy": policy or content_security_policy(bucket_url()),
            "Content-Type": file.content_type,
            "ETag": file.etag,
            # Modules import each other by name, so no name can carry a version: ask, and mostly be told 304.
            "Cache-Control": "no-cache",
        }
        presented = str(blueprint.current_request.headers.get("if-none-match", ""))
        if file.etag in (tag.strip().removeprefix("W/") for tag in presented.split(",")):
            return Response(file.content[:0], headers, 304)
        return Response(file.content, headers)

    @blueprint.route("/", methods=["GET"])
    def page() -> Response:
        path = str(blueprint.current_request.context.get("path", "/"))
        if not path.endswith("/"):  # a stage's root without its slash, whence relative addresses would miss the stage
            return Response("", {"Location": f"{path}/", "Content-Type": "text/plain; charset=utf-8"}, 308)
        return answer(FOLDER / "index.html")

    @blueprint.route("/web/{file}", methods=["GET"])
    def asset(file: str) -> Response:
        if file not in NAMES:
            raise NotFoundError(f"The page has no file {file!r}.")
        return answer(FOLDER / file)

    @blueprint.route("/docs", methods=["GET"])
    def reference() -> Response:
        return answer(FOLDER / "reference.html", REFERENCE_POLICY)

    @blueprint.route("/docs/{file}", methods=["GET"])
    def reference_asset(file: str) -> Response:
        paths = swagger_ui()
        if file not in paths:
            raise NotFoundError(f"The reference has no file {file!r}.")
        return answer(paths[file], REFERENCE_POLICY)

    return blueprint
