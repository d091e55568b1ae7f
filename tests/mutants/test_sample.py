from pathlib import Path

import pytest

from tests.mutants import accepted
from tests.mutants.operators import Module
from tests.mutants.sample import Mutant, draw, modules_of

SOURCE = '''
def charge(account: str | None, cents: int) -> dict[str, int]:
    """Charge an account."""
    if cents <= 0:
        raise ValueError("nothing to charge")
    audit(account)
    return {"cents": cents, "fee": 3}
'''
MODULE = Path("chalicelib/services/charges.py")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / MODULE).parent.mkdir(parents=True)
    (tmp_path / MODULE).write_text(SOURCE)
    return tmp_path


def planted(line: int) -> set[str]:
    """The forms that a line of SOURCE, counted from 1, takes in its mutants."""
    module = Module(SOURCE)
    return {module.plant(found).splitlines()[line - 1].strip() for found in module.mutations if found.line == line}


def test_conditions_are_fixed_and_their_limits_moved() -> None:
    assert planted(4) == {
        "if cents < 0:",
        "if cents <= 1:",
        "if (cents <= 0) and False:",
        "if (cents <= 0) or True:",
    }


def test_calls_for_their_effect_are_dropped() -> None:
    assert planted(6) == {"pass", "audit(None)"}


def test_elements_are_dropped_and_keys_changed() -> None:
    assert planted(7) >= {
        'return {"fee": 3}',
        'return {"cents": cents, }',
        'return {"cents": cents, "XXfeeXX": 3}',
        'return {"cents": cents, "fee": 4}',
    }


def test_annotations_and_sentences_stay_as_they_are() -> None:
    assert planted(2) == set()
    assert not any("XX" in line for line in planted(5))


def test_the_same_seed_draws_the_same_mutants_each_on_its_own_line(project: Path) -> None:
    drawn = draw([MODULE], project, 3, "1")
    assert drawn == draw([MODULE], project, 3, "1")
    assert len({mutant.line for mutant in drawn}) == 3


def test_a_target_is_a_package_or_a_module(project: Path) -> None:
    assert modules_of("services", project) == [MODULE]
    assert modules_of("chalicelib/services/charges.py", project) == [MODULE]
    (project / "januslens/services").mkdir(parents=True)
    (project / "januslens/services/charges.py").write_text(SOURCE)
    assert modules_of("services", project) == [Path("januslens/services/charges.py")]
    with pytest.raises(FileNotFoundError, match="no package or module storage"):
        modules_of("storage", project)


def test_an_accepted_mutant_is_known_by_its_text() -> None:
    mutant = Mutant(MODULE, 6, "drop_call", SOURCE, SOURCE.replace("audit(account)", "pass"))
    assert accepted.key(mutant) == ("chalicelib/services/charges.py", "audit(account)", "pass")


def test_every_accepted_survivor_is_still_in_the_code() -> None:
    project = Path(__file__).parents[2]
    for survivor in accepted.read():
        source = " ".join((project / survivor.module).read_text().split())
        assert " ".join(survivor.before.split()) in source, survivor


@pytest.mark.parametrize(
    "source", ["if TYPE_CHECKING:\n    LIMIT = 3\n", "class Charge(Struct, frozen=True):\n    cents: int\n"]
)
def test_what_only_a_type_checker_reads_is_not_mutated(source: str) -> None:
    assert Module(source).mutations == []
