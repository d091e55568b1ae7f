"""The Lambda functions, and what is derived from their list: names, log groups, log permissions, alarms, dashboard.

The list is `lambda_functions` of `.chalice/config.json`. `Janus::EachFunction` in a resource file stands for one metric
per function: `Metrics: {"Janus::EachFunction": Errors}` in an alarm, and the metric `"Janus::EachFunction Errors"` in a
dashboard's body.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from infra import PROJECT

CONFIG: Final = PROJECT / ".chalice"
EACH: Final = "Janus::EachFunction"
API: Final = "api_handler"
# Beside the expression: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html
MAX_METRICS_PER_ALARM: Final = 10
# https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html; an alarm on a misspelled one never fires.
METRICS: Final = {"ConcurrentExecutions", "Duration", "Errors", "Invocations", "Throttles"}


@dataclass(frozen=True)
class Function:
    """A Lambda function of Janus: its name in `.chalice/config.json`, and the file of its IAM policy."""

    name: str
    policy_file: str

    @property
    def logical_id(self) -> str:
        """The logical id that Chalice gives the function in its CloudFormation template."""
        return "APIHandler" if self.name == API else "".join(word.capitalize() for word in self.name.split("_"))

    @property
    def log_id(self) -> str:
        """The logical id of the function's log group in the CloudFormation template."""
        return f"{self.logical_id}Log"

    @property
    def stage_name(self) -> str:
        """The last part of the deployed function's name, `janus-${Stage}-stage-name`, and of its log group's name."""
        return "api" if self.name == API else self.name.replace("_", "-")

    def policy(self) -> dict[str, Any]:
        """Return the function's IAM policy document: the content of its file, and the permission to write its log."""
        document: dict[str, Any] = json.loads((CONFIG / self.policy_file).read_text("utf-8"))
        logging = {
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": [{"Fn::GetAtt": [self.log_id, "Arn"]}],
        }
        return document | {"Statement": [*document["Statement"], logging]}

    def resources(self) -> dict[str, Any]:
        """Return CloudFormation resources by logical id: the log group, and additions to the function's own resource.

        The additions are the function's name and its logging configuration.
        """
        return {
            self.logical_id: {
                "Properties": {
                    "FunctionName": {"Fn::Sub": f"janus-${{Stage}}-{self.stage_name}"},
                    "LoggingConfig": {"LogGroup": {"Ref": self.log_id}},
                }
            },
            self.log_id: {
                "Type": "AWS::Logs::LogGroup",
                "Properties": {
                    "LogGroupName": {"Fn::Sub": f"/janus/${{Stage}}/{self.stage_name}"},
                    "RetentionInDays": {"Ref": "LogRetentionDays"},
                },
            },
        }


def all_functions() -> list[Function]:
    """Return the Lambda functions of Janus in the order of `.chalice/config.json`."""
    configured = json.loads((CONFIG / "config.json").read_text("utf-8"))["lambda_functions"]
    return [Function(name, function["iam_policy_file"]) for name, function in configured.items()]


def for_each(value: Any) -> Any:
    """Return a part of a template with every `Janus::EachFunction` in it replaced by the metrics of all functions.

    In a dashboard's body these are one metric per function. In an alarm they are one query per function, and before
    them the expression of their sum, which the alarm watches. Raises ValueError for an unknown metric, and for an
    alarm on more functions than an alarm can have metrics.
    """
    match value:
        case {"Janus::EachFunction": str(metric)}:
            return list(_alarm_metrics(_known(metric)))
        case Mapping():
            return {name: for_each(inner) for name, inner in value.items()}
        case list():
            return [for_each(inner) for inner in value]
        case str() if EACH in value:
            return _with_dashboard_metrics(value)
        case _:
            return value


def _known(metric: str) -> str:
    if metric not in METRICS:
        raise ValueError(f"AWS/Lambda has no metric {metric}.")
    return metric


def _alarm_metrics(metric: str) -> Iterator[dict[str, Any]]:
    """Yield the metric data queries of an alarm on the sum of a metric over all functions."""
    functions = all_functions()
    if len(functions) > MAX_METRICS_PER_ALARM:
        raise ValueError(f"An alarm can have {MAX_METRICS_PER_ALARM} metrics; split the alarm on {metric}.")
    ids = [f"f{number}" for number in range(len(functions))]
    # A function that was not invoked has no data points, and a sum with a missing one may be missing, too.
    total = "+".join(f"FILL({id_},0)" for id_ in ids)
    yield {"Id": "all", "Expression": total, "Label": metric, "ReturnData": True}
    for id_, function in zip(ids, functions, strict=True):
        dimensions = [{"Name": "FunctionName", "Value": {"Ref": function.logical_id}}]
        source = {"Namespace": "AWS/Lambda", "MetricName": metric, "Dimensions": dimensions}
        yield {"Id": id_, "ReturnData": False, "MetricStat": {"Stat": "Sum", "Period": 300, "Metric": source}}


def _with_dashboard_metrics(body: str) -> str:
    before, _, rest = body.partition(f'"{EACH} ')
    metric, _, after = rest.partition('"')
    lines = [
        ["AWS/Lambda", _known(metric), "FunctionName", f"janus-${{Stage}}-{f.stage_name}"] for f in all_functions()
    ]
    replaced = before + ",\n".join(json.dumps(line) for line in lines) + after
    return _with_dashboard_metrics(replaced) if EACH in replaced else replaced
