"""Token sets written out as files have them, so that evidence can be weak, missing or exactly at a threshold."""

from typing import Any


def token(value: Any, **evidence: Any) -> dict[str, Any]:
    """A token with its evidence, if there is any."""
    return {"$value": value} | ({"$extensions": {"io.github.janus": evidence}} if evidence else {})


def color(code: str, alpha: float | None = None, **evidence: Any) -> dict[str, Any]:
    """A color token of a code such as #1f5fbf."""
    components = [round(int(code[start : start + 2], 16) / 255, 6) for start in (1, 3, 5)]
    opacity = {} if alpha is None else {"alpha": alpha}
    return token({"colorSpace": "srgb", "components": components, "hex": code, **opacity}, **evidence)


def length(value: float, unit: str = "px", **evidence: Any) -> dict[str, Any]:
    """A dimension token."""
    return token({"value": value, "unit": unit}, **evidence)


TYPES = {
    "color": "color",
    "fontSize": "dimension",
    "radius": "dimension",
    "spacing": "dimension",
    "lineHeight": "number",
    "fontWeight": "fontWeight",
    "fontFamily": "fontFamily",
}


def tokens(roles: dict[str, dict[str, Any]] | None = None, **families: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A document of families by their names, each with its observed tokens; roles are those of colors."""
    document: dict[str, Any] = {
        family: {"$type": TYPES[family], "observed": observed} for family, observed in families.items()
    }
    if roles:
        document.setdefault("color", {"$type": "color"})["role"] = roles
    return document


def role(target: str, **evidence: Any) -> dict[str, Any]:
    """An alias of an observed color."""
    return token(f"{{color.observed.{target}}}", **evidence)
