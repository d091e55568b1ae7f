"""The resource template says what Janus needs of it."""

import json
import re

from infra import template

TEMPLATE = template.load()
FUNCTIONS = {
    name: resource
    for name, resource in TEMPLATE.document["Resources"].items()
    if "LoggingConfig" in resource.get("Properties", {})
}


def test_a_messages_tries_end_in_a_dead_letter_queue() -> None:
    queues = {queue.logical_id: queue.properties for queue in TEMPLATE.resources("AWS::SQS::Queue")}
    ends = {name: queue["RedrivePolicy"] for name, queue in queues.items() if "RedrivePolicy" in queue}
    assert {
        name: (end["deadLetterTargetArn"]["Fn::GetAtt"][0], end["maxReceiveCount"]) for name, end in ends.items()
    } == {
        "UploadsQueue": ("UploadsDeadLetterQueue", 3),
        "DeletionQueue": ("JobsDeadLetterQueue", 5),
        "DataExportQueue": ("JobsDeadLetterQueue", 5),
    }
    assert all(name in ends or name.endswith("DeadLetterQueue") for name in queues)


def test_nobody_reads_the_bucket_without_a_signature() -> None:
    (bucket,) = TEMPLATE.resources("AWS::S3::Bucket")
    assert set(bucket.properties["PublicAccessBlockConfiguration"].values()) == {True}
    assert "BucketEncryption" in bucket.properties


def test_uploads_that_nobody_takes_up_and_old_data_exports_are_deleted() -> None:
    (bucket,) = TEMPLATE.resources("AWS::S3::Bucket")
    rules = bucket.properties["LifecycleConfiguration"]["Rules"]
    ends = {rule["Prefix"]: (rule["ExpirationInDays"], rule["Status"]) for rule in rules if "ExpirationInDays" in rule}
    assert ends == {"uploads/": (1, "Enabled"), "data-exports/": (7, "Enabled")}


def test_the_dashboard_is_json_and_shows_what_there_is() -> None:
    (dashboard,) = TEMPLATE.resources("AWS::CloudWatch::Dashboard")
    body = json.loads(re.sub(r"\$\{[^}]+\}", "x", dashboard.properties["DashboardBody"]["Fn::Sub"]))
    assert len(body["widgets"]) == 9
    named = set(re.findall(r'"FunctionName", "janus-\$\{Stage\}-([a-z-]+)"', str(dashboard.properties)))
    functions = {resource["Properties"]["FunctionName"]["Fn::Sub"] for resource in FUNCTIONS.values()}
    assert {f"janus-${{Stage}}-{name}" for name in named} == functions


def test_every_function_writes_into_a_log_of_its_own_that_ends() -> None:
    logs = {log.logical_id: log.properties for log in TEMPLATE.resources("AWS::Logs::LogGroup")}
    named = [function["Properties"]["LoggingConfig"]["LogGroup"]["Ref"] for function in FUNCTIONS.values()]
    assert sorted(named) == sorted(logs)
    assert all("RetentionInDays" in properties for properties in logs.values())


def test_the_alarm_on_tables_looks_at_all_of_them() -> None:
    query = TEMPLATE.document["Resources"]["TableThrottlesAlarm"]["Properties"]["Metrics"][0]["Expression"]["Fn::Sub"]
    tables = {table.properties["TableName"]["Fn::Sub"] for table in TEMPLATE.resources("AWS::DynamoDB::Table")}
    assert set(re.findall(r"TableName = '([^']+)'", query)) == tables
