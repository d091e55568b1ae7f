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

MAX_IMAGES: Final = 50  # per summary: reading a result takes about 60 ms
MAX_ISSUES: Final = 20
MAX_TOKENS: Final = 20


class _Finding(msgspec.Struct):
    """The fields of a check or an issue that are read."""

    rule: str
    level: str
    outcome: str
    criterion: str | None = None
    foreground: str | None = None
    background: str | None = None
    places: tuple[int, ...] = ()


class _Report(msgspec.Struct):
    """The fields of an accessibility report that are read."""

    checks: list[_Finding]
    issues: list[_Finding]


class RuleRate(msgspec.Struct, frozen=True):
    """An accessibility rule, the number of its checks by outcome, and the number of images on which it failed.

    It covers all images of a summary. criterion is the WCAG success criterion of the rule, or None; level its level,
    such as AA.
    """

    rule: str
    criterion: str | None
    level: str
    outcomes: Mapping[str, int]
    images_failing: int

    @property
    def pass_rate(self) -> float | None:
        """Passed checks divided by passed and failed checks, 0 to 1, or None if there are neither."""
        return pass_rate(self.outcomes)


class FrequentIssue(msgspec.Struct, frozen=True):
    """The failures of a rule for one pair of colors, in all images of a summary.

    foreground and background are None if no colors were compared. places is the number of places that fail, images the
    number of images that have any.
    """

    rule: str
    level: str
    foreground: str | None
    background: str | None
    places: int
    images: int


class TokenUse(msgspec.Struct, frozen=True):
    """A color or font size in CSS notation, and the number of images (screens) that use it.

    share is the fraction of the images' area that has the color, 0 to 1, and None for a font size.
    """

    value: str
    screens: int
    share: float | None


class Insight(msgspec.Struct, frozen=True):
    """A summary of the results of images: their rules, most frequent issues, and most used colors and font sizes.

    images is the number of images summarized; left_out is the number of images beyond the limit of 50, which were not
    read. There are at most 20 issues, 20 colors, and 20 font sizes, the most frequent first; rules that fail on the
    most images come first.
    """

    images: int
    left_out: int
    rules: Sequence[RuleRate]
    issues: Sequence[FrequentIssue]
    colors: Sequence[TokenUse]
    font_sizes: Sequence[TokenUse]


class InsightsService(msgspec.Struct, frozen=True):
    """The use case of summarizing the results of several images."""

    images: ImagesService

    def of(
        self, owner_id: str, image_ids: Sequence[str] | None, begin: datetime | None, end: datetime | None
    ) -> Insight:
        """Summarize the named images of an owner, or the newest ones if image_ids is None.

        Only images that were analyzed from begin, inclusive, to end, exclusive, count, and at most MAX_IMAGES of them;
        None leaves a side of the period unbounded. Parts of an analysis that failed are left out. Raises ImageNotFound,
        ResultOutdated, and ObjectMissing if an image is deleted meanwhile.
        """
        images = self.images.newest(owner_id) if image_ids is None else self.images.named(owner_id, image_ids)
        analyzed = [image for image in images if image.was_analyzed(begin, end)]
        results = [self.images.parts_of(image) for image in analyzed[:MAX_IMAGES]]
        reports = [msgspec.json.decode(report, type=_Report) for report, _ in results if report is not None]
        tokens = [msgspec.json.decode(document) for _, document in results if document is not None]
        merged = merge(tokens) if tokens else {}
        return Insight(
            images=len(results),
            left_out=len(analyzed) - len(results),
            rules=_rates(reports),
            issues=_most_frequent(reports),
            colors=_uses(merged, "color"),
            font_sizes=_uses(merged, "fontSize"),
        )


def _rates(reports: Iterable[_Report]) -> list[RuleRate]:
    """Return the rules, sorted by the number of images on which they fail."""
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
    """Return the most frequent issues, sorted by the number of images, then by the number of places."""
    places: Counter[tuple[str, str, str | None, str | None]] = Counter()
    images: Counter[tuple[str, str, str | None, str | None]] = Counter()
    for report in reports:
        failed = [issue for issue in report.issues if issue.outcome == "failed"]
        for issue in failed:
            places[issue.rule, issue.level, issue.foreground, issue.background] += len(issue.places)
        images.update({(issue.rule, issue.level, issue.foreground, issue.background) for issue in failed})
    issues = [FrequentIssue(*kind, places[kind], count) for kind, count in images.items()]
    issues.sort(key=lambda issue: (-issue.images, -issue.places, issue.rule, str(issue.foreground)))
    return issues[:MAX_ISSUES]


def _uses(merged: Mapping[str, Any], family: str) -> list[TokenUse]:
    """Return the observed tokens of a family, sorted by the number of images, then by their share of the area."""
    observed = merged.get(family, {}).get("observed", {})
    uses = [_use(token) for name, token in observed.items() if not name.startswith("$")]
    uses.sort(key=lambda use: (-use.screens, -(use.share or 0)))
    return uses[:MAX_TOKENS]


def _use(token: Mapping[str, Any]) -> TokenUse:
    value, evidence = token["$value"], token["$extensions"][EXTENSION]
    css = value.get("hex") or f"{value['value']:g}{value['unit']}"
    return TokenUse(css, evidence["screens"], evidence.get("areaShare"))
