"""The Lambda functions, and what follows from each being one: its name, log group, log permission, alarms, dashboard.

The functions are those of `.chalice/config.json`. A resource file says `Janus::EachFunction` where something is wanted
per function: an alarm's `Metrics: {"Janus::EachFunction": Errors}`, and in a dashboard's body the metric
`"Janus::EachFunction Errors"`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from infra import PROJECT

CONFIG: Final = PROJECT / ".chalice"
EACH: Final = "Janus::EachFunction"
API: Final = "api_handler"
MAX_METRICS_PER_ALARM: Final = 10  # of a metric math expression: CloudWatch's quotas


@dataclass(frozen=True)
class Function:
    """A function under its name in `.chalice/config.json`."""

    name: str
    policy_file: str

    @property
    def logical_id(self) -> str:
        """The id that Chalice gives the function in its template."""
        return "APIHandler" if self.name == API else "".join(word.capitalize() for word in self.name.split("_"))

    @property
    def log_id(self) -> str:
        """The logical id of the function's log group."""
        return f"{self.logical_id}Log"

    @property
    def stage_name(self) -> str:
        """The last part of the function's name and of its log group's: `janus-${Stage}-stage-name`."""
        return "api" if self.name == API else self.name.replace("_", "-")

    def policy(self) -> dict[str, Any]:
        """Return the function's IAM policy document: its file, and the permission to write its log."""
        document: dict[str, Any] = json.loads((CONFIG / self.policy_file).read_text("utf-8"))
        logging = {
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": [{"Fn::GetAtt": [self.log_id, "Arn"]}],
        }
        return document | {"Statement": [*document["Statement"], logging]}

    def resources(self) -> dict[str, Any]:
        """Return the function's log group, and the properties that tie the function to it, by logical id."""
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
    """Return the functions in the order of `.chalice/config.json`."""
    configured = json.loads((CONFIG / "config.json").read_text("utf-8"))["lambda_functions"]
    return [Function(name, function["iam_policy_file"]) for name, function in configured.items()]


def for_each(value: Any) -> Any:
    """Return a template's value with every `Janus::EachFunction` replaced by the functions' metrics."""
    match value:
        case {"Janus::EachFunction": str(metric)}:
            return list(_alarm_metrics(metric))
        case Mapping():
            return {name: for_each(inner) for name, inner in value.items()}
        case list():
            return [for_each(inner) for inner in value]
        case str() if EACH in value:
            return _with_dashboard_metrics(value)
        case _:
            return value


def _alarm_metrics(metric: str) -> Iterator[dict[str, Any]]:
    """Yield the metric data queries of an alarm on the sum of a metric over all functions."""
    functions = all_functions()
    if len(functions) >= MAX_METRICS_PER_ALARM:
        raise ValueError(f"an alarm takes {MAX_METRICS_PER_ALARM} metrics: split the one on {metric}")
    ids = [f"f{number}" for number in range(len(functions))]
    yield {"Id": "all", "Expression": "+".join(ids), "Label": metric}
    for id_, function in zip(ids, functions, strict=True):
        dimensions = [{"Name": "FunctionName", "Value": {"Ref": function.logical_id}}]
        measured = {"Namespace": "AWS/Lambda", "MetricName": metric, "Dimensions": dimensions}
        yield {"Id": id_, "ReturnData": False, "MetricStat": {"Stat": "Sum", "Period": 300, "Metric": measured}}


def _with_dashboard_metrics(body: str) -> str:
    before, _, rest = body.partition(f'"{EACH} ')
    metric, _, after = rest.partition('"')
    lines = [["AWS/Lambda", metric, "FunctionName", f"janus-${{Stage}}-{f.stage_name}"] for f in all_functions()]
    replaced = before + ",\n".join(json.dumps(line) for line in lines) + after
    return _with_dashboard_metrics(replaced) if EACH in replaced else replaced
