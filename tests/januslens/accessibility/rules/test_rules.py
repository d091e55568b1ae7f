"""What holds for every rule."""

import subprocess
import sys
from pathlib import Path

import pytest

from januslens.accessibility import rules
from januslens.accessibility.check import Reason, reasons_of
from januslens.accessibility.rule import Level, Rule
from januslens.accessibility.rules import RULES

PROJECT = Path(__file__).parents[4]
FOLDER = Path(rules.__file__).parent
LISTED = """
import json, sys
from januslens.accessibility.report import native_rules
from januslens.accessibility.rules import RULES
print(len(native_rules(RULES)), sorted(set(sys.modules) & {"numpy", "PIL", "onnxruntime"}))
"""

every_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])


def test_each_file_of_the_folder_is_a_rule_of_the_list() -> None:
    files = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}
    assert {rule.id.replace("-", "_") for rule in RULES} == files
    assert len(RULES) == len(files)


@every_rule
def test_a_title_is_a_sentence_without_its_full_stop_and_a_name_is_short(rule: Rule) -> None:
    assert rule.title[0].isupper()
    assert not rule.title.endswith(".")
    assert len(rule.name) <= 24
    assert all(color.islower() for color in rule.colors)


@every_rule
def test_a_rule_of_a_conformance_level_has_a_criterion(rule: Rule) -> None:
    assert rule.criterion is not None or rule.level is Level.ADVISORY


# The criteria and their levels: https://www.w3.org/TR/WCAG22/. What pixels can't decide is advice, whatever its level.
@pytest.mark.parametrize(
    ("rule_id", "criterion", "level", "unit"),
    [
        ("text-contrast", "1.4.3", "AA", "ratio"),
        ("text-contrast-enhanced", "1.4.6", "AAA", "ratio"),
        ("non-text-contrast", "1.4.11", "AA", "ratio"),
        ("target-size", "2.5.8", "AA", "px"),
        ("target-size-enhanced", "2.5.5", "AAA", "px"),
        ("link-distinguishable", "1.4.1", "A", "ratio"),
        ("flashing", "2.3.1", "A", "perSecond"),
        ("text-size", None, "advisory", "px"),
        ("text-spacing-tight", "1.4.12", "advisory", "multiple"),
        ("images-of-text", "1.4.5", "advisory", None),
        ("color-vision", "1.4.1", "advisory", "ratio"),
    ],
)
def test_a_rule_has_its_criterion_level_and_unit(
    rule_id: str, criterion: str | None, level: str, unit: str | None
) -> None:
    (rule,) = (rule for rule in RULES if rule.id == rule_id)
    assert (rule.criterion and rule.criterion.number, rule.level, rule.unit) == (criterion, level, unit)


@pytest.mark.parametrize(
    ("rule_id", "reasons"),
    [
        ("flashing", {"scale", "perhapsNoFlash", "cutShort"}),
        ("non-text-contrast", {"labeled", "thinText"}),
        ("target-size", {"scale", "perhapsNoTarget"}),
        ("text-contrast", {"bgGradient", "bgImage", "shortTextContent", "thinText", "lossyImage", "textSize"}),
        ("images-of-text", {"advisory"}),
    ],
)
def test_the_reasons_of_a_rule_are_those_that_it_has_messages_for(rule_id: str, reasons: set[str]) -> None:
    (rule,) = (rule for rule in RULES if rule.id == rule_id)
    assert {reason.value for reason in reasons_of(rule)} == reasons


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_has_a_short_label_and_a_sentence(reason: Reason) -> None:
    assert len(reason.label) <= 24
    assert reason.explanation.endswith(".")
    assert any(reason in reasons_of(rule) for rule in RULES)


def test_the_rules_are_described_without_what_only_an_analysis_needs() -> None:
    done = subprocess.run(  # noqa: S603  our own lines
        [sys.executable, "-c", LISTED], cwd=PROJECT, env={}, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{len(RULES)} []\n"
