"""What of the frames before stays to be seen: GIF's and PNG's disposal and blending, as browsers understand them."""

import pytest

from januslens.decode.animation.frames import open_animation
from tests.januslens.decode.animation.files import CLEAR, COLORS, KEEP, OVER, RESTORE, SOURCE, Drawn, apng, gif

ALL = ["rrr", "rrr", "rrr"]
NAMES = {color: letter for letter, color in COLORS.items()} | {(127, 127, 127): "?", (127, 0, 0): "d"}


def shown(data: bytes) -> list[list[str]]:
    """The frames in letters."""
    animation = open_animation(data, max_pixels=100)
    assert animation is not None
    return [
        ["".join(NAMES[(int(red), int(green), int(blue))] for red, green, blue in row) for row in frame.pixels]
        for frame in animation.frames
    ]


SEQUENCES = {
    "what is kept is drawn over": (
        [Drawn(ALL), Drawn(["b"], 1, 1), Drawn(["g"], 0, 0)],
        [ALL, ["rrr", "rbr", "rrr"], ["grr", "rbr", "rrr"]],
    ),
    "a cleared frame leaves white in its place alone": (
        [Drawn(ALL), Drawn(["bb"], 1, 1, disposal=CLEAR), Drawn(["g"], 0, 0)],
        [ALL, ["rrr", "rbb", "rrr"], ["grr", "rww", "rrr"]],
    ),
    "a restored frame leaves what was before it": (
        [Drawn(ALL), Drawn(["bb"], 1, 1, disposal=RESTORE), Drawn(["g"], 0, 0)],
        [ALL, ["rrr", "rbb", "rrr"], ["grr", "rrr", "rrr"]],
    ),
    "restoring twice goes back to the last frame that was kept": (
        [Drawn(ALL), Drawn(["b"], 1, 1, disposal=RESTORE), Drawn(["g"], 1, 1, disposal=RESTORE), Drawn(["k"], 0, 0)],
        [ALL, ["rrr", "rbr", "rrr"], ["rrr", "rgr", "rrr"], ["krr", "rrr", "rrr"]],
    ),
    "a first frame is restored to nothing": (
        [Drawn(ALL, disposal=RESTORE), Drawn(["b"], 1, 1)],
        [ALL, ["www", "wbw", "www"]],
    ),
    "transparent pixels let through what was kept": (
        [Drawn(ALL), Drawn([".b.", "b.b", ".b."])],
        [ALL, ["rbr", "brb", "rbr"]],
    ),
    "transparent pixels of a first frame are white": (
        [Drawn(["r..", "...", "..r"]), Drawn(["b"], 1, 1)],
        [["rww", "www", "wwr"], ["rww", "wbw", "wwr"]],
    ),
}


@pytest.mark.parametrize(("frames", "seen"), SEQUENCES.values(), ids=SEQUENCES)
def test_frames_of_a_gif(frames: list[Drawn], seen: list[list[str]]) -> None:
    assert shown(gif((3, 3), frames)) == seen


@pytest.mark.parametrize(("frames", "seen"), SEQUENCES.values(), ids=SEQUENCES)
def test_frames_of_a_png(frames: list[Drawn], seen: list[list[str]]) -> None:
    assert shown(apng((3, 3), frames)) == seen


def test_a_png_without_alpha_is_cleared_to_white() -> None:
    frames = [Drawn(ALL, disposal=CLEAR), Drawn(["b"], 1, 1)]
    assert shown(apng((3, 3), frames, alpha=False))[1] == ["www", "wbw", "www"]


def test_a_gif_is_cleared_to_white_whatever_its_background_color() -> None:
    frames = [Drawn(ALL, disposal=CLEAR), Drawn(["b"], 1, 1)]
    assert shown(gif((3, 3), frames, background=2))[1] == ["www", "wbw", "www"]


def test_a_graphic_control_extension_holds_for_one_image_only() -> None:
    frames = [Drawn(["r"], disposal=CLEAR), Drawn(["b"], 1, 1, stated=False), Drawn(["g"], 2, 2)]
    assert shown(gif((3, 3), frames))[2] == ["www", "wbw", "wwg"]


def test_transparent_pixels_of_a_png_replace_what_was_there_unless_they_blend() -> None:
    second = {blend: shown(apng((3, 3), [Drawn(ALL), Drawn(["?."], 0, 1, blend=blend)]))[1] for blend in (OVER, SOURCE)}
    assert second == {OVER: ["rrr", "drr", "rrr"], SOURCE: ["rrr", "?wr", "rrr"]}


def test_half_of_black_over_white_is_gray() -> None:
    assert shown(apng((3, 1), [Drawn(["..."]), Drawn(["?"])]))[1] == ["?ww"]


def test_an_image_for_viewers_without_animation_is_no_frame() -> None:
    frames = [Drawn(ALL), Drawn(["b"], 1, 1)]
    assert shown(apng((3, 3), frames, default=Drawn(["kkk"] * 3))) == shown(apng((3, 3), frames))


def test_an_image_of_a_gif_that_goes_beyond_the_screen_is_cut() -> None:
    assert shown(gif((3, 3), [Drawn(ALL), Drawn(["bbb", "bbb"], 2, 2)]))[1] == ["rrr", "rrr", "rrb"]


def test_what_the_first_image_of_a_gif_leaves_out_is_white() -> None:
    assert shown(gif((3, 3), [Drawn(["r"], 1, 1), Drawn(["b"])])) == [["www", "wrw", "www"], ["bww", "wrw", "www"]]


def test_a_first_image_of_a_gif_that_goes_beyond_the_screen_widens_it() -> None:
    assert shown(gif((1, 1), [Drawn(["rr", "rr"], 1, 0), Drawn(["b"])])) == [["wrr", "wrr"], ["brr", "wrr"]]


def test_disposal_4_of_a_gif_restores() -> None:
    frames = [Drawn(ALL, disposal=KEEP), Drawn(["b"], 1, 1, disposal=3), Drawn(["g"])]
    assert shown(gif((3, 3), frames))[2] == ["grr", "rrr", "rrr"]
