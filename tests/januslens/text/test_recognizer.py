import itertools
from collections.abc import Sequence
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from januslens.color.notation import Rgb
from januslens.decode.geometry import Box
from januslens.text import recognizer
from januslens.text.recognizer import Reading, read_lines

LIGHT = ((34, 34, 34), (255, 255, 255))
DARK = ((221, 221, 230), (17, 20, 26))
FAINT = ((200, 200, 200), (214, 214, 214))  # 1.1:1, what a finding is about
LABELS = ["Forgot password?", "Save changes", "Total 1,204.50", "sign-in@example.com"]
SENTENCE = "The quick brown fox jumps over the lazy dog and runs home"
BUILT_IN = ""  # the font inside Pillow
FONTS = [BUILT_IN, "LiberationSans-Regular.ttf", "LiberationSerif-Italic.ttf", "DejaVuSans.ttf"]


def font_of(name: str, size: float) -> ImageFont.FreeTypeFont:
    if name == BUILT_IN:
        font = ImageFont.load_default(size)
        assert isinstance(font, ImageFont.FreeTypeFont)
        return font
    try:
        return ImageFont.truetype(name, size)
    except OSError:
        pytest.skip(f"{name} is not installed")


def page(
    lines: Sequence[str],
    size: float = 16,
    name: str = BUILT_IN,
    colors: tuple[Rgb, Rgb] = LIGHT,
    margin: int = 20,
) -> tuple[NDArray[np.uint8], list[Box]]:
    """Write lines below each other; return the picture and a box around each line's ink."""
    font = font_of(name, size)
    boxes, y = [], margin
    for text in lines:
        left, top, right, bottom = (int(edge) for edge in font.getbbox(text))
        boxes.append(Box(margin, y, right - left, bottom - top))
        y += bottom - top + margin
    picture = Image.new("RGB", (max(box.width for box in boxes) + 2 * margin, y), colors[1])
    for text, box in zip(lines, boxes, strict=True):
        inset, above, *_ = font.getbbox(text)
        ImageDraw.Draw(picture).text((box.x - inset, box.y - above), text, fill=colors[0], font=font)
    return np.asarray(picture), boxes


def texts(readings: Sequence[Reading]) -> list[str]:
    return [reading.text for reading in readings]


@pytest.mark.parametrize(
    "name", [BUILT_IN, "LiberationSans-Regular.ttf", "LiberationSerif-Italic.ttf", "DejaVuSans.ttf"]
)
@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("size", [12, 16, 32])
def test_what_is_drawn_is_read(size: int, colors: tuple[Rgb, Rgb], name: str) -> None:
    assert texts(read_lines(*page(LABELS, size, name, colors), 1.0)) == LABELS


@pytest.mark.parametrize("colors", [FAINT, ((230, 0, 30), (0, 70, 200))], ids=["faint", "red on blue"])
def test_little_contrast_is_enough(colors: tuple[Rgb, Rgb]) -> None:
    assert texts(read_lines(*page(LABELS, colors=colors), 1.0)) == LABELS


def test_letters_of_other_languages_are_read() -> None:
    lines = ["Größe ändern", "Déjà vérifié à Besançon", "Configuração concluída", "¿Olvidó su contraseña?"]
    assert texts(read_lines(*page(lines, name="DejaVuSans.ttf"), 1.0)) == lines


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "I am here",
        "Page 1 of 20",
        "Save 20 % today",
        pytest.param("A & B", marks=pytest.mark.xfail(strict=True, reason="some spaces beside signs are lost")),
    ],
)
def test_words_are_apart(text: str) -> None:
    assert texts(read_lines(*page([text]), 1.0)) == [text]


def test_what_is_read_has_much_confidence() -> None:
    assert min(reading.confidence for reading in read_lines(*page(LABELS), 1.0)) > 0.9


def test_without_boxes_no_network_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognizer, "_session", lambda: pytest.fail("the network was loaded"))
    assert read_lines(np.zeros((40, 40, 3), np.uint8), [], 1.0) == []


@pytest.mark.parametrize(
    ("box", "scale"),
    [
        (Box(3, 3, 30, 4), 1.0),
        (Box(3, 3, 30, 9), 2.0),
        (Box(3, 3, 0, 0), 1.0),
        (Box(100, 3, 20, 12), 1.0),
        (Box(3, 100, 20, 12), 1.0),
        (Box(-90, -90, 20, 12), 1.0),
    ],
    ids=["low", "low for its scale", "empty", "right of the picture", "below it", "before it"],
)
def test_where_no_text_can_be_nothing_is_read(box: Box, scale: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognizer, "_session", lambda: pytest.fail("the network was asked"))
    assert read_lines(np.zeros((40, 60, 3), np.uint8), [box], scale) == [Reading("", 0.0)]


def test_a_line_is_read_at_the_edges_of_the_image() -> None:
    pixels, [box] = page(["Forgot password?"])
    cut = pixels[box.y : box.y + box.height, box.x : box.x + box.width]
    assert texts(read_lines(cut, [Box(0, 0, box.width, box.height)], 1.0)) == ["Forgot password?"]


def test_a_box_that_leaves_out_half_of_the_first_and_last_letter_is_enough() -> None:
    pixels, [box] = page(["Color Utilities"], 28)
    half = box.height // 4
    assert texts(read_lines(pixels, [Box(box.x + half, box.y, box.width - 2 * half, box.height)], 1.0)) == [
        "Color Utilities"
    ]


def test_a_very_long_line_is_read_to_its_end() -> None:
    text = " ".join(f"{SENTENCE} {number}" for number in range(5))
    pixels, boxes = page([text], 12)
    assert boxes[0].width * recognizer.HEIGHT > recognizer.MAX_COLUMNS * boxes[0].height * 1.3
    assert texts(read_lines(pixels, boxes, 1.0)) == [text]


@pytest.mark.parametrize("longest", [320, 400, 480, 640])
def test_a_long_line_is_cut_between_words(longest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognizer, "MAX_COLUMNS", longest)
    assert texts(read_lines(*page([SENTENCE]), 1.0)) == [SENTENCE]


@pytest.mark.parametrize("shape", [(12, 60_000), (600, 12), (5, 5), (40, 1)])
def test_no_box_asks_much_of_the_network(shape: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def infer(line: NDArray[np.uint8]) -> NDArray[np.float32]:
        asked.append(line.shape[1] * recognizer.HEIGHT / line.shape[0])
        return np.eye(1, 2, dtype=np.float32)

    monkeypatch.setattr(recognizer, "_infer", infer)
    read_lines(np.zeros((*shape, 3), np.uint8), [Box(0, 0, shape[1], shape[0])], 1.0)
    assert 1 <= len(asked) <= recognizer.MAX_PARTS
    assert max(asked) <= recognizer.MAX_COLUMNS


@given(
    boxes=st.lists(st.builds(Box, *[st.integers(-30, 90)] * 2, *[st.integers(0, 200)] * 2), max_size=4),
    scale=st.floats(0.5, 8),
)
def test_every_box_has_a_reading(boxes: list[Box], scale: float) -> None:
    pixels = np.zeros((33, 70, 3), np.uint8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recognizer, "_infer", lambda line: np.eye(1, 2, dtype=np.float32))
        assert read_lines(pixels, boxes, scale) == [Reading("", 0.0)] * len(boxes)


def test_a_reading_is_the_same_again_and_whatever_else_is_read() -> None:
    pixels, boxes = page([*LABELS, SENTENCE, "OK"])
    together = read_lines(pixels, boxes, 1.0)
    assert read_lines(pixels, boxes, 1.0) == together
    assert read_lines(pixels, boxes[::-1], 1.0) == together[::-1]
    assert [read_lines(pixels, [box], 1.0)[0] for box in boxes] == together


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_noise_says_nothing(seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (40, 200, 3), dtype=np.uint8)
    [reading] = read_lines(noise, [Box(20, 10, 160, 20)], 1.0)
    assert reading.text == ""


@pytest.mark.parametrize("color", [0, 128, 255])
def test_an_empty_line_says_nothing(color: int) -> None:
    assert read_lines(np.full((40, 200, 3), color, np.uint8), [Box(20, 10, 160, 20)], 1.0) == [Reading("", 0.0)]


@pytest.mark.parametrize("size", [12, 16, 24, 32])
def test_a_menu_button_is_no_ideograph(size: int) -> None:
    picture = Image.new("RGB", (3 * size, 3 * size), "white")
    for bar in range(3):
        y = size + bar * size // 3
        ImageDraw.Draw(picture).rectangle((size, y, 2 * size, y + size // 12), "black")
    [reading] = read_lines(np.asarray(picture), [Box(size, size, size, size * 3 // 4)], 1.0)
    assert reading.text == ""


def decoded(path: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Decode a path of classes, of which `-` is the blank."""
    classes = "-ab "
    monkeypatch.setattr(recognizer, "_characters", lambda: ("", *classes[1:]))
    text, certainties = recognizer._decode(0.9 * np.eye(len(classes), dtype=np.float32)[[*map(classes.index, path)]])
    assert certainties == pytest.approx([0.9] * len(text.replace(" ", "")))
    return text


@pytest.mark.parametrize("path", ["a-ab-", "-aa--abb"])  # the examples of Graves et al., section 3.1
def test_a_path_is_collapsed_as_published(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert decoded(path, monkeypatch) == "aab"


@given(st.text("-ab ", min_size=1, max_size=12))
def test_every_path_loses_its_repetitions_then_its_blanks(path: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        assert decoded(path, patch) == "".join(label for label, _ in itertools.groupby(path) if label != "-")


def test_a_space_that_the_network_is_in_doubt_of_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognizer, "_characters", lambda: ("", "a", " "))
    path = np.array([[0.1, 0.9, 0], [0.9, 0, 0.1], [0.1, 0.9, 0], [0.99, 0, 0.01], [0.1, 0.9, 0]], np.float32)
    assert recognizer._decode(path)[0] == "a aa"


def test_a_reading_holds_nothing_but_printable_characters() -> None:
    blank, *characters = recognizer._characters()
    assert blank == ""
    assert all(len(character) == 1 and character.isprintable() for character in characters)
    assert (
        len(set(characters)) >= len(characters) - 1
    )  # the space is there twice: as itself and for the ideographic one


def test_the_network_sees_48_rows_of_blue_green_and_red(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[NDArray[np.float32]] = []

    def run(outputs: None, inputs: dict[str, NDArray[np.float32]]) -> list[NDArray[np.float32]]:
        seen.append(inputs["x"])
        return [np.ones((1, 1, 1), np.float32)]

    monkeypatch.setattr(recognizer, "_session", lambda: SimpleNamespace(run=run))
    recognizer._infer(np.full((24, 40, 3), (255, 102, 0), np.uint8))
    assert seen[0].shape == (1, 3, 48, 80)
    assert seen[0][0, :, 20, 40] == pytest.approx([-1, -0.2, 1])
