from pathlib import Path

import pytest

from tests.mutants.mirrors import NoMirror, mirrored_tests


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in (
        "services/test_images.py",
        "services/test_images_quota.py",
        "services/test_imagination.py",
        "januslens/exports/tokens/test_real.py",
        "infra/test_deploy.py",
    ):
        file = tmp_path / "tests" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    return tmp_path


@pytest.mark.parametrize(
    ("module", "tests"),
    [
        ("chalicelib/services/images.py", ("tests/services/test_images.py", "tests/services/test_images_quota.py")),
        (
            "chalicelib/services/email/images.py",
            ("tests/services/test_images.py", "tests/services/test_images_quota.py"),
        ),
        ("chalicelib/services/projects.py", ("tests/services",)),
        ("januslens/exports/tokens/css.py", ("tests/januslens/exports/tokens",)),
        ("infra/deploy/keys.py", ("tests/infra/test_deploy.py",)),
        ("infra/stages.py", ("tests/infra",)),
    ],
)
def test_the_nearest_tests_are_those_of_a_module(module: str, tests: tuple[str, ...], project: Path) -> None:
    assert mirrored_tests(Path(module), project) == tuple(map(Path, tests))


def test_a_module_without_tests_has_no_mirror(project: Path) -> None:
    with pytest.raises(NoMirror, match=r"chalicelib/storage/users\.py"):
        mirrored_tests(Path("chalicelib/storage/users.py"), project)
