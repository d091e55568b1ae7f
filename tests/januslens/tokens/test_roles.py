"""Roles of observations built by hand: which color has a role, and with what confidence, where evidence disagrees."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from januslens.color.notation import Rgb
from januslens.decode.geometry import Box
from januslens.layout.control import Control, Kind, Observations
from januslens.raster.indexed_image import IndexedImage
from januslens.text.run import Backdrop, Foreground, Size, TextRun
from januslens.tokens.color import ObservedColor
from januslens.tokens.roles import find_roles

WHITE, CREAM, MIST, BLACK = (255, 255, 255), (252, 250, 244), (238, 241, 245), (0, 0, 0)
INK, SLATE, SILVER = (32, 38, 46), (107, 116, 128), (170, 176, 184)
BLUE, VIOLET = (31, 95, 191), (122, 63, 176)  # OKLCH hues 259 and 305, those of no state
RED, AMBER, GREEN, CYAN = (196, 48, 43), (240, 160, 32), (26, 143, 60), (13, 202, 240)  # 27, 72, 148, 218
ANYWHERE = Box(0, 0, 80, 20)

Found = dict[str, tuple[Rgb, object]]


def fill(color: Rgb, share: float = 0.1, observed_as: tuple[str, ...] = ("fill",)) -> ObservedColor:
    return ObservedColor(color, share, observed_as)


def line(color: Rgb, share: float) -> ObservedColor:
    return ObservedColor(color, share, ("line",))


def words(
    color: Rgb, ground: Rgb, letters: int = 10, *, proven: bool = True, backdrop: Backdrop = Backdrop.FLAT
) -> TextRun:
    return TextRun(
        box=ANYWHERE,
        foreground=Foreground(color, color, color if proven else BLACK),
        background=ground,
        backgrounds=(ground, ground),
        backdrop=backdrop,
        letters=letters,
        size=Size(16, 15, 17),
        stem=1.5,
        core=(5, 15),
        baseline=15,
        monospaced=False,
    )


def control(
    kind: Kind, color: Rgb, border: Rgb | None = None, labels: Sequence[TextRun] = (), width: int = 80
) -> Control:
    return Control(kind, Box(0, 0, width, 20), color, border, WHITE, tuple(labels))


def picture(inside: Rgb, right: Rgb, bottom: Rgb) -> IndexedImage:
    """Ten by ten pixels of one color but for the last column and, from corner to corner, the last row."""
    pixels = np.full((10, 10, 3), inside, np.uint8)
    pixels[:, -1], pixels[-1] = right, bottom
    return IndexedImage.of(pixels, 1)


BLANK = picture(WHITE, WHITE, WHITE)


def found(
    observed: Sequence[ObservedColor],
    runs: Sequence[TextRun] = (),
    controls: Sequence[Control] = (),
    *,
    flat: IndexedImage = BLANK,
    raised: Mapping[Rgb, float] | None = None,
) -> Found:
    """Every role with its color and the confidence in it."""
    roles = find_roles(flat, observed, Observations(runs, controls), raised=raised or {})
    return {role.name: (role.color, pytest.approx(role.confidence)) for role in roles}


def test_the_page_is_what_most_of_the_right_and_lower_edge_shows() -> None:
    observed = [fill(INK, 0.81), fill(WHITE, 0.1), fill(MIST, 0.09)]
    flat = picture(inside=INK, right=MIST, bottom=WHITE)
    assert found(observed, flat=flat)["page"] == (WHITE, 11 / 20)  # the corner is the lower edge's in both


def test_what_fills_nothing_is_no_page() -> None:
    flat = picture(inside=WHITE, right=MIST, bottom=SILVER)
    assert found([fill(MIST, 0.09), line(SILVER, 0.1)], flat=flat)["page"] == (MIST, 1)


def test_what_is_not_at_the_edge_is_no_page() -> None:
    assert "page" not in found([fill(WHITE, 0.8)], flat=picture(WHITE, MIST, SILVER))
    assert "page" not in found([fill(CREAM, 0.8)])  # a color that sampling has left out of the picture


def test_the_surface_is_what_else_most_text_stands_on() -> None:
    observed = [fill(WHITE, 0.5), fill(CREAM, 0.2), fill(MIST, 0.1)]
    runs = [words(INK, WHITE, 90), words(INK, CREAM, 12), words(INK, MIST, 8), words(INK, MIST, 10)]
    assert found(observed, runs)["surface"] == (MIST, 18 / 30)


@pytest.mark.parametrize(
    ("ground", "surface"),
    [
        (fill(CREAM, 0.03), CREAM),
        (fill(CREAM, 0.029), None),  # a badge or a button
        (line(CREAM, 0.2), None),
    ],
)
def test_a_surface_fills_three_hundredths_of_the_image(ground: ObservedColor, surface: Rgb | None) -> None:
    roles = found([fill(WHITE, 0.5), ground], [words(INK, CREAM), words(INK, WHITE)])
    assert roles.get("surface", (None, 0))[0] == surface


def test_without_a_page_there_is_no_surface() -> None:
    assert "surface" not in found([fill(CREAM, 0.5)], [words(INK, CREAM)])


def test_a_raised_surface_is_the_gray_that_fills_most_of_what_casts_a_shadow() -> None:
    raised = {CREAM: 300.0, MIST: 500.0, BLUE: 9000.0}  # a floating button is no surface
    assert found([fill(CREAM), fill(MIST), fill(BLUE)], raised=raised)["surface-raised"] == (MIST, 5 / 8)


def test_text_is_the_color_of_most_letters() -> None:
    observed = [fill(WHITE), fill(INK), fill(SLATE)]
    runs = [words(SLATE, WHITE, 20), words(INK, WHITE, 15), words(INK, WHITE, 15)]
    assert found(observed, runs)["text"] == (INK, 30 / 50)


def test_of_colors_with_as_many_letters_one_is_chosen_whatever_their_order() -> None:
    runs = [words(INK, WHITE), words(SLATE, WHITE)]
    observed = [fill(INK), fill(SLATE)]
    assert found(observed, runs)["text"] == found(observed, runs[::-1])["text"] == (SLATE, 1 / 2)


@pytest.mark.parametrize(
    ("run", "counts"),
    [
        (words(SLATE, WHITE, 3), True),
        (words(SLATE, WHITE, 2), False),  # a bullet, a dot of an i
        (words(SLATE, WHITE, 30, backdrop=Backdrop.GRADIENT), False),
        (words(SLATE, WHITE, 30, backdrop=Backdrop.IMAGE), False),
    ],
)
def test_words_have_three_strokes_and_a_flat_backdrop(run: TextRun, counts: bool) -> None:
    assert ("text" in found([fill(SLATE)], [run])) is counts


def test_a_role_is_an_observed_color() -> None:
    assert found([fill(WHITE)], [words(INK, WHITE)]).keys() == {"page"}


@pytest.mark.parametrize(("letters", "muted"), [(6, SILVER), (5, None)])  # of 200
def test_muted_text_has_three_hundredths_of_the_letters(letters: int, muted: Rgb | None) -> None:
    roles = found([fill(INK), fill(SILVER)], [words(INK, WHITE, 200 - letters), words(SILVER, WHITE, letters)])
    assert roles.get("text-muted", (None, 0))[0] == muted


def test_muted_text_is_most_of_the_gray_letters_that_stand_out_less() -> None:
    observed = [fill(color) for color in (INK, SLATE, SILVER, BLACK, BLUE)]
    runs = [
        words(INK, WHITE, 50),
        words(BLACK, WHITE, 40),  # stands out more
        words(BLUE, WHITE, 45),  # a link
        words(SLATE, WHITE, 18),
        words(SILVER, WHITE, 6),
    ]
    assert found(observed, runs)["text-muted"] == (SLATE, 18 / 24)


def test_muted_text_stands_out_less_than_text_would_on_its_own_ground() -> None:
    observed = [fill(INK), fill(SILVER)]
    assert "text-muted" not in found(observed, [words(INK, WHITE, 20), words(SILVER, BLACK, 10)])


@pytest.mark.parametrize(
    ("kind", "primary", "confidence"),
    [
        (Kind.BUTTON, BLUE, 3 / 3.5),
        (Kind.LINK, BLUE, 1 / 1.5),
        (Kind.FIELD, BLUE, 1 / 1.5),
        (Kind.BOX, BLUE, 1 / 1.5),
        (Kind.ICON, VIOLET, 0.5 / 0.8),  # an icon's 0.3 is less than an area's 0.5
    ],
)
def test_what_a_control_says_of_the_primary_color(kind: Kind, primary: Rgb, confidence: float) -> None:
    observed = [line(BLUE, 0.1), fill(VIOLET)]
    assert found(observed, controls=[control(kind, BLUE)])["primary"] == (primary, pytest.approx(confidence))


def test_a_border_speaks_for_the_primary_color_as_a_link_does() -> None:
    roles = found([line(BLUE, 0.1), fill(VIOLET)], controls=[control(Kind.FIELD, WHITE, border=BLUE)])
    assert roles["primary"] == (BLUE, 1 / 1.5)


@pytest.mark.parametrize(("proven", "confidence"), [(True, 0.5 / 1.5), (False, None)])
def test_letters_speak_for_it_where_their_color_is_proven(proven: bool, confidence: float | None) -> None:
    observed, link = [line(BLUE, 0.1), line(VIOLET, 0.1)], control(Kind.LINK, BLUE)
    roles = found(observed, [words(VIOLET, WHITE, proven=proven)], [link])
    assert roles["primary"] == (BLUE, 1 / 1.5 if proven else 1)
    assert roles.get("accent", (None, None))[0] == (VIOLET if proven else None)
    assert confidence is None or roles["accent"] == (VIOLET, 1)


def test_a_color_counts_once_for_every_way_in_which_it_is_used() -> None:
    observed = [fill(BLUE), line(VIOLET, 0.1)]
    runs = [words(BLUE, WHITE)]
    controls = [control(Kind.LINK, BLUE), control(Kind.BUTTON, VIOLET)]
    assert found(observed, runs, controls)["primary"] == (BLUE, 3 * (1 + 0.5 + 0.5) / (6 + 3))


def test_uses_of_one_kind_add_up() -> None:
    observed = [line(BLUE, 0.1), line(VIOLET, 0.1)]
    controls = [control(Kind.BUTTON, BLUE), *[control(Kind.LINK, VIOLET)] * 4]
    assert found(observed, controls=controls)["primary"] == (VIOLET, 4 / 7)


def test_only_the_two_hundred_most_frequent_fills_count() -> None:
    grays = [fill((level, level, level)) for level in range(199)]
    assert found([*grays, fill(BLUE)])["primary"] == (BLUE, 1)
    assert "primary" not in found([*grays, fill(CREAM), fill(BLUE)])


@pytest.mark.parametrize(("color", "vivid"), [((22, 18, 67), False), ((123, 128, 188), True)])  # chroma 0.089 and 0.091
def test_the_primary_color_is_vivid(color: Rgb, vivid: bool) -> None:
    assert ("primary" in found([fill(color)], controls=[control(Kind.BUTTON, color)])) is vivid


@pytest.mark.parametrize(("color", "weight"), [(RED, 0.4), (AMBER, 0.4), (GREEN, 0.4), (CYAN, 1.0)])
def test_red_yellow_and_green_count_less_beside_another_color(color: Rgb, weight: float) -> None:
    observed = [line(BLUE, 0.1), line(color, 0.1)]
    controls = [control(Kind.BUTTON, BLUE), *[control(Kind.BUTTON, color)] * 2]
    chosen = {0.4: (BLUE, 3 / 5.4), 1.0: (color, 6 / 9)}[weight]
    assert found(observed, controls=controls)["primary"] == chosen


def test_where_all_buttons_are_of_such_colors_most_of_them_say_the_primary_color() -> None:
    observed = [line(color, 0.1) for color in (RED, GREEN, BLUE)]
    controls = [*[control(Kind.BUTTON, GREEN)] * 2, control(Kind.BUTTON, RED), *[control(Kind.LINK, BLUE)] * 4]
    assert found(observed, controls=controls)["primary"] == (GREEN, pytest.approx(6 / (6 + 0.4 * 3 + 4)))


def test_links_are_the_color_of_most_of_their_width() -> None:
    observed = [line(BLUE, 0.1), line(VIOLET, 0.1)]
    links = [control(Kind.LINK, BLUE, width=100), *[control(Kind.LINK, VIOLET, width=40)] * 2]
    roles = found(observed, controls=[*links, control(Kind.BUTTON, VIOLET, width=900)])
    assert roles["link"] == (BLUE, 100 / 180)


def test_the_border_is_that_of_most_fields() -> None:
    observed = [line(SILVER, 0.01), line(SLATE, 0.02), line(INK, 0.5)]
    borders = (SILVER, SLATE, SILVER, None)
    controls = [control(Kind.FIELD, WHITE, border) for border in borders]
    controls += [control(Kind.BUTTON, WHITE, SLATE)] * 5
    assert found(observed, controls=controls)["border"] == (SILVER, 2 / 3)


def test_without_fields_the_border_is_most_of_the_lines_that_are_gray() -> None:
    observed = [line(SILVER, 0.01), line(SLATE, 0.03), fill(INK, 0.6, ("fill", "line")), line(BLUE, 0.2)]
    assert found(observed, controls=[control(Kind.FIELD, WHITE)])["border"] == (SLATE, 0.03 / 0.04)


STATE_HUES = [  # colors 0.3 degrees inside and outside both ends of a state's OKLCH hues, by coloraide
    ((221, 45, 103), None),
    ((229, 55, 108), "danger"),
    ((209, 85, 27), "danger"),
    ((236, 110, 55), None),
    ((237, 128, 34), None),
    ((198, 115, 50), "warning"),
    ((131, 131, 11), "warning"),
    ((132, 133, 2), None),
    ((143, 177, 96), None),
    ((123, 176, 15), "success"),
    ((19, 176, 121), "success"),
    ((61, 184, 134), None),
    ((2, 166, 166), None),
    ((6, 182, 183), "info"),
    ((1, 169, 233), "info"),
    ((0, 134, 187), None),
]


@pytest.mark.parametrize(("color", "state"), STATE_HUES)
def test_states_have_the_usual_hues(color: Rgb, state: str | None) -> None:
    roles = found([line(VIOLET, 0.1), fill(color)], controls=[control(Kind.BUTTON, VIOLET)] * 2)
    assert {name for name in roles if roles[name][0] == color} == {state or "accent"}


def test_of_a_states_hue_the_most_used_is_the_states_color_and_the_primary_color_is_none() -> None:
    crimson = (220, 53, 69)
    observed = [fill(color) for color in (RED, crimson, BLUE)]
    controls = [control(Kind.BUTTON, BLUE), control(Kind.BUTTON, BLUE), control(Kind.ICON, crimson)]
    assert found(observed, controls=controls)["danger"] == (crimson, 0.8 / 1.3)
    alone = found([fill(RED), fill(crimson)], controls=[control(Kind.BUTTON, RED)])
    assert (alone["primary"][0], alone["danger"]) == (RED, (crimson, 1))


@pytest.mark.parametrize(("color", "accent"), [((92, 51, 227), None), ((97, 67, 222), (97, 67, 222))])
def test_the_accent_is_25_degrees_of_hue_from_the_primary_color(color: Rgb, accent: Rgb | None) -> None:
    roles = found([fill(BLUE), fill(color)], controls=[control(Kind.BUTTON, BLUE)])  # 24.7 and 25.3 degrees from it
    assert roles.get("accent", (None, 0))[0] == accent


def test_the_accent_is_no_links_color() -> None:
    observed = [fill(BLUE), fill(VIOLET)]
    controls = [control(Kind.BUTTON, BLUE), control(Kind.LINK, VIOLET)]
    assert "accent" not in found(observed, controls=controls)


def test_the_accent_is_used_in_the_most_ways() -> None:
    pink, plum = (214, 51, 132), (150, 40, 140)
    observed = [fill(BLUE), fill(pink), line(plum, 0.1)]
    controls = [control(Kind.BUTTON, BLUE)] * 4 + [control(Kind.ICON, pink), control(Kind.LINK, BLUE)]
    controls += [control(Kind.ICON, plum)] * 4
    assert found(observed, controls=controls)["accent"] == (pink, 0.8 * 2 / (0.8 * 2 + 1.2))


def test_text_on_a_vivid_color_is_most_of_the_letters_there() -> None:
    observed = [fill(color) for color in (WHITE, CREAM, BLUE, RED)]
    runs = [
        words(WHITE, BLUE, 12),
        words(CREAM, BLUE, 3),
        words(CREAM, RED, 4),
        words(WHITE, VIOLET, 40),
        words(CREAM, WHITE, 90),
    ]
    roles = found(observed, runs, [control(Kind.BUTTON, BLUE)])
    assert roles["text-on-primary"] == (WHITE, 12 / 15)
    assert roles["text-on-danger"] == (CREAM, 1)
    assert "text-on-warning" not in roles


GRAY_3_03, GRAY_2_99 = (148, 148, 148), (149, 149, 149)  # contrast ratios to white, by WebAIM's checker


@pytest.mark.parametrize(
    ("button", "label", "disabled"),
    [
        (WHITE, words(GRAY_2_99, WHITE), True),
        (WHITE, words(GRAY_3_03, WHITE), False),
        (WHITE, words(CYAN, WHITE), False),  # faint, but vivid
        (CYAN, words(GRAY_2_99, WHITE), False),
    ],
)
def test_a_disabled_button_is_gray_with_a_faint_gray_label(button: Rgb, label: TextRun, disabled: bool) -> None:
    observed = [fill(label.foreground.color)]
    roles = found(observed, controls=[control(Kind.BUTTON, button, labels=[label])])
    assert roles.get("disabled") == ((label.foreground.color, 1) if disabled else None)


def test_only_buttons_are_disabled_and_most_of_their_letters_say_how() -> None:
    lighter = (190, 190, 190)
    observed = [fill(GRAY_2_99), fill(lighter), fill(SILVER)]
    controls = [
        control(Kind.BUTTON, WHITE, labels=[words(GRAY_2_99, WHITE, 4), words(lighter, WHITE, 5)]),
        control(Kind.BUTTON, WHITE, labels=[words(GRAY_2_99, WHITE, 2)]),
        control(Kind.FIELD, WHITE, labels=[words(SILVER, WHITE, 40)]),
    ]
    assert found(observed, controls=controls)["disabled"] == (GRAY_2_99, 6 / 11)


def test_roles_come_in_the_order_in_which_people_look_for_them() -> None:
    observed = [fill(color) for color in (WHITE, CREAM, MIST, INK, SLATE, SILVER, BLUE, VIOLET, RED, GREEN)]
    runs = [words(INK, WHITE, 60), words(SLATE, CREAM, 20), *(words(WHITE, on) for on in (BLUE, RED, GREEN, VIOLET))]
    controls = [
        *[control(Kind.BUTTON, BLUE)] * 3,
        control(Kind.LINK, BLUE),
        control(Kind.FIELD, WHITE, SLATE),
        control(Kind.BUTTON, MIST, labels=[words(SILVER, MIST)]),
    ]
    assert list(found(observed, runs, controls, raised={MIST: 1.0})) == [
        *("page", "surface", "surface-raised", "text", "text-muted", "link", "border"),
        *("primary", "text-on-primary", "danger", "text-on-danger", "success", "text-on-success"),
        *("accent", "text-on-accent", "disabled"),
    ]
