"""Token documents with something of everything, and of anything."""

from typing import Any

from hypothesis import strategies as st

from januslens.exports.tokens.source.document import Document


def px(value: float) -> dict[str, Any]:
    return {"value": value, "unit": "px"}


def srgb(hex_: str, alpha: float = 1) -> dict[str, Any]:
    components = [round(channel / 255, 6) for channel in bytes.fromhex(hex_[1:])]
    return {"colorSpace": "srgb", "components": components, "alpha": alpha, "hex": hex_}


DOCUMENT: Document = {
    "color": {
        "$type": "color",
        "role": {"primary": {"$value": "{color.observed.c-1f5fbf}"}, "link": {"$value": "{color.role.primary}"}},
        "observed": {
            "c-1f5fbf": {"$value": srgb("#1f5fbf"), "$extensions": {"io.github.janus": {"areaShare": 0.5}}},
            "c-ffffff": {"$value": srgb("#ffffff")},
            "shade": {"$value": srgb("#000000", 0.5)},
        },
    },
    "fontSize": {
        "$type": "dimension",
        "observed": {"s-16": {"$value": px(16)}, "s-13_5": {"$value": px(13.5)}},
    },
    "radius": {"$type": "dimension", "observed": {"r-4": {"$value": px(4)}, "r-9_5": {"$value": px(9.5)}}},
    "borderWidth": {"$type": "dimension", "observed": {"b-1": {"$value": px(1)}}},
    "spacing": {"$type": "dimension", "observed": {"g-8": {"$value": px(8)}}},
    "fontWeight": {"$type": "fontWeight", "observed": {"w-700": {"$value": 700}}},
    "shadow": {
        "$type": "shadow",
        "observed": {
            "e-1": {
                "$value": {
                    "color": "{color.observed.shade}",
                    "offsetX": px(0),
                    "offsetY": px(1),
                    "blur": px(2),
                    "spread": px(0),
                }
            }
        },
    },
    "gradient": {
        "$type": "gradient",
        "observed": {
            "g-1": {
                "$value": [
                    {"color": "{color.observed.c-ffffff}", "position": 0},
                    {"color": "{color.role.primary}", "position": 1},
                ]
            }
        },
    },
    "typography": {
        "$type": "typography",
        "body": {
            "$value": {
                "fontFamily": ["Some Sans", "sans-serif"],
                "fontSize": "{fontSize.observed.s-16}",
                "fontWeight": 400,
                "letterSpacing": px(0),
                "lineHeight": 1.5,
            }
        },
        "caption": {"$value": "{typography.body}"},
    },
    "border": {"$type": "border", "box": {"$value": {"color": "{color.role.link}", "width": px(1), "style": "solid"}}},
}
"""A valid document of every known type, with aliases before and after their targets."""

EMPTY: Document = {}

STRANGE: Document = {
    "$description": "Members that no format knows",
    "motion": {"$type": "duration", "slow": {"$value": {"value": 1, "unit": "s"}}},
    "shape": {"$type": "blob", "round": {"$value": {"a": [1, 2]}}},
    "untyped": {"$value": {"value": 4, "unit": "px"}},
    "color": {
        "$type": "color",
        "broken": {"$value": {"colorSpace": "srgb", "components": ["none", 0, 0]}},
        "list": {"$value": [1, 2]},
        "lost": {"$value": "{color.nowhere}"},
        "one": {"$value": "{color.other}"},
        "other": {"$value": "{color.one}"},
        "self": {"$value": "{color.self}"},
        "wide": {"$value": {"colorSpace": "display-p3", "components": [1, 0, 0]}},
    },
    "size": {
        "$type": "dimension",
        "long": {"$value": {"value": float("nan"), "unit": "px"}},
        "text": {"$value": "4px"},
    },
    "weight": {"$type": "fontWeight", "odd": {"$value": "chubby"}, "none": {"$value": 0}, "yes": {"$value": True}},
    "family": {"$type": "fontFamily", "none": {"$value": []}, "lines": {"$value": "a\nb"}},
}
"""Nothing that a format can say."""

NASTY_NAMES = (
    *("1f", "", "class", "default", "a.b", "a-b", "a_b", "aB", "A b", "-", "_", "--x", "ü", "色", "</style>", "*/"),
    *("media", "import", "font-face", "value", "type", "in", "hashCode", "observed", "role", "n2", "2", "12", "€"),
)
NASTY: Document = {
    **{name: {"$type": "color", "$value": srgb("#1f5fbf")} for name in NASTY_NAMES},
    "color": {"$type": "color", **{name: {"$value": srgb("#c01818")} for name in NASTY_NAMES}},
    "fontSize": {"$type": "dimension", **{name: {"$value": px(16)} for name in NASTY_NAMES}},
    "typography": {
        "$type": "typography",
        **{name: {"$value": {"fontFamily": f"{name} \"$a'#{{b}} @{{c}}\\", "lineHeight": 1.5}} for name in NASTY_NAMES},
    },
}

NAMES = st.one_of(
    st.sampled_from(NASTY_NAMES),
    st.text("abAB01-_ .é", max_size=4),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
).filter(lambda name: not name.startswith("$"))
VALUES = st.one_of(
    st.builds(lambda value: {"$type": "dimension", "$value": px(value)}, st.floats(-1000, 1000)),
    st.builds(
        lambda rgb, alpha: {"$type": "color", "$value": srgb(f"#{rgb:06x}", alpha)},
        st.integers(0, 0xFFFFFF),
        st.floats(0, 1),
    ),
    st.builds(lambda names: {"$type": "color", "$value": "{" + ".".join(names) + "}"}, st.lists(NAMES, min_size=1)),
    st.builds(lambda name: {"$type": "fontFamily", "$value": name}, st.text(max_size=8)),
    st.builds(lambda value: {"$type": "number", "$value": value}, st.floats() | st.integers(-5, 5)),
    st.builds(
        lambda type_, value: {"$type": type_, "$value": value},
        st.sampled_from(["color", "shadow", "typography", "border", "gradient", "duration", "fontWeight"]),
        st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=3),
    ),
)
GROUPS = st.recursive(
    st.dictionaries(NAMES, VALUES, max_size=6), lambda inner: st.dictionaries(NAMES, inner, max_size=4), max_leaves=5
)
DOCUMENTS: st.SearchStrategy[Document] = st.dictionaries(
    st.sampled_from(["color", "fontSize", "radius", "spacing", "typography", "x"]), GROUPS | VALUES
)
