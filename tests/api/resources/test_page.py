"""The static files of the page and of the API reference."""

import re
from pathlib import Path

import pytest
from chalice.app import Chalice
from chalice.test import Client, HTTPResponse

from chalicelib.api.resources import page
from chalicelib.wiring import Services

STORE = "https://pictures.s3.eu-central-1.amazonaws.com"


class ServicesWithBucket(Services):
    def bucket_url(self) -> str:
        return STORE


@pytest.fixture
def client() -> Client:
    app = Chalice("page", configure_logs=False)
    app.api.binary_types = []
    app.register_blueprint(page.routes(ServicesWithBucket()))
    return Client(app)


def get(client: Client, path: str, **headers: str) -> HTTPResponse:
    return client.http.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_the_root_is_the_page(client: Client) -> None:
    answer = get(client, "/")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.body.startswith(b"<!doctype html>")


def test_the_policy_names_the_object_store_and_allows_nothing_inline(client: Client) -> None:
    policy = dict(part.split(" ", 1) for part in get(client, "/").headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["img-src"] == f"'self' blob: {STORE}"
    assert policy["connect-src"] == f"'self' {STORE}"
    assert policy["form-action"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "*",
        "store.example",
        "https://store.example/",
        "https://store.example/path",
        "https://store.example; script-src *",
    ],
)
def test_what_is_no_origin_cannot_widen_the_policy(origin: str) -> None:
    with pytest.raises(ValueError, match="not an origin"):
        page.content_security_policy(origin)


def test_every_file_of_the_folder_is_served_as_it_is(client: Client) -> None:
    for path in (path for path in page.FOLDER.rglob("*") if path.is_file()):
        name = path.relative_to(page.FOLDER).as_posix()
        answer = get(client, f"/web/{name}")
        assert (answer.status_code, answer.body) == (200, path.read_bytes()), name
        assert answer.headers["Content-Type"] == page.CONTENT_TYPES[path.suffix]


@pytest.mark.parametrize("accept", ["*/*", "image/*", "image/png;q=0.5", "text/html", ""])
def test_an_image_is_sent_whatever_is_accepted(client: Client, accept: str) -> None:
    answer = get(client, "/web/sample.png", Accept=accept)
    assert (answer.status_code, answer.body) == (200, (page.FOLDER / "sample.png").read_bytes())


def test_an_unchanged_file_is_not_sent_again(client: Client) -> None:
    etag = get(client, "/web/app.js").headers["ETag"]
    answer = get(client, "/web/app.js", If_None_Match=f'"other", W/{etag}')
    assert (answer.status_code, answer.body) == (304, b"")
    assert answer.headers["ETag"] == etag


def test_an_unchanged_image_is_not_sent_again(client: Client) -> None:
    etag = get(client, "/web/sample.png").headers["ETag"]
    answer = get(client, "/web/sample.png", If_None_Match=etag)
    assert (answer.status_code, answer.body) == (304, b"")


@pytest.mark.parametrize(
    "name",
    [
        "nothing.js",
        "lib",
        "lib/nothing.js",
        "..%2fapi%2fresources%2fpage.py",
        "%2e%2e",
        "%2e%2e/app.py",
        "lib/..%2f..%2fapi%2frouter.py",
        "web.py",
    ],
)
def test_what_is_no_file_of_the_page_is_not_found(client: Client, name: str) -> None:
    assert get(client, f"/web/{name}").status_code == 404


def test_a_stage_without_its_slash_leads_to_the_one_with_it() -> None:
    # Addresses in the page are relative: from /api, web/app.js would be the host's, not the stage's.
    app = Chalice("page", configure_logs=False)
    app.register_blueprint(page.routes(ServicesWithBucket()))
    event = {
        "requestContext": {"httpMethod": "GET", "resourcePath": "/", "path": "/api"},
        "headers": {},
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "stageVariables": None,
        "body": None,
        "isBase64Encoded": False,
    }
    answer = app(event, None)
    assert (answer["statusCode"], answer["headers"]["Location"]) == (308, "/api/")


def test_all_that_the_page_loads_is_there_and_preloaded() -> None:
    html = (page.FOLDER / "index.html").read_text()
    linked = set(re.findall(r'(?:href|src)="web/([^"]+)"', html))
    assert linked <= page.FILES.keys()
    of_the_reference = {"reference.js"}
    assert {name for name in page.FILES if name.endswith((".js", ".css"))} - of_the_reference <= linked


@pytest.mark.parametrize("path", sorted(page.FOLDER.rglob("*.js")), ids=lambda path: path.name)
def test_a_module_imports_only_modules_that_exist(path: Path) -> None:
    imported = re.findall(r'(?:from |import\()"(\.[^"]+)"', path.read_text())
    assert [name for name in imported if not (path.parent / name).is_file()] == []


def test_the_reference_and_its_files_are_served_under_a_policy_without_anything_inline(client: Client) -> None:
    answer = get(client, "/docs")
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert (policy["default-src"], policy["script-src"], policy["style-src"]) == ("'none'", "'self'", "'self'")
    files = re.findall(r'(?:href|src)="docs/([^"]+)"', answer.body.decode())
    assert files == ["swagger-ui.css", "swagger-ui-bundle.js"]
    for file in files:
        assert get(client, f"/docs/{file}").status_code == 200
    assert get(client, "/docs/plugins.py").status_code == 404
