from pathlib import Path

import pytest

from benchmarks.pages.held_out import LIST, Shot, read_shots
from benchmarks.pages.sentences import script_of

PACKAGE = """
[[package]]
name = "@scope/some"
version = "1.0.0"
license = "MIT"
integrity = "sha512-"
base = "dist"
"""


def shots(tmp_path: Path, view: str) -> list[Shot]:
    path = tmp_path / "pages.toml"
    path.write_text(f'{PACKAGE}[package.pages]\n"{view}" = ["a/form.html?theme=x"]\n')
    return [*read_shots(path)]


def test_a_view_is_a_width_a_scale_and_words(tmp_path: Path) -> None:
    (shot,) = shots(tmp_path, "412@2.625 lcd dark hi")
    assert (shot.width, shot.height, shot.scale) == (412, 915, 2.625)
    assert shot.languages == ("hi",)
    assert shot.name == "scope-some--a-form-theme-x-lcd-dark-hi-412@2.625"


def test_a_view_without_words_has_a_whole_scale_in_its_name(tmp_path: Path) -> None:
    assert shots(tmp_path, "1280@1")[0].name == "scope-some--a-form-theme-x-1280@1"


def test_a_view_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not WIDTH@SCALE"):
        shots(tmp_path, "1280x800")


@pytest.mark.parametrize("file", ["held_out.toml", "systems.toml", "scripts.toml"])
def test_every_shot_of_a_list_has_a_name_of_its_own(file: str) -> None:
    names = [shot.name for shot in read_shots(LIST.with_name(file))]
    assert len(set(names)) == len(names)


def test_pages_in_other_scripts_are_at_least_sixty_in_all_nine_of_them() -> None:
    languages = [language for shot in read_shots(LIST.with_name("scripts.toml")) for language in shot.languages]
    assert len(languages) >= 60
    assert set(languages) == {"zh", "ja", "ko", "hi", "ar", "he", "th", "ru", "el"}
    assert {script_of(language).name for language in set(languages)} >= {"han", "devanagari", "greek"}
