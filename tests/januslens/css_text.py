"""Text as CSS has it, and what WCAG asks of it."""

from dataclasses import dataclass

from coloraide import Color


@dataclass(frozen=True)
class Sample:
    """Text on a background of its own; size is in CSS pixels."""

    text: str
    color: str
    background: str
    size: float
    weight: int = 400
    font: str = "'Liberation Sans', Arial, Helvetica, sans-serif"

    @property
    def ratio(self) -> float:
        return Color(self.color).contrast(Color(self.background), method="wcag21")

    @property
    def required(self) -> float:
        """By the definition of large-scale text: 18 point, or 14 point bold."""
        return 3.0 if self.size >= 24 or (self.size >= 18.66 and self.weight >= 700) else 4.5

    @property
    def passes(self) -> bool:
        return self.ratio >= self.required

    @property
    def style(self) -> str:
        return f"white-space: nowrap; color: {self.color}; font: {self.weight} {self.size}px {self.font}"
