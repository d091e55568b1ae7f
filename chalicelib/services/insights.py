"""Insights: a summary of the analyses of several images, by rule, issue and token."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from chalicelib.model.images import pass_rate
from chalicelib.services.images import ImagesService
from januslens.design_system.leaves import EXTENSION
from januslens.design_system.merge import merge

MAX_IMAGES: Final = 50  # whose results are read for a summary, some 60 ms each
MAX_ISSUES: Final = 20
MAX_TOKENS: Final = 20


class _Finding(msgspec.Struct):
    """What is read of a check or an issue."""

    rule: str
    level: str
    outcome: str
    criterion: str | None = None
    foreground: str | None = None
    background: str | None = None
    places: tuple[int, ...] = ()


class _Report(msgspec.Struct):
    """What is read of an accessibility report."""

    checks: list[_Finding]
    issues: list[_Finding]


class RuleRate(msgspec.Struct, frozen=True):
    """How a rule's checks came out, and on how many images it failed."""

    rule: str
    criterion: str | None
    level: str
    outcomes: Mapping[str, int]
    images_failing: int

    @property
    def pass_rate(self) -> float | None:
        """The share that passed of what was decided, None where nothing was."""
        return pass_rate(self.outcomes)


class FrequentIssue(msgspec.Struct, frozen=True):
    """A rule that fails for the same colors, in how many places of how many images."""

    rule: str
    level: str
    foreground: str | None
    background: str | None
    places: int
    images: int


class TokenUse(msgspec.Struct, frozen=True):
    """A token's value as CSS writes it, and on how many screens it was seen; share is of their areas, for colors."""

    value: str
    screens: int
    share: float | None


class Insight(msgspec.Struct, frozen=True):
    """What some images come to; left_out is how many more there were than are read."""

    images: int
    left_out: int
    rules: Sequence[RuleRate]
    issues: Sequence[FrequentIssue]
    colors: Sequence[TokenUse]
    font_sizes: Sequence[TokenUse]


class InsightsService(msgspec.Struct, frozen=True):
    """The use case of insights."""

    images: ImagesService

    def of(
        self, owner_id: str, image_ids: Sequence[str] | None, begin: datetime | None, end: datetime | None
    ) -> Insight:
        """Sum up an owner's images that are named, or the newest, as far as they were analyzed in a time.

        Raises ImageNotFound.
        """
        found = self.images.newest(owner_id) if image_ids is None else self.images.named(owner_id, image_ids)
        analyzed = [image for image in found if image.was_analyzed(begin, end)]
        read = [self.images.parts_of(image) for image in analyzed[:MAX_IMAGES]]
        reports = [msgspec.json.decode(report, type=_Report) for report, _ in read if report is not None]
        tokens = [msgspec.json.decode(document) for _, document in read if document is not None]
        merged = merge(tokens) if tokens else {}
        return Insight(
            images=len(read),
            left_out=len(analyzed) - len(read),
            rules=_rates(reports),
            issues=_most_frequent(reports),
            colors=_uses(merged, "color"),
            font_sizes=_uses(merged, "fontSize"),
        )


def _rates(reports: Iterable[_Report]) -> list[RuleRate]:
    """Return the rules, those that fail on most images first."""
    outcomes: dict[str, Counter[str]] = {}
    failing: Counter[str] = Counter()
    rules: dict[str, _Finding] = {}
    for report in reports:
        for check in report.checks:
            rules.setdefault(check.rule, check)
            outcomes.setdefault(check.rule, Counter())[check.outcome] += 1
        failing.update({check.rule for check in report.checks if check.outcome == "failed"})
    rates = [
        RuleRate(rule, check.criterion, check.level, outcomes[rule], failing[rule]) for rule, check in rules.items()
    ]
    return sorted(rates, key=lambda rate: (-rate.images_failing, rate.rule))


def _most_frequent(reports: Iterable[_Report]) -> list[FrequentIssue]:
    """Return what fails on most images, then in most places."""
    places: Counter[tuple[str, str, str | None, str | None]] = Counter()
    images: Counter[tuple[str, str, str | None, str | None]] = Counter()
    for report in reports:
        failed = [issue for issue in report.issues if issue.outcome == "failed"]
        for issue in failed:
            places[issue.rule, issue.level, issue.foreground, issue.background] += len(issue.places)
        images.update({(issue.rule, issue.level, issue.foreground, issue.background) for issue in failed})
    issues = [FrequentIssue(*kind, places[kind], number) for kind, number in images.items()]
    issues.sort(key=lambda issue: (-issue.images, -issue.places, issue.rule, str(issue.foreground)))
    return issues[:MAX_ISSUES]


def _uses(merged: Mapping[str, Any], family: str) -> list[TokenUse]:
    """Return the observed tokens of a family that are on most screens, then on most of their area."""
    observed = merged.get(family, {}).get("observed", {})
    uses = [_use(token) for name, token in observed.items() if not name.startswith("$")]
    uses.sort(key=lambda use: (-use.screens, -(use.share or 0)))
    return uses[:MAX_TOKENS]


def _use(token: Mapping[str, Any]) -> TokenUse:
    value, evidence = token["$value"], token["$extensions"][EXTENSION]
    told = value.get("hex") or f"{value['value']:g}{value['unit']}"
    return TokenUse(told, evidence["screens"], evidence.get("areaShare"))
