import numpy as np
from coloraide import Color

from benchmarks.board.snippets import Kind, Snippet, draw_snippet

COUNT = 400
WIDTH = 440.0


def drawn(seed: int = 5) -> list[Snippet]:
    random = np.random.default_rng(seed)
    return [draw_snippet(random, WIDTH) for _ in range(COUNT)]


def drawn_split() -> list[Snippet]:
    random = np.random.default_rng(5)
    return [draw_snippet(random, WIDTH, split=True) for _ in range(COUNT)]


def ratio(snippet: Snippet) -> float:
    text, ground = (Color("srgb", [level / 255 for level in rgb]) for rgb in (snippet.color, snippet.ground.colors[0]))
    return float(text.contrast(ground, method="wcag21"))


def test_a_seed_draws_the_same_snippets_again() -> None:
    assert drawn() == drawn()
    assert drawn() != drawn(6)


def test_half_of_the_ratios_on_solid_color_lie_where_verdicts_are_decided() -> None:
    ratios = np.array([ratio(snippet) for snippet in drawn() if snippet.ground.kind is Kind.SOLID])
    assert np.mean((ratios >= 2) & (ratios <= 7)) > 0.5
    assert ratios.min() > 1.4
    assert ratios.max() > 10


def test_near_half_of_the_texts_on_solid_color_fail() -> None:
    solid = [snippet for snippet in drawn() if snippet.ground.kind is Kind.SOLID]
    failing = np.mean([ratio(snippet) < snippet.required for snippet in solid])
    assert 0.3 < failing < 0.7


def test_every_kind_of_ground_is_drawn() -> None:
    assert {snippet.ground.kind for snippet in drawn()} == set(Kind) - {Kind.SPLIT}


def test_the_border_of_two_colors_crosses_every_split_text() -> None:
    for snippet in drawn_split():
        patch = snippet.ground.patch
        assert snippet.ground.kind is Kind.SPLIT
        assert patch is not None
        assert any(0 < edge < 1 for edge in (patch.left, patch.right, patch.top, patch.bottom))


def test_split_texts_pass_on_one_color_and_fail_on_the_other_often() -> None:
    def passes(snippet: Snippet) -> set[bool]:
        grounds = (Color("srgb", [level / 255 for level in rgb]) for rgb in snippet.ground.colors)
        text = Color("srgb", [level / 255 for level in snippet.color])
        return {text.contrast(ground, method="wcag21") >= snippet.required for ground in grounds}

    assert np.mean([len(passes(snippet)) == 2 for snippet in drawn_split()]) > 0.3
