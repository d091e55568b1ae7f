"""Resources that are derived from the list of functions, against the shapes that AWS documents.

Metric data queries: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-cloudwatch-alarm-metricdataquery.html
"""

import json
import re
from typing import Any

import pytest

from app import app
from infra import functions, template
from infra.functions import Function

PURGE = Function("purge_deleted", "policies/purge-deleted.json")


def listed(count: int) -> list[Function]:
    return [Function(f"job_{number}", "policies/api.json") for number in range(count)]


def test_the_functions_are_those_that_chalice_registers() -> None:
    assert {function.name for function in functions.all_functions()} == {
        functions.API,
        *(source.name for source in app.event_sources),
    }


def test_chalice_gives_the_functions_their_logical_ids() -> None:
    assert PURGE.logical_id == "PurgeDeleted"
    assert Function("api_handler", "policies/api.json").logical_id == "APIHandler"


def test_a_function_has_a_name_and_a_log_group() -> None:
    assert PURGE.resources() == {
        "PurgeDeleted": {
            "Properties": {
                "FunctionName": {"Fn::Sub": "janus-${Stage}-purge-deleted"},
                "LoggingConfig": {"LogGroup": {"Ref": "PurgeDeletedLog"}},
            }
        },
        "PurgeDeletedLog": {
            "Type": "AWS::Logs::LogGroup",
            "Properties": {
                "LogGroupName": {"Fn::Sub": "/janus/${Stage}/purge-deleted"},
                "RetentionInDays": {"Ref": "LogRetentionDays"},
            },
        },
    }


def test_the_api_function_is_deployed_as_api() -> None:
    resources = Function("api_handler", "policies/api.json").resources()
    assert resources["APIHandler"]["Properties"]["FunctionName"] == {"Fn::Sub": "janus-${Stage}-api"}
    assert resources["APIHandlerLog"]["Properties"]["LogGroupName"] == {"Fn::Sub": "/janus/${Stage}/api"}


@pytest.mark.parametrize("function", functions.all_functions(), ids=lambda function: function.name)
def test_a_policy_is_its_file_and_the_permission_to_write_its_own_log(function: Function) -> None:
    written = json.loads((functions.CONFIG / function.policy_file).read_text("utf-8"))
    assert "logs:" not in json.dumps(written)
    document = function.policy()
    assert document["Version"] == "2012-10-17"
    assert document["Statement"][:-1] == written["Statement"]
    assert document["Statement"][-1] == {
        "Effect": "Allow",
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": [{"Fn::GetAtt": [f"{function.logical_id}Log", "Arn"]}],
    }


def test_an_alarm_sums_a_metric_over_all_functions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(functions, "all_functions", lambda: listed(2))
    queries = functions.for_each({"Metrics": {"Janus::EachFunction": "Errors"}})["Metrics"]
    assert queries == [
        {"Id": "all", "Expression": "FILL(f0,0)+FILL(f1,0)", "Label": "Errors", "ReturnData": True},
        *(
            {
                "Id": id_,
                "ReturnData": False,
                "MetricStat": {
                    "Stat": "Sum",
                    "Period": 300,
                    "Metric": {
                        "Namespace": "AWS/Lambda",
                        "MetricName": "Errors",
                        "Dimensions": [{"Name": "FunctionName", "Value": {"Ref": logical_id}}],
                    },
                },
            }
            for id_, logical_id in [("f0", "Job0"), ("f1", "Job1")]
        ),
    ]


def alarms() -> dict[str, list[dict[str, Any]]]:
    """Return the metric data queries of the alarms on metrics of all functions, by metric."""
    found = [
        alarm.properties["Metrics"]
        for alarm in template.load().resources("AWS::CloudWatch::Alarm")
        if len(alarm.properties.get("Metrics", [])) > 1
    ]
    return {queries[0]["Label"]: queries for queries in found}


def test_errors_and_throttles_of_every_function_raise_an_alarm() -> None:
    assert set(alarms()) == {"Errors", "Throttles"}
    for metric, (total, *queries) in alarms().items():
        sources = [query["MetricStat"]["Metric"] for query in queries]
        watched = [source["Dimensions"][0]["Value"]["Ref"] for source in sources]
        assert watched == [function.logical_id for function in functions.all_functions()]
        assert {source["MetricName"] for source in sources} == {metric}
        assert re.findall(r"FILL\((\w+),0\)", total["Expression"]) == [query["Id"] for query in queries]


def test_every_query_has_the_documented_keys_and_one_returns_data() -> None:
    for queries in alarms().values():
        for query in queries:
            assert set(query) <= {"Id", "Expression", "Label", "MetricStat", "Period", "ReturnData"}
            assert ("Expression" in query) != ("MetricStat" in query)
            assert re.fullmatch("[a-z][A-Za-z0-9_]*", query["Id"])
        assert [query["ReturnData"] for query in queries].count(True) == 1
        assert len(queries[0]["Expression"]) <= 1024


def test_an_alarm_has_at_most_ten_metrics(monkeypatch: pytest.MonkeyPatch) -> None:
    alarm = {"Janus::EachFunction": "Errors"}
    monkeypatch.setattr(functions, "all_functions", lambda: listed(10))
    assert len([query for query in functions.for_each(alarm) if "MetricStat" in query]) == 10
    monkeypatch.setattr(functions, "all_functions", lambda: listed(11))
    with pytest.raises(ValueError, match=r"^An alarm can have 10 metrics; split the alarm on Errors\.$"):
        functions.for_each(alarm)


def test_a_dashboard_has_one_line_per_function(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(functions, "all_functions", lambda: listed(2))
    body = '{"a": ["Janus::EachFunction Errors"], "b": ["Janus::EachFunction Duration"]}'
    assert json.loads(functions.for_each({"Fn::Sub": [body]})["Fn::Sub"][0]) == {
        "a": [
            ["AWS/Lambda", "Errors", "FunctionName", "janus-${Stage}-job-0"],
            ["AWS/Lambda", "Errors", "FunctionName", "janus-${Stage}-job-1"],
        ],
        "b": [
            ["AWS/Lambda", "Duration", "FunctionName", "janus-${Stage}-job-0"],
            ["AWS/Lambda", "Duration", "FunctionName", "janus-${Stage}-job-1"],
        ],
    }


def test_a_dashboard_names_the_api_function_as_it_is_deployed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(functions, "all_functions", lambda: [Function("api_handler", "policies/api.json"), PURGE])
    assert json.loads(functions.for_each('["Janus::EachFunction Errors"]')) == [
        ["AWS/Lambda", "Errors", "FunctionName", "janus-${Stage}-api"],
        ["AWS/Lambda", "Errors", "FunctionName", "janus-${Stage}-purge-deleted"],
    ]


@pytest.mark.parametrize("value", [{"Janus::EachFunction": "Misspelled"}, '["Janus::EachFunction Misspelled"]'])
def test_an_unknown_metric_is_an_error(value: object) -> None:
    with pytest.raises(ValueError, match=r"^AWS/Lambda has no metric Misspelled\.$"):
        functions.for_each(value)


@pytest.mark.parametrize("value", [{"Ref": "Stage"}, ["a", 1, None], "text", 3, True, {}])
def test_other_values_stay_as_they_are(value: object) -> None:
    assert functions.for_each(value) == value


def test_the_merged_template_has_no_placeholder_left() -> None:
    assert "Janus::" not in json.dumps(template.load().document)
