import hashlib
import importlib.util
from pathlib import Path

import numpy as np
import pytest

from januslens.text import detector, recognizer
from januslens.text.models import ModelMissing, model_path, network_input, open_model

DECISION = Path(__file__).parents[3] / "docs/adr/0021-keep-the-detector-in-floating-point.md"
NAMES = [detector.MODEL, recognizer.MODEL]


@pytest.mark.parametrize("name", NAMES)
def test_both_models_are_in_the_wheel(name: str) -> None:
    assert model_path(name).is_file()
    assert model_path(name).name == name


def test_the_detector_is_the_network_that_the_accuracy_was_measured_with() -> None:
    digest = hashlib.sha256(model_path(detector.MODEL).read_bytes()).hexdigest()
    assert f"`{digest}`" in DECISION.read_text()


@pytest.mark.parametrize("name", [*NAMES, "other.onnx"])
def test_a_model_that_is_not_installed_is_named_with_the_remedy(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda package: None)
    with pytest.raises(ModelMissing, match=rf"{name}.*requirements-models\.txt"):
        open_model(name)


def test_a_wheel_without_the_model_is_as_good_as_none() -> None:
    with pytest.raises(ModelMissing, match=r"PP-OCRv9\.onnx"):
        model_path("PP-OCRv9.onnx")


@pytest.mark.parametrize("pool", ["intra_op", "inter_op"])
@pytest.mark.parametrize("name", NAMES)
def test_threads_without_work_sleep(name: str, pool: str) -> None:
    options = open_model(name).get_session_options()
    assert options.get_session_config_entry(f"session.{pool}.allow_spinning") == "0"


def test_a_network_sees_blue_first_and_levels_from_minus_1_to_1() -> None:
    seen = network_input(np.array([[[255, 0, 51], [0, 255, 204]]], np.uint8))
    assert seen.shape == (1, 3, 1, 2)
    assert seen.ravel().tolist() == pytest.approx([-0.6, 0.6, -1, 1, 1, -1])
