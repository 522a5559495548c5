"""The arrays that texts become."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Vectors = NDArray[np.float32]  # (texts, dimensions)


@dataclass(frozen=True, slots=True)
class Embedder:
    """What makes vectors of texts. model: its name for records. sha256: of its file.

    embed: texts to (texts, dimensions), each by itself, so that a text's vector never depends on its company.
    """

    model: str
    sha256: str
    embed: Callable[[Sequence[str]], Vectors]
