"""Addresses and versions of criteria, against W3C's own."""

import pytest

from januslens.accessibility import criteria
from januslens.accessibility.rules import BY_ID
from januslens.accessibility.untested import UNTESTED


@pytest.mark.parametrize(
    ("rule", "page"),  # documents of W3C's list, https://www.w3.org/WAI/WCAG22/Understanding/
    [
        ("color-vision", "use-of-color"),
        ("link-distinguishable", "use-of-color"),
        ("text-contrast", "contrast-minimum"),
        ("images-of-text", "images-of-text"),
        ("text-contrast-enhanced", "contrast-enhanced"),
        ("non-text-contrast", "non-text-contrast"),
        ("text-spacing-tight", "text-spacing"),
        ("flashing", "three-flashes-or-below-threshold"),
        ("target-size-enhanced", "target-size-enhanced"),
        ("target-size", "target-size-minimum"),
    ],
)
def test_a_rule_leads_to_the_page_that_explains_its_criterion(rule: str, page: str) -> None:
    assert BY_ID[rule].help_url == f"https://www.w3.org/WAI/WCAG22/Understanding/{page}.html"


def test_a_best_practice_has_no_such_page() -> None:
    assert BY_ID["text-size"].help_url is None


@pytest.mark.parametrize(
    ("name", "address"),  # as they stand in WCAG 2.2's table of contents
    [
        ("Non-text Content", "https://www.w3.org/TR/WCAG22/#non-text-content"),
        (
            "Audio-only and Video-only (Prerecorded)",
            "https://www.w3.org/TR/WCAG22/#audio-only-and-video-only-prerecorded",
        ),
        ("Pause, Stop, Hide", "https://www.w3.org/TR/WCAG22/#pause-stop-hide"),
        (
            "Error Prevention (Legal, Financial, Data)",
            "https://www.w3.org/TR/WCAG22/#error-prevention-legal-financial-data",
        ),
        ("Name, Role, Value", "https://www.w3.org/TR/WCAG22/#name-role-value"),
    ],
)
def test_a_criterion_has_the_address_that_w3c_gave_it(name: str, address: str) -> None:
    assert criteria.specified_at(name) == address


@pytest.mark.parametrize(
    ("criterion", "version"),
    [("1.4.3", "2.0"), ("1.4.11", "2.1"), ("1.4.12", "2.1"), ("2.5.5", "2.1"), ("2.5.8", "2.2"), ("1.4.1", "2.0")],
)
def test_a_criterion_is_of_the_version_that_brought_it(criterion: str, version: str) -> None:
    assert criteria.version_of(criterion) == version


def test_wcag_2_1_brought_17_criteria_and_2_2_brought_9() -> None:
    assert (len(criteria.NEW_IN_2_1), len(criteria.NEW_IN_2_2)) == (17, 9)
    listed = [gap.criterion for gap in UNTESTED]
    at_a_and_aa = {criterion for criterion in listed if criteria.version_of(criterion) == "2.2"}
    assert at_a_and_aa == {"2.4.11", "2.5.7", "3.2.6", "3.3.7", "3.3.8"}
