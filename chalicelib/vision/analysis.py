"""The result of an analysis, and its native JSON form."""

from dataclasses import dataclass, field
from typing import Any, Final

from chalicelib.vision.accessibility.report import AccessibilityReport
from chalicelib.vision.facts import ImageFacts
from chalicelib.vision.tokens.document import TokenDocument

SCHEMA: Final = 2  # of the native form; grows when a reader of the old one would be misled


@dataclass(frozen=True, slots=True)
class Analysis:
    """An accessibility report and design tokens; None for the one that failed, with its code in failures.

    seconds says how long each phase took, which is no part of the result.
    """

    image: ImageFacts
    accessibility: AccessibilityReport | None
    tokens: TokenDocument | None
    failures: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the native form: values that `json.dumps` takes."""
        image = self.image
        return {
            "schema": SCHEMA,
            "scale": image.scale,
            "image": {
                "format": image.format,
                "width": image.width,
                "height": image.height,
                "scale": image.scale,
                "scale_source": image.scale_source,
                "scale_confidence": round(image.scale_confidence, 3),
                "notes": list(image.notes),
            },
            "accessibility": None if self.accessibility is None else self.accessibility.to_json(),
            "tokens": None if self.tokens is None else self.tokens.to_json(),
            "failures": dict(self.failures),
        }
