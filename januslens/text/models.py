"""The neural networks for text detection and recognition: PP-OCR models as ONNX files (Apache-2.0).

They are part of the `rapidocr` wheel, none of whose code is used. Their input follows PaddleOCR's own pre-processing.
"""

import importlib.util
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray


class ModelMissing(RuntimeError):
    """The file of a neural network for text is not installed; the message says how to install it."""


def open_model(name: str) -> onnxruntime.InferenceSession:
    """Load one of the networks for text, by file name, for inference on the CPU; it is not cached.

    Raises ModelMissing if it is not installed.
    """
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # errors only: the warnings about shapes do not help an operator
    for pool in ("intra_op", "inter_op"):  # else threads without work wait in a loop, which takes CPU time from others
        options.add_session_config_entry(f"session.{pool}.allow_spinning", "0")
    return onnxruntime.InferenceSession(model_path(name), options, providers=["CPUExecutionProvider"])


def network_input(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Convert RGB pixels (height, width, 3) to the input of both networks, at the same size.

    The result is BGR from -1 to 1, shape (1, 3, height, width).
    """
    levels = pixels[..., ::-1].transpose(2, 0, 1)[None].astype(np.float32, order="C")
    levels /= 127.5
    levels -= 1
    return levels


def model_path(name: str) -> Path:
    """Return the path of a network's file, by its name, in the installed `rapidocr` package.

    Raises ModelMissing if it is not installed.
    """
    package = importlib.util.find_spec("rapidocr")
    for location in (package and package.submodule_search_locations) or ():
        path = Path(location, "models", name)
        if path.is_file():
            return path
    raise ModelMissing(f"{name} is not installed: pip install --no-deps -r requirements-models.txt")
