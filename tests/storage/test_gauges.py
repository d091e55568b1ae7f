from datetime import timedelta

import boto3
import pytest

from chalicelib.model.ids import new_id
from chalicelib.model.users import AccountRole, User
from chalicelib.storage.gauges import Gauges
from chalicelib.wiring import Services
from tests.conftest import NOON, REGION


@pytest.fixture
def gauges(services: Services) -> Gauges:
    return services.adapters.gauges


def test_waiting_messages_are_counted_by_queue_with_those_being_processed(services: Services, gauges: Gauges) -> None:
    for number in range(3):
        services.adapters.jobs.purge_user(f"{number}")
    services.adapters.jobs.export_data("ann", "export")
    sqs = boto3.client("sqs", region_name=REGION)
    url = sqs.get_queue_url(QueueName=services.settings.deletion_queue)["QueueUrl"]
    sqs.receive_message(QueueUrl=url)
    waiting = gauges.waiting()
    assert list(waiting) == ["uploads", "uploads_dead_letter", "deletion", "data_export"]
    assert (waiting["deletion"], waiting["data_export"], waiting["uploads_dead_letter"]) == (3, 1, 0)


def test_users_are_counted(services: Services, gauges: Gauges) -> None:
    before = gauges.users()
    for _ in range(2):
        services.adapters.users.add(User(new_id(), f"{new_id()}@people.example", None, AccountRole.USER, "h", NOON))
    assert gauges.users() == before + 2


def test_the_size_is_the_last_report_of_three_days(
    services: Services, gauges: Gauges, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, object]] = []
    reports = [(2, 300.0), (0, 500.0), (1, 400.0)]  # days ago and bytes, in no order
    points = [{"Timestamp": NOON - timedelta(days=days), "Average": size} for days, size in reports]

    def report(**arguments: object) -> dict[str, object]:
        asked.append(arguments)
        return {"Datapoints": points}

    monkeypatch.setattr(gauges._cloudwatch, "get_metric_statistics", report)
    assert gauges.stored_bytes(NOON) == 500
    assert (asked[0]["StartTime"], asked[0]["EndTime"]) == (NOON - timedelta(days=3), NOON)
    assert (asked[0]["Period"], asked[0]["Statistics"]) == (86_400, ["Average"])
    assert (asked[0]["Namespace"], asked[0]["MetricName"]) == ("AWS/S3", "BucketSizeBytes")
    assert asked[0]["Dimensions"] == [
        {"Name": "BucketName", "Value": services.settings.bucket},
        {"Name": "StorageType", "Value": "StandardStorage"},
    ]


def test_without_a_recent_report_there_is_no_size(gauges: Gauges, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gauges._cloudwatch, "get_metric_statistics", lambda **_: {"Datapoints": []})
    assert gauges.stored_bytes(NOON) is None
