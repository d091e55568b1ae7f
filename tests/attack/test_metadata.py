"""Nobody else gets what a file says of its maker, of any format, and announced as any."""

import hashlib
import io
from datetime import UTC, datetime

import boto3
import pytest
from PIL import Image

from chalicelib.model.images import ImageKey
from chalicelib.storage.object_store import upload_name
from chalicelib.wiring import Services
from januslens import without_metadata
from tests.attack.conftest import Account
from tests.conftest import REGION, FakeAnalyzer, FakePainter, SettableClock, an_analysis
from tests.januslens.decode.metadata.files import FILES, SECRETS, shown

ARRIVED = datetime(2026, 12, 1, tzinfo=UTC)
FORMATS = {"PNG": "PNG", "JPEG": "JPEG", "WebP": "WEBP", "GIF": "GIF", "AVIF": "AVIF"}


class Deployment:
    """The services with what really cuts metadata, and somebody's uploads."""

    def __init__(self, services: Services, clock: SettableClock, analyzer: FakeAnalyzer) -> None:
        self._cutting = Services(services.read_settings, clock, analyzer, NoViews(), without_metadata)
        self._analyzer = analyzer
        self._bucket = services.settings.bucket
        self._s3 = boto3.client("s3", region_name=REGION)

    def store(self, key: ImageKey, data: bytes) -> None:
        self._s3.put_object(Bucket=self._bucket, Key=upload_name(key), Body=data)

    def announce(self, key: ImageKey, format_: str) -> None:
        """Analyze an upload, whose format the analysis finds by its content."""
        analysis = an_analysis()
        facts = analysis.image
        self._analyzer.result = type(analysis)(
            image=type(facts)(format_, facts.width, facts.height, facts.scale, facts.scale_source, facts.notes),
            accessibility=analysis.accessibility,
            tokens=analysis.tokens,
        )
        self._cutting.analyses.upload_arrived(upload_name(key), ARRIVED)

    def objects(self, key: ImageKey) -> dict[str, tuple[str, bytes]]:
        """The objects of an image that can be read: their content types and contents, by the first part of the name."""
        found = {}
        for entry in self._s3.list_objects_v2(Bucket=self._bucket).get("Contents", []):
            if f"{key.owner_id}/{key.image_id}" in entry["Key"]:
                read = self._s3.get_object(Bucket=self._bucket, Key=entry["Key"])
                found[entry["Key"].split("/")[0]] = (read["ContentType"], read["Body"].read())
        return found


class NoViews(FakePainter):
    def __init__(self) -> None:
        super().__init__(())


@pytest.fixture
def cutting(services: Services, clock: SettableClock, analyzer: FakeAnalyzer) -> Deployment:
    return Deployment(services, clock, analyzer)


def announced_as(content_type: str, account: Account) -> ImageKey:
    body = {"name": "holiday.png", "content_type": content_type, "size": 100}
    return ImageKey(account.id, account.client("POST", "/images", body).json["id"])


@pytest.mark.parametrize("name", FORMATS)
def test_nobody_gets_what_the_file_says_of_its_maker(cutting: Deployment, account: Account, name: str) -> None:
    data = FILES[name]
    key = announced_as(f"image/{FORMATS[name].lower()}", account)
    cutting.store(key, data)
    cutting.announce(key, FORMATS[name])
    objects = cutting.objects(key)
    assert [(kind, secret) for kind, (_, content) in objects.items() for secret in SECRETS if secret in content] == []
    assert objects.keys() == {"images", "results"}
    assert shown(objects["images"][1]) == shown(data)
    image = account.client("GET", f"/images/{key.image_id}").json
    assert (image["sha256"], image["size"]) == (hashlib.sha256(data).hexdigest(), len(data))


def test_a_second_upload_by_the_same_form_is_not_served_either(cutting: Deployment, account: Account) -> None:
    key = announced_as("image/png", account)
    for _ in range(2):
        cutting.store(key, FILES["PNG"])
        cutting.announce(key, "PNG")
    assert cutting.objects(key).keys() == {"images", "results"}


def test_an_announcement_that_comes_late_brings_no_upload_back(cutting: Deployment, account: Account) -> None:
    key = announced_as("image/png", account)
    cutting.store(key, FILES["PNG"])
    for _ in range(3):
        cutting.announce(key, "PNG")
    assert cutting.objects(key)["images"][1] == without_metadata(FILES["PNG"])


def test_an_upload_cannot_be_read_before_it_is_cut(cutting: Deployment, account: Account) -> None:
    key = announced_as("image/png", account)
    cutting.store(key, FILES["PNG"])
    image = account.client("GET", f"/images/{key.image_id}").json
    assert (image["status"], image["picture"], image["views"]) == ("awaiting_upload", None, None)


@pytest.mark.parametrize("announced", ["image/png", "image/gif", "image/avif"])
def test_a_jpeg_is_served_as_a_jpeg_whatever_was_announced(
    cutting: Deployment, account: Account, announced: str
) -> None:
    key = announced_as(announced, account)
    cutting.store(key, FILES["JPEG"])
    cutting.announce(key, "JPEG")
    content_type, content = cutting.objects(key)["images"]
    assert content_type == "image/jpeg"
    assert Image.open(io.BytesIO(content)).format == "JPEG"
    assert account.client("GET", f"/images/{key.image_id}").json["content_type"] == "image/jpeg"


def test_a_picture_whose_metadata_cannot_be_found_is_refused_with_the_reason(
    cutting: Deployment, account: Account
) -> None:
    key = announced_as("image/avif", account)
    cutting.store(key, FILES["AVIF"][:200])
    cutting.announce(key, "AVIF")
    image = account.client("GET", f"/images/{key.image_id}").json
    assert image["failure"] == {
        "code": "metadata_unreadable",
        "detail": "The file's structure is damaged, so that private metadata cannot be removed from it.",
    }
    assert cutting.objects(key) == {}
