"""No habit of language that we avoid spreads: the baseline holds today's counts and may only shrink."""

import pytest

from tests import language


@pytest.fixture(scope="module")
def risen() -> dict[str, int]:
    """By how much each habit has risen above the baseline; a negative number is by how much it has fallen."""
    today, allowed = language.counts(), language.baseline()
    return {
        f"{audience}: {habit}": found[habit] - allowed[audience][habit]
        for audience, found in today.items()
        for habit in found | allowed[audience]
    }


def test_no_habit_has_become_more_frequent(risen: dict[str, int]) -> None:
    """`python -m tests.language` prints the places."""
    assert {habit: by for habit, by in risen.items() if by > 0} == {}


def test_the_baseline_is_as_low_as_it_can_be(risen: dict[str, int]) -> None:
    """`python -m tests.language --lower` lowers it."""
    assert {habit: by for habit, by in risen.items() if by < 0} == {}


@pytest.mark.parametrize(
    ("habit", "text"),
    [
        ("an X a Y", "a report as a table, a row a check"),
        ("an X a Y", "device pixels a CSS pixel"),
        ("goes on", "what goes on here"),
        ("good for", "a link that is good once"),
        ("told of, told to", "Return what is told of a user."),
        ("whoever", "Whoever reads this"),
        ("all that belongs", "all that belongs to the account"),
        ("is over", "a session that is over"),
        ("stands", "the text that stands there"),
        ("anew, begun again", "is made anew"),
        ("that would do, that there is", "the nearest colors that would do"),
    ],
)
def test_a_habit_is_found(habit: str, text: str) -> None:
    assert language.HABITS[habit].search(text)


@pytest.mark.parametrize(
    "text",
    [
        "one row per check",
        "a color of a picture, in a frame, as a file",
        "the ratio is over the limit",
        "the letter stands for a hue",
        "Return the user with this email, or None.",
        "ten times a second",
    ],
)
def test_plain_english_is_left_alone(text: str) -> None:
    assert [habit for habit, pattern in language.HABITS.items() if pattern.search(text)] == []
