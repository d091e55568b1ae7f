from copy import replace

import pytest

from chalicelib.model.images import ImageStatus, ImageSummary
from chalicelib.services.design_systems import NothingAnalyzed
from tests.fakes.wiring import FakeServices
from tests.services.results import EXTENSION, OWNER, analyzed, tokens


def test_the_tokens_of_named_images_are_merged_once_each(services: FakeServices) -> None:
    image = analyzed(services, document=tokens(a=("#112233", 0.1)))
    merged = services.design_systems.merged(OWNER, [image.key.image_id] * 2)
    (token,) = [token for name, token in merged["color"]["observed"].items() if not name.startswith("$")]
    assert token["$extensions"][EXTENSION]["screens"] == 1


def test_a_project_has_the_tokens_of_its_analyzed_images(services: FakeServices) -> None:
    analyzed(services, document=tokens(a=("#112233", 0.1)))
    without = analyzed(services, document=tokens(b=("#445566", 0.1)))
    services.adapters.images.stored[without.key] = replace(without, summary=ImageSummary(1, 1, {}, None))
    unfinished = analyzed(services, document=tokens(c=("#778899", 0.1)))
    services.adapters.images.stored[unfinished.key] = replace(unfinished, status=ImageStatus.QUEUED)
    merged = services.design_systems.of_project(OWNER)
    assert "#112233" in str(merged)
    assert not {"#445566", "#778899"} & set(str(merged).split("'"))


def test_a_project_without_tokens_has_no_design_system(services: FakeServices) -> None:
    with pytest.raises(NothingAnalyzed):
        services.design_systems.of_project(OWNER)


def test_a_project_has_the_tokens_of_its_fifty_newest_images(services: FakeServices) -> None:
    analyzed(services, document=tokens(a=("#112233", 0.1)))
    for _ in range(50):
        analyzed(services, document=tokens(b=("#445566", 0.1)))
    assert "#112233" not in str(services.design_systems.of_project(OWNER))


@pytest.mark.parametrize(("visible", "changes"), [(1.0, 1), (50.0, 0)])
def test_a_difference_counts_from_what_is_visible(services: FakeServices, visible: float, changes: int) -> None:
    before = analyzed(services, document=tokens(a=("#112233", 0.1)))
    after = analyzed(services, document=tokens(a=("#223344", 0.1)))
    drift = services.design_systems.drift(OWNER, [before.key.image_id], [after.key.image_id], visible)
    assert len(drift) == changes
