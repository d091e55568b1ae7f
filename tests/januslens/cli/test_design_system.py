"""The command: what it prints, and its exit codes."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from januslens.cli.design_system import main
from tests.januslens.design_system.documents import BLUE, HOME, INK, TEAL, WHITE, document


def saved(folder: Path, name: str, content: Any) -> str:
    path = folder / name
    path.write_text(json.dumps(content))
    return str(path)


def png(color: str) -> bytes:
    picture = Image.new("RGB", (200, 120), "white")
    ImageDraw.Draw(picture).rectangle((20, 20, 120, 80), fill=color)
    encoded = io.BytesIO()
    picture.save(encoded, "PNG")
    return encoded.getvalue()


def test_sets_are_merged_into_a_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = document({TEAL: 0.5}, {})
    assert main(["merge", saved(tmp_path, "a.json", HOME), saved(tmp_path, "b.json", other), "--tokens", "css"]) == 0
    assert "--color-c-1abb9c: #1abb9c;" in capsys.readouterr().out


def test_images_and_lines_of_results_are_read_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "shot.png").write_bytes(png("#1f5fbf"))
    lines = [{"file": name, "accessibility": None, "tokens": HOME} for name in ("a.png", "b.png")]
    (tmp_path / "all.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert main(["merge", str(tmp_path / "shot.png"), str(tmp_path / "all.jsonl")]) == 0
    white = json.loads(capsys.readouterr().out)["color"]["observed"]["c-ffffff"]
    assert white["$extensions"]["io.github.janus"]["screens"] == 3


def test_no_drift_is_success_and_drift_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = saved(tmp_path, "before.json", document({WHITE: 0.6, BLUE: 0.1}, {"primary": BLUE}))
    after = saved(tmp_path, "after.json", document({WHITE: 0.6, TEAL: 0.1}, {"primary": TEAL}))
    assert main(["diff", before, before]) == 0
    assert capsys.readouterr().out == "0 changed, 0 minor\n"
    assert main(["diff", before, after]) == 1
    assert "#1f5fbf → #1abb9c" in capsys.readouterr().out
    assert main(["diff", before, after, "--at-most", "1"]) == 0


@pytest.mark.parametrize("format_", ["json", "markdown"])
def test_changes_are_told_in_other_forms(tmp_path: Path, capsys: pytest.CaptureFixture[str], format_: str) -> None:
    before, after = document({WHITE: 0.6, INK: 0.1}, {}), document({WHITE: 0.6}, {})
    paths = saved(tmp_path, "before.json", before), saved(tmp_path, "after.json", after)
    assert main(["diff", *paths, "--format", format_]) == 1
    told = capsys.readouterr().out
    assert "color.observed.c-20262e" in told
    if format_ == "json":
        assert json.loads(told)[0]["kind"] == "went"


@pytest.mark.parametrize("content", [b"GIF89a", b"{", b"", b'{"accessibility": null, "tokens": null}', b"[1]"])
def test_a_file_that_is_neither_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "strange.bin"
    path.write_bytes(content)
    assert main(["merge", str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert str(path) in printed.err


def test_a_file_that_is_missing_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(tmp_path / "gone.json"), str(tmp_path / "gone.json")]) == 2
    assert "No such file" in capsys.readouterr().err
