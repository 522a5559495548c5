"""Where answers to one question lie: near each other when they say alike things.

Each answer is two blocks of numbers side by side: what it means (an embedding, less the mean of all, because
everybody answers the same question) and its runs of letters (TF-IDF, turned to its main directions). The
product of two rows is their likeness, about 1 for the same text and 0 for texts that share nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from canvass.words.arrays import Embedder, Vectors
from canvass.words.embedding import TABLE
from canvass.words.ngrams import tf_idf
from canvass.words.one_thread import one_thread

if TYPE_CHECKING:
    from scipy.sparse import csr_array

MEANING, LETTERS = 0.6, 0.4  # of a likeness (bench/words)
DIRECTIONS = 256  # of the letters
LANDMARKS = 1024  # answers, evenly spaced, that the letters' directions are found from where there are more
LEAST = 1e-6  # an eigenvalue below this part of the largest is noise
ROWS = 4096  # at once


@dataclass(frozen=True, slots=True)
class Space:
    """features: (answers, dimensions), in the order of the texts. model, sha256: of the embedder."""

    features: Vectors
    model: str
    sha256: str

    def likeness(self, some: Sequence[int], others: Sequence[int]) -> Vectors:
        """(some, others): the product of their rows."""
        return self.features[list(some)] @ self.features[list(others)].T


def space(texts: Sequence[str], embedder: Embedder = TABLE) -> Space:
    """The space of these texts: same texts in the same order, same bytes. Raises TableDamaged."""
    with one_thread():
        meaning = _unit(_centred(embedder.embed(texts))) * np.float32(MEANING**0.5)
        letters = _main_directions(tf_idf(texts)) * np.float32(LETTERS**0.5)
    return Space(np.hstack([meaning, letters]), embedder.model, embedder.sha256)


def _centred(vectors: Vectors) -> Vectors:
    """Less the mean of all that have a vector; a text without one stays without."""
    some = vectors.any(axis=1)
    if not some.any():
        return vectors
    mean = vectors[some].mean(axis=0, dtype=np.float64).astype(np.float32)
    return np.where(some[:, None], vectors - mean, np.float32(0))


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None]
    found: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > LEAST)
    return found


def _main_directions(rows: "csr_array") -> Vectors:
    """Coordinates of rows on the main directions of landmarks among them (Nystroem); exact where all are."""
    count = rows.shape[0]
    marks = np.unique(np.linspace(0, max(count - 1, 0), min(count, LANDMARKS)).astype(np.int64))
    landmarks = rows[marks]
    values, directions = np.linalg.eigh((landmarks @ landmarks.T).toarray().astype(np.float64))
    order = np.argsort(values)[::-1][:DIRECTIONS]
    order = order[values[order] > LEAST * max(values.max(initial=0.0), LEAST)]
    base = (_pointed(directions[:, order]) / np.sqrt(values[order])).astype(np.float32)
    found = np.zeros((count, len(order)), np.float32)
    for first in range(0, count, ROWS):
        found[first : first + ROWS] = (rows[first : first + ROWS] @ landmarks.T).toarray() @ base
    return found


def _pointed(directions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each column with its largest entry positive: an eigenvector's sign is nobody's choice."""
    if not directions.size:
        return directions
    largest = np.abs(directions).argmax(axis=0)
    found: NDArray[np.float64] = directions * np.sign(directions[largest, np.arange(directions.shape[1])])
    return found
