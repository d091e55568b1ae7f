"""Announcements as S3 writes them.

Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from chalice.app import SQSEvent
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.jobs.handlers import handle_uploads
from chalicelib.jobs.uploads import Upload, UploadMessageInvalid, read_uploads
from chalicelib.model.ids import new_id
from chalicelib.model.images import ImageKey, ImageStatus, ImageUpload
from chalicelib.storage.object_store import upload_name
from chalicelib.storage.tables.audit_log import AuditEventItem
from chalicelib.wiring import Services
from tests.conftest import REGION, FakeAnalyzer

# The documentation's example, whole, but for the name of the object.
RECORD = {
    "eventVersion": "2.1",
    "eventSource": "aws:s3",
    "awsRegion": "us-west-2",
    "eventTime": "1970-01-01T00:00:00.000Z",
    "eventName": "ObjectCreated:Put",
    "userIdentity": {"principalId": "AIDAJDPLRKLG7UEXAMPLE"},
    "requestParameters": {"sourceIPAddress": "172.16.0.1"},
    "responseElements": {
        "x-amz-request-id": "C3D13FE58DE4C810",
        "x-amz-id-2": "FMyUVURIY8/IgAtTv8xRjskZQpcIZ9KG4V5Wp6S7S/JRWeUWerMUE5JgHvANOjpD",
    },
    "s3": {
        "s3SchemaVersion": "1.0",
        "configurationId": "testConfigRule",
        "bucket": {
            "name": "amzn-s3-demo-bucket",
            "ownerIdentity": {"principalId": "A3NL1KOZZKExample"},
            "arn": "arn:aws:s3:::amzn-s3-demo-bucket",
        },
        "object": {
            "key": "HappyFace.jpg",
            "size": 1024,
            "eTag": "d41d8cd98f00b204e9800998ecf8427e",
            "versionId": "096fKKXTRTtl3on89fVO.nfljtsv6qko",
            "sequencer": "0055AED6DCD90281E5",
        },
    },
}
TEST_EVENT = json.dumps(
    {
        "Service": "Amazon S3",
        "Event": "s3:TestEvent",
        "Time": "2014-10-13T15:57:02.089Z",
        "Bucket": "amzn-s3-demo-bucket",
        "RequestId": "5582815E1AEA5ADF",
        "HostId": "8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR+YstdA6Knx4Ip8EXAMPLE",
    }
)


def announcement(*keys: str) -> str:
    """A message's body; keys as S3 encodes them."""
    records: list[Any] = []
    for key in keys:
        entity: Any = RECORD["s3"]
        records.append({**RECORD, "s3": {**entity, "object": {**entity["object"], "key": key}}})
    return json.dumps({"Records": records})


def event(*bodies: str) -> SQSEvent:
    records = [
        {"messageId": f"message-{number}", "body": body, "receiptHandle": "handle"}
        for number, body in enumerate(bodies)
    ]
    context: Any = SimpleNamespace(aws_request_id="invocation-1", function_name="analyze")
    return SQSEvent({"Records": records}, context)


@pytest.fixture
def deliver(services: Services) -> Callable[..., list[int]]:
    """Deliver messages, and return the numbers of those that must come again."""

    def deliver_bodies(*bodies: str) -> list[int]:
        answer = handle_uploads(event(*bodies), services.audit, services.analyses.upload_arrived)
        return [int(item["itemIdentifier"].removeprefix("message-")) for item in answer["batchItemFailures"]]

    return deliver_bodies


@pytest.fixture
def make_upload(services: Services, store: Callable[..., None]) -> Callable[[], ImageKey]:
    def make() -> ImageKey:
        image, _ = services.images.create(new_id(), "somebody", ImageUpload("a.png", "image/png", 6, None, None))
        store(image.key)
        return image.key

    return make


def test_an_announcement_says_what_was_stored_and_when() -> None:
    assert read_uploads(announcement("HappyFace.jpg")) == [Upload("HappyFace.jpg", datetime(1970, 1, 1, tzinfo=UTC))]


@pytest.mark.parametrize(
    ("encoded", "name"),
    [
        ("uploads%2Fann%2F1", "uploads/ann/1"),
        ("uploads/ann/1", "uploads/ann/1"),
        ("red+flower.jpg", "red flower.jpg"),  # the documentation's example
        ("a%2Bb", "a+b"),
        ("a%252Fb", "a%2Fb"),  # decoded once, not twice
        ("%C3%A4", "ä"),
    ],
)
def test_names_are_decoded_exactly_once(encoded: str, name: str) -> None:
    (upload,) = read_uploads(announcement(encoded))
    assert upload.object_name == name


def test_all_records_of_a_message_are_read_in_their_order() -> None:
    assert [upload.object_name for upload in read_uploads(announcement("a", "b", "a"))] == ["a", "b", "a"]


def test_the_test_event_announces_nothing() -> None:
    assert read_uploads(TEST_EVENT) == []


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "null",
        "7",
        "[]",
        "{}",
        '{"Records": []}',
        '{"Records": null}',
        '{"Records": [{}]}',
        '{"Records": [{"eventTime": "1970-01-01T00:00:00Z", "s3": {"object": {}}}]}',
        '{"Records": [{"eventTime": "1970-01-01T00:00:00Z", "s3": {"object": {"key": 7}}}]}',
        '{"Records": [{"eventTime": "soon", "s3": {"object": {"key": "a"}}}]}',
        '{"Event": "another event"}',
        '{"Type": "Notification", "Message": "{}"}',
        "[" * 100_000,
    ],
)
def test_what_s3_does_not_send_is_no_announcement(body: str) -> None:
    with pytest.raises(UploadMessageInvalid):
        read_uploads(body)


@given(st.text())
def test_no_text_is_read_as_anything_else_than_announcement_or_not(body: str) -> None:
    with pytest.raises(UploadMessageInvalid):
        read_uploads(body)


def test_every_record_of_every_message_is_handled(
    services: Services, deliver: Callable[..., list[int]], make_upload: Callable[[], ImageKey]
) -> None:
    one, two, three = (make_upload() for _ in range(3))
    failed = deliver(announcement(upload_name(one), upload_name(two)), TEST_EVENT, announcement(upload_name(three)))
    assert failed == []
    assert [services.images.get(key).status for key in (one, two, three)] == [ImageStatus.ANALYZED] * 3


def test_records_of_one_upload_analyze_it_once(
    deliver: Callable[..., list[int]], make_upload: Callable[[], ImageKey], analyzer: FakeAnalyzer
) -> None:
    name = upload_name(make_upload())
    deliver(announcement(name, name), announcement(name))
    assert len(analyzer.seen) == 1


def test_one_bad_record_leaves_the_others_done_and_brings_the_message_again(
    services: Services, deliver: Callable[..., list[int]], make_upload: Callable[[], ImageKey], analyzer: FakeAnalyzer
) -> None:
    bad, good = make_upload(), make_upload()

    def break_the_first() -> None:
        if len(analyzer.seen) == 1:
            raise ArithmeticError

    analyzer.meanwhile = break_the_first
    message = announcement(upload_name(bad), "other/object", upload_name(good))
    assert deliver(message) == [0]
    assert [services.images.get(key).status for key in (bad, good)] == [ImageStatus.QUEUED, ImageStatus.ANALYZED]
    assert deliver(message) == []
    assert services.images.get(bad).status is ImageStatus.ANALYZED


def test_a_malformed_message_fails_without_keeping_others_from_their_turn(
    services: Services, deliver: Callable[..., list[int]], make_upload: Callable[[], ImageKey]
) -> None:
    key = make_upload()
    assert deliver("no JSON", announcement(upload_name(key))) == [0]
    assert services.images.get(key).status is ImageStatus.ANALYZED


def test_actions_are_recorded_with_the_invocation_even_where_it_fails(
    services: Services, deliver: Callable[..., list[int]], make_upload: Callable[[], ImageKey], analyzer: FakeAnalyzer
) -> None:
    key = make_upload()
    analyzer.fail(ArithmeticError())
    assert deliver(announcement(upload_name(key))) == [0]
    (entry,) = services.adapters.audit_log.items.by_user.query(
        key.owner_id, filter_condition=AuditEventItem.action == "image.uploaded"
    )
    assert entry.request_id == "invocation-1"


def test_a_dead_letter_ends_its_image_and_the_log_says_so(
    services: Services, make_upload: Callable[[], ImageKey]
) -> None:
    key = make_upload()
    handle_uploads(event(announcement(upload_name(key))), services.audit, services.analyses.give_up)
    assert services.images.get(key).status is ImageStatus.FAILED
    (entry,) = services.adapters.audit_log.items.by_user.query(
        key.owner_id, filter_condition=AuditEventItem.action == "image.failed"
    )
    assert entry.detail == "analysis_crashed"


@pytest.mark.parametrize("use_case", ["upload_arrived", "give_up"])
def test_all_objects_of_a_deleted_image_are_deleted(
    services: Services,
    make_upload: Callable[[], ImageKey],
    store: Callable[..., None],
    stored: Callable[[ImageKey], set[str]],
    use_case: str,
) -> None:
    key = make_upload()
    services.images.delete(key, "somebody")
    store(key)
    services.adapters.objects.write_view(key, "overlay", b"of an attempt that was killed")
    announced = event(announcement(upload_name(key)))
    assert handle_uploads(announced, services.audit, getattr(services.analyses, use_case))["batchItemFailures"] == []
    assert stored(key) == set()


def test_each_invocation_writes_one_line_on_how_it_went(
    deliver: Callable[..., list[int]],
    make_upload: Callable[[], ImageKey],
    analyzer: FakeAnalyzer,
    log_lines: Callable[[], list[dict[str, Any]]],
) -> None:
    deliver(announcement(upload_name(make_upload())))
    analyzer.fail(ArithmeticError())
    deliver(announcement(upload_name(make_upload())))
    lines = log_lines()
    ends = [line for line in lines if line["message"] == "event"]
    assert [(line["outcome"], line["route"], line["request_id"]) for line in ends] == [
        ("done", "analyze", "invocation-1"),
        ("failed", "analyze", "invocation-1"),
    ]
    assert all(line["duration_ms"] >= 0 for line in ends)
    (failure,) = [line for line in lines if "exception" in line]
    assert "ArithmeticError" in failure["exception"]


def test_what_moto_announces_for_a_posted_upload_is_understood(
    services: Services,
    deployment: Mapping[str, str],
    deliver: Callable[..., list[int]],
    make_upload: Callable[[], ImageKey],
) -> None:
    sqs = boto3.client("sqs", region_name=REGION)
    queue = sqs.get_queue_url(QueueName=deployment["JANUS_UPLOADS_QUEUE"])["QueueUrl"]
    sqs.purge_queue(QueueUrl=queue)
    key = make_upload()
    (message,) = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)["Messages"]
    deliver(message["Body"])
    assert services.images.get(key).status is ImageStatus.ANALYZED
