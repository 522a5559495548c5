"""Texts as the runs of letters in them: three to five in a row, within a word and its edges, weighed by
rarity.

Catches what a vocabulary does not: misspellings, inflections, names, Welsh. A run is hashed to one of 2^18
places; TF-IDF as in Salton and Buckley 1988, with 1 + log(count) and log((1 + texts) / (1 + texts with it))
+ 1.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

LENGTHS = (3, 4, 5)
PLACES = 18  # bits
LETTERS_AT_ONCE = 400_000
MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(31))
GAP = re.compile(r"[^\w]+|_+")


def tf_idf(texts: Sequence[str]) -> "csr_array":
    """(texts, 2^18) float32: rows of length 1; empty where a text has no letters or digits."""
    from scipy.sparse import csr_array

    parts = [_counts(part) for part in _parts([_plain(text) for text in texts])]
    carried = sum((np.bincount(part.places, minlength=1 << PLACES) for part in parts), np.zeros(1 << PLACES))
    rarity = (np.log((1 + len(texts)) / (1 + carried)) + 1).astype(np.float32)
    weights = np.concatenate([np.zeros(0, np.float32), *(part.weights(rarity) for part in parts)])
    places = np.concatenate([np.zeros(0, np.int32), *(part.places for part in parts)])
    lengths = np.concatenate([np.zeros(1, np.int64), *(part.runs for part in parts)])
    return csr_array((weights, places, np.cumsum(lengths)), shape=(len(texts), 1 << PLACES))


class _Part(NamedTuple):
    """Some texts one after another: how many different runs each has, their places, how often each comes."""

    runs: NDArray[np.int64]
    places: NDArray[np.int32]
    counts: NDArray[np.float32]

    def weights(self, rarity: NDArray[np.float32]) -> NDArray[np.float32]:
        """Of each run; those of one text have a length of 1."""
        raw = (1 + np.log(self.counts)) * rarity[self.places]
        text = np.repeat(np.arange(len(self.runs)), self.runs)
        lengths = np.sqrt(np.bincount(text, raw.astype(np.float64) ** 2, minlength=len(self.runs)))
        return np.asarray(raw / lengths[text], np.float32)


def _plain(text: str) -> str:
    """Lower letters and digits, words apart by one space, a space at both ends."""
    return f" {GAP.sub(' ', unicodedata.normalize('NFKC', text).casefold()).strip()} "


def _parts(texts: list[str]) -> Iterator[list[str]]:
    """The texts in order, in parts that fit into little memory."""
    part: list[str] = []
    letters = 0
    for text in texts:
        part.append(text)
        letters += len(text)
        if letters > LETTERS_AT_ONCE:
            yield part
            part, letters = [], 0
    if part:
        yield part


def _counts(texts: list[str]) -> _Part:
    letters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    owner = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    gaps = np.concatenate([[0], np.cumsum(letters == ord(" "))])
    keys = [_runs(letters, owner, gaps, length) for length in LENGTHS if len(letters) >= length]
    found, counts = np.unique(np.concatenate([np.zeros(0, np.int64), *keys]), return_counts=True)
    runs = np.bincount(found >> PLACES, minlength=len(texts))
    return _Part(runs, (found & ((1 << PLACES) - 1)).astype(np.int32), counts.astype(np.float32))


def _runs(
    letters: NDArray[np.uint32], owner: NDArray[np.int64], gaps: NDArray[np.int64], length: int
) -> NDArray[np.int64]:
    """Owner and place of each run of a length that has a space at its edges at most."""
    windows = len(letters) - length + 1
    inside = np.flatnonzero(gaps[length - 1 : length - 1 + windows] == gaps[1 : 1 + windows])
    key = np.full(len(inside), length, np.uint64)
    for step in range(length):
        key = (key ^ letters[inside + step]) * MIX[0]
        key ^= key >> MIX[2]
    key = (key * MIX[1]) >> np.uint64(64 - PLACES)
    return (owner[inside] << PLACES) | key.astype(np.int64)
