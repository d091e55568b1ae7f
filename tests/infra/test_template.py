"""The merged resource template, and the resolution of its intrinsic functions."""

import json
import re

import pytest

from infra import template
from infra.template import References, Template, Unresolvable

TEMPLATE = template.load()
FUNCTIONS = {
    name: resource
    for name, resource in TEMPLATE.document["Resources"].items()
    if "LoggingConfig" in resource.get("Properties", {})
}


def test_every_queue_has_a_dead_letter_queue() -> None:
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


def test_the_bucket_is_private_and_encrypted() -> None:
    (bucket,) = TEMPLATE.resources("AWS::S3::Bucket")
    assert set(bucket.properties["PublicAccessBlockConfiguration"].values()) == {True}
    assert "BucketEncryption" in bucket.properties


def test_unprocessed_uploads_and_old_data_exports_expire() -> None:
    (bucket,) = TEMPLATE.resources("AWS::S3::Bucket")
    rules = bucket.properties["LifecycleConfiguration"]["Rules"]
    ends = {rule["Prefix"]: (rule["ExpirationInDays"], rule["Status"]) for rule in rules if "ExpirationInDays" in rule}
    assert ends == {"uploads/": (1, "Enabled"), "data-exports/": (7, "Enabled")}


def test_of_deleted_uploads_no_versions_are_kept_as_of_other_objects() -> None:
    (bucket,) = TEMPLATE.resources("AWS::S3::Bucket")
    rules = bucket.properties["LifecycleConfiguration"]["Rules"]
    kept = [
        (rule.get("Prefix", ""), rule["NoncurrentVersionExpiration"]["NoncurrentDays"])
        for rule in rules
        if "NoncurrentVersionExpiration" in rule
    ]
    assert kept == [("uploads/", 1), ("", 35)]  # S3 applies the shorter time where two rules overlap


def test_the_dashboard_is_valid_json_and_shows_every_function() -> None:
    (dashboard,) = TEMPLATE.resources("AWS::CloudWatch::Dashboard")
    body = json.loads(re.sub(r"\$\{[^}]+\}", "x", dashboard.properties["DashboardBody"]["Fn::Sub"]))
    assert len(body["widgets"]) == 9
    named = set(re.findall(r'"FunctionName", "janus-\$\{Stage\}-([a-z-]+)"', str(dashboard.properties)))
    functions = {resource["Properties"]["FunctionName"]["Fn::Sub"] for resource in FUNCTIONS.values()}
    assert {f"janus-${{Stage}}-{name}" for name in named} == functions


def test_every_function_has_its_own_log_group_with_a_retention() -> None:
    logs = {log.logical_id: log.properties for log in TEMPLATE.resources("AWS::Logs::LogGroup")}
    named = [function["Properties"]["LoggingConfig"]["LogGroup"]["Ref"] for function in FUNCTIONS.values()]
    assert sorted(named) == sorted(logs)
    assert all("RetentionInDays" in properties for properties in logs.values())


def test_the_alarm_on_tables_queries_all_of_them() -> None:
    query = TEMPLATE.document["Resources"]["TableThrottlesAlarm"]["Properties"]["Metrics"][0]["Expression"]["Fn::Sub"]
    tables = {table.properties["TableName"]["Fn::Sub"] for table in TEMPLATE.resources("AWS::DynamoDB::Table")}
    assert set(re.findall(r"TableName = '([^']+)'", query)) == tables


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ({"Ref": "Nobody"}, "Nobody"),
        ({"Fn::GetAtt": ["Nobody", "Arn"]}, r"\('Nobody', 'Arn'\)"),
        ({"Fn::Sub": "${Nobody}"}, "Nobody"),
        ({"Fn::If": ["Nobody", 1, 2]}, "Nobody"),
        ({"Fn::Split": ["", ""]}, "Fn::Split"),
    ],
)
def test_an_unknown_reference_is_named(value: object, named: str) -> None:
    with pytest.raises(Unresolvable, match=f"^{named}$"):
        References({}, {}, {}).resolve(value)


def test_the_functions_environment_is_that_of_the_globals() -> None:
    variables = TEMPLATE.environment()
    assert variables["JANUS_STAGE"] == {"Ref": "Stage"}
    assert variables["JANUS_UPLOADS_QUEUE"] == {"Fn::GetAtt": ["UploadsQueue", "QueueName"]}


def test_gateway_responses_are_read_by_their_type() -> None:
    responses = TEMPLATE.gateway_responses()
    assert {name: response["statusCode"] for name, response in responses.items()} == {
        "MISSING_AUTHENTICATION_TOKEN": "404",
        "INVALID_SIGNATURE": "404",
        "RESOURCE_NOT_FOUND": "404",
        "REQUEST_TOO_LARGE": "413",
        "THROTTLED": "429",
        "DEFAULT_4XX": "400",
        "INTEGRATION_TIMEOUT": "504",
        "DEFAULT_5XX": "500",
    }


def test_the_gateway_decodes_bytes_whatever_a_request_accepts() -> None:
    (api,) = TEMPLATE.resources("AWS::Serverless::Api")
    assert api.properties["DefinitionBody"]["x-amazon-apigateway-binary-media-types"] == ["*/*"]


def test_references_are_resolved_at_every_depth() -> None:
    references = References({"Stage": "local", "Pages": ["a", "b"]}, {("Queue", "Arn"): "arn:queue"}, {"Kept": False})
    written = {
        "A": [{"B": {"Ref": "Stage"}}, {"Fn::GetAtt": ["Queue", "Arn"]}, {"Fn::Sub": "x-${Stage}-y"}],
        "C": {"Fn::If": ["Kept", 1, {"Fn::Join": [",", {"Ref": "Pages"}]}]},
    }
    assert references.resolve(written) == {"A": [{"B": "local"}, "arn:queue", "x-local-y"], "C": "a,b"}


def test_resources_of_other_types_are_left_out_with_the_transform() -> None:
    parameters = {"Stage": {"Type": "String"}, "Optional": {"Default": "1"}, "NotGiven": {"Type": "String"}}
    document = {
        "AWSTemplateFormatVersion": "V",
        "Parameters": parameters,
        "Conditions": {"Kept": True},
        "Transform": "T",
    }
    api, queue = {"Type": "AWS::Serverless::Api"}, {"Type": "AWS::SQS::Queue"}
    kept = json.loads(Template(document | {"Resources": {"A": api, "B": queue}}).only(["AWS::SQS::Queue"], ["Stage"]))
    assert kept["Resources"] == {"B": queue}
    assert set(kept["Parameters"]) == {"Stage", "Optional"}
    assert "Transform" not in kept
