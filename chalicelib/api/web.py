"""The page that people use, and its files: static, read from `chalicelib/web`."""

import functools
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

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


@dataclass(frozen=True, slots=True)
class File:
    """A file of the page, as it is sent."""

    content: str | bytes
    content_type: str
    etag: str


def content_security_policy(object_store_origin: str) -> str:
    """Return the page's policy: its own files, and pictures and uploads at the object store.

    Raises ValueError for anything but `scheme://host[:port]`, which could add to the policy.
    """
    parts = urlsplit(object_store_origin)
    if f"{parts.scheme}://{parts.netloc}" != object_store_origin or set(parts.netloc) & set(" ;,'\""):
        raise ValueError(f"not an origin: {object_store_origin!r}")
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' blob: {object_store_origin}",
            f"connect-src 'self' {object_store_origin}",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "require-trusted-types-for 'script'",
        )
    )


@functools.cache
def read(name: str) -> File:
    """Read one of NAMES; kept for as long as the function lives."""
    path = FOLDER / name
    content = path.read_bytes()
    content_type = CONTENT_TYPES[path.suffix]
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    # Chalice takes bytes for its binary types only; all others here are text.
    return File(content if content_type == "image/png" else content.decode(), content_type, etag)


def pages(object_store_origin: Callable[[], str]) -> Blueprint:
    """Return the routes of the page; object_store_origin says where it uploads to and where pictures come from."""
    blueprint = Blueprint(__name__)

    def answer(name: str) -> Response:
        file = read(name)
        headers: dict[str, str | list[str]] = {
            "Content-Security-Policy": content_security_policy(object_store_origin()),
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
        return answer("index.html")

    @blueprint.route("/web/{file}", methods=["GET"])
    def asset(file: str) -> Response:
        if file not in NAMES:
            raise NotFoundError(f"The page has no file {file!r}.")
        return answer(file)

    return blueprint
