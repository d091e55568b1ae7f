"""The rig of design systems: a perfect result is scored as such, and a spoilt one as less."""

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from benchmarks.accuracy import systems

PRIMARY = "#0d6efd"  # bootstrap's


def page(folder: Path) -> None:
    """A page of bootstrap's with a primary box, one size of text, and a shadow."""
    image = Image.new("RGB", (200, 120), "#ffffff")
    ImageDraw.Draw(image).rectangle((20, 20, 119, 79), fill=PRIMARY)
    image.save(folder / "bootstrap--page-200@1.png")
    box = {
        "el": 1,
        "tag": "DIV",
        "rect": [20, 20, 100, 60],
        "bg": "rgb(13, 110, 253)",
        "img": "",
        "border": None,
        "radius": ["0px"] * 4,
        "shadow": "rgba(0, 0, 0, 0.1) 0px 4px 8px 0px",
        "padding": ["8px"] * 4,
        "gap": ["normal"] * 2,
        "display": "block",
        "hit": True,
        "opacity": 1,
    }
    text = {
        "el": 2,
        "text": "twelve letters and more",
        "rects": [],
        "size": 16,
        "weight": "400",
        "color": "rgb(0, 0, 0)",
    }
    truth = {
        "viewport": [200, 120],
        "scale": 1,
        "texts": [text],
        "others": [],
        "inputs": [],
        "paints": [box],
        "axe": [],
    }
    (folder / "bootstrap--page-200@1.json").write_text(json.dumps(truth))


def tokens(primary: str = PRIMARY, base: float = 4, down: float = 4, weight: int = 400) -> dict[str, Any]:
    value = {"components": [int(primary[at : at + 2], 16) / 255 for at in (1, 3, 5)], "hex": primary}
    px = {"unit": "px"}
    shadow = {
        "offsetX": {"value": 0},
        "offsetY": {"value": down},
        "blur": {"value": 8},
        "spread": {"value": 0},
        "color": {"components": [0, 0, 0], "alpha": 0.1},
    }
    return {
        "color": {
            "$type": "color",
            "observed": {"c": {"$value": value}},
            "role": {"primary": {"$value": "{color.observed.c}"}, "link": {"$value": "{color.observed.c}"}},
        },
        "fontSize": {"$type": "dimension", "observed": {"s": {"$value": {"value": 16, **px}}}},
        "fontWeight": {"observed": {"w": {"$value": weight}}},
        "spacing": {"base": {"$value": {"value": base, **px}}},
        "shadow": {"observed": {"x": {"$value": shadow}}},
    }


def figures(folder: Path, capsys: pytest.CaptureFixture[str], said: dict[str, Any]) -> dict[str, str]:
    page(folder)
    results = folder / "results.jsonl"
    line = {"file": "bootstrap--page-200@1.png", "scale": 1, "accessibility": {"checks": []}, "tokens": said}
    results.write_text(json.dumps(line) + "\n")
    assert systems.main([str(folder), str(results)]) == 0
    rows = (row.strip().split("%")[0].rsplit(maxsplit=1) for row in capsys.readouterr().out.splitlines() if "%" in row)
    return {name.strip(): share for name, share in rows}


def test_a_right_result_is_scored_as_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = figures(tmp_path, capsys, tokens())
    names = (
        "role primary",
        "spacing base",
        "shadows recall",
        "shadows precision",
        "weights recall",
        "font sizes recall",
    )
    assert {name: told[name] for name in names} == dict.fromkeys(names, "100.0")


@pytest.mark.parametrize(
    ("spoilt", "figure"),
    [
        ({"primary": "#dc3545"}, "role primary"),
        ({"base": 7}, "spacing base"),
        ({"down": 9}, "shadows recall"),
        ({"weight": 700}, "weights recall"),
    ],
)
def test_a_spoilt_one_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], spoilt: dict[str, Any], figure: str
) -> None:
    assert figures(tmp_path, capsys, tokens(**spoilt))[figure] == "0.0"
