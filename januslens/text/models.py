"""The networks that find and read text: PP-OCR's, as ONNX files (Apache-2.0).

They are in the `rapidocr` wheel, none of whose code is used. Their input is as in PaddleOCR's own pre-processing.
"""

import importlib.util
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray


class ModelMissing(RuntimeError):
    """A model's file is not installed."""


def open_model(name: str) -> onnxruntime.InferenceSession:
    """Load a network; raises ModelMissing if its file is not installed."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # errors only: a warning a shape is no news to an operator
    return onnxruntime.InferenceSession(model_path(name), options, providers=["CPUExecutionProvider"])


def network_input(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return pixels (height, width, 3) as the networks take them: BGR from -1 to 1, shape (1, 3, height, width)."""
    levels = pixels[..., ::-1].transpose(2, 0, 1)[None].astype(np.float32, order="C")
    levels /= 127.5
    levels -= 1
    return levels


def model_path(name: str) -> Path:
    """Return where a model's file is; raises ModelMissing if it is not installed."""
    package = importlib.util.find_spec("rapidocr")
    for location in (package and package.submodule_search_locations) or ():
        path = Path(location, "models", name)
        if path.is_file():
            return path
    raise ModelMissing(f"{name} is not installed: pip install --no-deps -r requirements-models.txt")
