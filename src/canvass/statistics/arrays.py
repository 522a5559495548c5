"""Names for the shapes that the room passes around."""

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Integers = NDArray[np.int64]
type Codes = NDArray[np.integer]
type Booleans = NDArray[np.bool_]
