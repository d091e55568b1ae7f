"""`python -m januslens.cli.analyze`, as somebody at a terminal uses it, or a program that reads its lines."""

import contextlib
import errno
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from januslens.cli.analyze import main
from januslens.exports.reports.formats import FORMATS
from januslens.exports.tokens.formats import TOKEN_FORMATS
from januslens.views import drawing
from tests.januslens.drawn import draw

PROJECT = Path(__file__).parents[3]
GRAY, WHITE = (0x77, 0x77, 0x77), (255, 255, 255)
ERASE_LINE = "\r\x1b[K"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with two good files, a damaged one, one that is no image, and a directory."""
    text = draw("Sign in to continue", GRAY, WHITE, 16).pixels
    card = np.concatenate([text, np.full((20, text.shape[1], 3), (0x1A, 0x23, 0x32), np.uint8)])
    Image.fromarray(card).save(tmp_path / "card.png")
    Image.new("RGB", (40, 30), (200, 30, 40)).save(tmp_path / "plain@2x.png")
    (tmp_path / "damaged.png").write_bytes((tmp_path / "card.png").read_bytes()[:100])
    (tmp_path / "notes.txt").write_text("no image")
    (tmp_path / "directory.png").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def broken_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("januslens.analysis.run.observe_tokens", crash)


@pytest.fixture
def broken_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*arguments: object, **options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("januslens.analysis.run.check_image", crash)


def shown_on_a_terminal(*arguments: str) -> str:
    """Run the command with a terminal as its standard error, and return what was written there."""
    reader, writer = pty.openpty()
    with os.fdopen(writer, "w") as terminal:
        with contextlib.redirect_stderr(terminal):
            main(arguments)
        terminal.write("\0")  # there is always something to read, and an end of it
        terminal.flush()
        written = b""
        while not written.endswith(b"\0"):
            written += os.read(reader, 4096)
    os.close(reader)
    return written.decode().removesuffix("\0")


def only_line(text: str) -> str:
    """The one line that a text has."""
    assert text.endswith("\n")
    (line,) = text.splitlines()
    return line


def documents(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_user_gets_a_table_and_one_line_for_what_is_missing(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "januslens.cli.analyze", "missing.png", "card.png"],
        env={"PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "janus: missing.png: No such file or directory\n"
    assert done.stdout.startswith("card.png: ")


def test_a_program_gets_an_object_a_line(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "januslens.cli.analyze", "--jsonl", "card.png", "plain@2x.png"],
        env={"PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [document["file"] for document in documents(done.stdout)] == ["card.png", "plain@2x.png"]


def test_a_reader_that_has_seen_enough_brings_no_noise(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "januslens.cli.analyze", "card.png"],
        env={"PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        noise = process.communicate()[1]
    assert noise == ""


def test_the_table_shows_the_image_its_text_and_its_colors(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["card.png"]) == 0
    lines = capsys.readouterr().out.splitlines()
    with Image.open("card.png") as image:
        assert lines[0] == f"card.png: {image.width} × {image.height} PNG"
    assert lines[1] == "  scale 1 (estimated)"
    assert re.fullmatch(r"  The scale .* was estimated: 1×, possibly [\d.]+× to [\d.]+×\..*", lines[2])
    assert "Accessibility, levels A and AA: 1 failed, 0 cantTell, 0 passed" in lines
    assert "  Text that passes: 0% at AA, 0% at AAA" in lines
    (row,) = (line for line in lines if line.startswith("failed"))
    assert row.split()[:7] == ["failed", "text-contrast", "1", "4.47", "4.5", "#777777", "#ffffff"]
    assert {line.split()[0] for line in lines if line.startswith("  #")} == {"#777777", "#ffffff", "#1a2332"}


def test_the_table_says_that_there_is_no_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["plain@2x.png"])
    assert "No text was found." in capsys.readouterr().out


def test_what_was_done_to_the_pixels_is_in_the_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Image.new("RGBA", (40, 30), (1, 2, 3, 99)).save("glass.png")
    main(["glass.png"])
    assert "  Transparent areas were composited on white.\n" in capsys.readouterr().out


def test_a_line_holds_the_whole_analysis(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--jsonl", "card.png"]) == 0
    document = json.loads(only_line(capsys.readouterr().out))
    assert document.keys() >= {"file", "scale", "accessibility", "tokens"}
    assert document["accessibility"]["checks"][0]["foreground"] == "#777777"
    assert document["tokens"]["color"]["$type"] == "color"
    assert document["failures"] == {}


@pytest.mark.parametrize("scale", ["0.5", "1", "1.5", "8", "8.0"])
def test_a_scale_from_a_half_to_8_is_taken(folder: Path, capsys: pytest.CaptureFixture[str], scale: str) -> None:
    assert main(["--jsonl", "--scale", scale, "plain@2x.png"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["scale"], document["image"]["scale_source"]) == (float(scale), "given")


@pytest.mark.parametrize("scale", ["0.49", "8.01", "0", "-1", "nan", "inf", "two", "", "1,5"])
def test_any_other_scale_is_an_error_of_the_call(folder: Path, capsys: pytest.CaptureFixture[str], scale: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--scale", scale, "plain@2x.png"])
    assert ended.value.code == 2
    assert "--scale" in capsys.readouterr().err.splitlines()[-1]


def test_the_error_of_a_scale_names_nothing_inside_of_the_program(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--scale", "two", "plain@2x.png"])
    assert "_scale" not in capsys.readouterr().err


def test_without_a_scale_the_file_name_says_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["plain@2x.png"])
    assert "  scale 2 (file name)\n" in capsys.readouterr().out


def test_the_name_of_a_directory_says_no_scale(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("kit@3x").mkdir()
    Path("card.png").rename("kit@3x/card.png")
    main(["kit@3x/card.png"])
    assert "  scale 1 (estimated)\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.png", "No such file or directory"),
        ("directory.png", "Is a directory"),
        ("damaged.png", "image_corrupt: "),
        ("notes.txt", "format_unsupported: "),
    ],
)
def test_a_file_that_can_not_be_read_gets_one_line_and_the_rest_is_analyzed(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, reason: str
) -> None:
    assert main(["--jsonl", "card.png", name, "plain@2x.png"]) == 2
    output, errors = capsys.readouterr()
    assert only_line(errors).startswith(f"janus: {name}: {reason}")
    assert [document["file"] for document in documents(output)] == ["card.png", "plain@2x.png"]


def test_every_file_that_can_not_be_read_gets_its_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["missing.png", "damaged.png"]) == 2
    output, errors = capsys.readouterr()
    assert output == ""
    assert [line.split(":")[1] for line in errors.splitlines()] == [" missing.png", " damaged.png"]


def test_a_file_name_with_a_line_feed_still_gets_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["two\nlines.png"])
    only_line(capsys.readouterr().err)


def test_a_file_name_that_is_no_unicode_is_shown_somehow(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = os.fsdecode(b"\xff.png")
    Path("card.png").rename(name)
    assert main([name]) == 0


def test_an_image_beyond_the_limit_can_not_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--max-pixels", "1199", "plain@2x.png"]) == 2
    assert "image_too_large" in only_line(capsys.readouterr().err)


def test_an_image_at_the_limit_can_be_read(folder: Path) -> None:
    assert main(["--max-pixels", "1200", "plain@2x.png"]) == 0


def test_a_call_without_files_is_wrong() -> None:
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 2


@pytest.mark.usefixtures("broken_tokens")
def test_the_exit_code_is_1_when_a_part_failed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["card.png"]) == 1
    output = capsys.readouterr().out
    assert "  tokens: analysis_crashed\n" in output
    assert "1 failed, 0 cantTell, 0 passed" in output


@pytest.mark.usefixtures("broken_tokens")
@pytest.mark.parametrize("names", [("card.png", "missing.png"), ("missing.png", "card.png")])
def test_the_exit_code_is_2_when_a_file_can_not_be_read_and_a_part_failed(folder: Path, names: tuple[str, str]) -> None:
    assert main(names) == 2


def test_a_terminal_shows_how_far_it_is_and_is_clean_in_the_end(folder: Path) -> None:
    shown = shown_on_a_terminal("card.png", "plain@2x.png")
    assert "[1/2] card.png" in shown
    assert "[2/2] plain@2x.png" in shown
    assert shown.endswith(ERASE_LINE)


def test_a_line_about_a_file_is_not_mixed_with_the_progress(folder: Path) -> None:
    before, line, _ = shown_on_a_terminal("missing.png", "card.png").partition("janus: missing.png")
    assert line
    assert before.endswith(ERASE_LINE)


def test_one_file_needs_no_progress(folder: Path) -> None:
    assert "card.png" not in shown_on_a_terminal("card.png")


def test_there_is_no_progress_where_there_is_no_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["card.png", "plain@2x.png"])
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", FORMATS)
def test_the_report_can_be_had_in_another_tools_format(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main(["--format", name, "card.png"]) == 0
    assert "#777777" in capsys.readouterr().out


@pytest.mark.parametrize("name", TOKEN_FORMATS)
def test_the_tokens_can_be_had_in_a_format(folder: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["--tokens", name, "card.png"]) == 0
    output = capsys.readouterr().out
    assert "1a2332" in output.lower()
    assert not output.endswith("\n\n")


@pytest.mark.parametrize("option", [("--format", "csv"), ("--tokens", "css")])
def test_a_format_is_for_one_file(folder: Path, capsys: pytest.CaptureFixture[str], option: tuple[str, str]) -> None:
    with pytest.raises(SystemExit) as exited:
        main([*option, "card.png", "plain@2x.png"])
    assert exited.value.code == 2
    assert "one file" in capsys.readouterr().err


@pytest.mark.parametrize("others", [("--format", "csv"), ("--jsonl",)])
def test_only_one_form_of_output_can_be_asked_for(folder: Path, others: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as exited:
        main(["--tokens", "css", *others, "card.png"])
    assert exited.value.code == 2


@pytest.mark.usefixtures("broken_tokens")
def test_tokens_that_failed_are_one_line_and_no_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--tokens", "css", "card.png"]) == 1
    output, errors = capsys.readouterr()
    assert output == ""
    assert only_line(errors) == "janus: card.png: tokens: analysis_crashed"


@pytest.mark.usefixtures("broken_report")
def test_a_report_that_failed_is_one_line_and_no_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--format", "csv", "card.png"]) == 1
    output, errors = capsys.readouterr()
    assert output == ""
    assert only_line(errors) == "janus: card.png: accessibility: analysis_crashed"


def test_the_views_of_every_file_are_written(folder: Path) -> None:
    assert main(["--views", "out/views", "card.png", "plain@2x.png"]) == 0
    views = ("achromatopsia", "deutan", "overlay", "protan", "tritan")
    assert sorted(path.name for path in Path("out/views").iterdir()) == [
        f"{name}.{view}.png" for name in ("card", "plain@2x") for view in views
    ]
    with Image.open("card.png") as card, Image.open("out/views/card.overlay.png") as overlay:
        assert card.size == overlay.size
        assert np.any(np.asarray(card) != np.asarray(overlay))


@pytest.mark.parametrize(("directory", "reason"), [("card.png", "File exists"), ("card.png/views", "Not a directory")])
def test_a_directory_that_can_not_be_written_into_gets_one_line_before_anything_is_analyzed(
    folder: Path, capsys: pytest.CaptureFixture[str], directory: str, reason: str
) -> None:
    assert main(["--views", directory, "card.png", "plain@2x.png"]) == 2
    output, errors = capsys.readouterr()
    assert output == ""
    assert only_line(errors) == f"janus: {directory}: {reason}"


def test_a_disk_that_is_full_loses_no_analysis(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert main(["--jsonl", "--views", "out", "card.png"]) == 2
    output, errors = capsys.readouterr()
    assert only_line(errors) == "janus: out: No space left on device"
    assert len(documents(output)) == 1


def test_a_view_that_can_not_be_drawn_loses_no_analysis_and_no_other_view(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*arguments: object, **options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(drawing, "draw_overlay", crash)
    assert main(["--jsonl", "--views", "out", "card.png"]) == 1
    assert len(documents(capsys.readouterr().out)) == 1
    assert Path("out/card.protan.png").is_file()
    assert not Path("out/card.overlay.png").exists()


def test_views_of_files_with_one_name_would_overwrite_each_other(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exited:
        main(["--views", "out", "card.png", "other/card.jpg"])
    assert exited.value.code == 2
    assert "different names" in capsys.readouterr().err
    assert not Path("out").exists()
