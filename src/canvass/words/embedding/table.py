"""The shipped table and what it makes of texts."""

import hashlib
import io
from collections.abc import Sequence
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from canvass.words.arrays import Embedder, Vectors
from canvass.words.embedding.wordpiece import WordPiece

SHA256 = "54871b451ed2fa240d2d3dc0bfd2371eac1a7e4f163b1a034d5ae38748354621"
FILE = Path(__file__).with_name("table.npz")
AT_ONCE = 200_000  # pieces


class TableDamaged(Exception):
    """The shipped table is not the one that this version of Canvass was made with."""


def _embed(texts: Sequence[str]) -> Vectors:
    """(texts, 256): the mean of the pieces' vectors; zeros where no piece is known. Raises TableDamaged."""
    table, vocabulary = _arrays()[0], word_pieces()
    found = np.zeros((len(texts), table.shape[1]), np.float32)
    cut = [vocabulary.pieces(text) for text in texts]
    first = 0
    while first < len(cut):
        last = _until(cut, first)
        lengths = np.array([len(one) for one in cut[first:last]])
        if lengths.sum():
            rows = table[np.fromiter(chain.from_iterable(cut[first:last]), np.int32)]
            some = np.flatnonzero(lengths)
            starts = np.cumsum(lengths)[some] - lengths[some]
            sums = np.add.reduceat(rows, starts, axis=0, dtype=np.float32)
            found[first + some] = sums / lengths[some, None]
        first = last
    return found


def _until(cut: list[list[int]], first: int) -> int:
    """The end of the texts from `first` on that are looked up together."""
    pieces, last = 0, first
    while last < len(cut) and (last == first or pieces + len(cut[last]) <= AT_ONCE):
        pieces += len(cut[last])
        last += 1
    return last


@cache
def _arrays() -> tuple[NDArray[np.int8], bytes]:
    content = FILE.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise TableDamaged(f"{FILE.name}: the table of word vectors is damaged. Install Canvass again.")
    with np.load(io.BytesIO(content)) as arrays:
        return arrays["table"], bytes(arrays["vocabulary"])


@cache
def word_pieces() -> WordPiece:
    """The vocabulary that the table and its model share. Raises TableDamaged."""
    return WordPiece(_arrays()[1].decode().split("\n"))


TABLE = Embedder("all-MiniLM-L6-v2, a vector a piece (canvass table 1)", SHA256, _embed)
