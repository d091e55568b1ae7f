"""Results written by hand, as small as their readers allow."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from chalicelib.model.ids import new_id
from chalicelib.model.images import Image, ImageKey, ImageStatus, ImageSummary
from tests.conftest import NOON
from tests.fakes.wiring import FakeServices

OWNER = new_id()
DAY = timedelta(days=1)
EXTENSION = "io.github.janus"


def check(outcome: str, rule: str = "text-contrast") -> dict[str, Any]:
    return {"rule": rule, "criterion": "1.4.3", "level": "AA", "outcome": outcome}


def issue(foreground: str, places: Sequence[int] = (0,), outcome: str = "failed") -> dict[str, Any]:
    colors = {"foreground": foreground, "background": "#ffffff"}
    return {"rule": "text-contrast", "level": "AA", "outcome": outcome, "places": list(places), **colors}


def color(hex_: str, share: float) -> dict[str, Any]:
    components = [int(hex_[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    value = {"colorSpace": "srgb", "components": components, "alpha": 1, "hex": hex_}
    return {"$type": "color", "$value": value, "$extensions": {EXTENSION: {"areaShare": share}}}


def tokens(**colors: tuple[str, float]) -> dict[str, Any]:
    return {"color": {"observed": {name: color(*value) for name, value in colors.items()}}}


def analyzed(
    services: FakeServices,
    checks: Sequence[Mapping[str, Any]] = (),
    issues: Sequence[Mapping[str, Any]] = (),
    document: Mapping[str, Any] | None = None,
    failures: Mapping[str, str] | None = None,
    days: int = 0,
) -> Image:
    """Store an image that was analyzed some days after the first of March."""
    outcomes: dict[str, int] = {}
    for each in checks:
        outcomes[each["outcome"]] = outcomes.get(each["outcome"], 0) + 1
    image = Image(
        ImageKey(OWNER, new_id()),
        "a.png",
        "image/png",
        6,
        None,
        None,
        ImageStatus.ANALYZED,
        {ImageStatus.AWAITING_UPLOAD: NOON, ImageStatus.ANALYZED: NOON + days * DAY},
        summary=ImageSummary(1, 1, outcomes, 1),
    )
    result = {
        "schema": 3,
        "image": {},
        "accessibility": {"checks": checks, "issues": issues},
        "tokens": document or {},
        "failures": failures or {},
    }
    services.adapters.images.stored[image.key] = image
    services.adapters.objects.write_result(image.key, json.dumps(result).encode())
    return image
