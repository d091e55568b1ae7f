"""docs/operations.md agrees with the code: the table of costs, the alarms, the Terraform example."""

import re
import tomllib
from pathlib import Path

import hcl2

from infra import costs, template
from tests.infra.cloudformation import required_parameters

PAGE = (Path(__file__).parents[2] / "docs/operations.md").read_text("utf-8")


def test_the_table_of_costs_is_computed() -> None:
    (shown,) = re.findall(r"<!-- costs -->\n(.*?)<!-- end -->", PAGE, re.DOTALL)
    assert shown == costs.table(tomllib.loads(costs.PATH.read_text("utf-8")))


def test_every_alarm_is_explained() -> None:
    alarms = template.load().resources("AWS::CloudWatch::Alarm")
    names = {alarm.properties["AlarmName"]["Fn::Sub"].removeprefix("janus-${Stage}-") for alarm in alarms}
    assert {name for name in names if f"| `{name}` |" not in PAGE} == set()
    assert len(names) == 9


def test_the_terraform_example_is_valid_and_sets_the_parameters() -> None:
    (shown,) = re.findall(r"```hcl\n(.*?)```", PAGE, re.DOTALL)
    blocks = hcl2.loads(shown)["resource"]
    parameters = next(block for block in blocks if "aws_cloudformation_stack" in str(block))
    required = required_parameters(template.load().document)
    assert {name for name in required if name not in str(parameters)} == set()
