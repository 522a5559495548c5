"""What a suggestion was made by and from: kept with it, so that it can be made again."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """method: logistic or centroid. model, sha256: of the embedding. parameters: of the method.

    snapshot: names the decisions that it was learnt from; the same answers with the same codes have the same
    name. answers, codes: how many these were.
    """

    method: str
    model: str
    sha256: str
    parameters: Mapping[str, float]
    snapshot: str
    answers: int
    codes: int


def snapshot(coded: Mapping[int, Collection[str]], names: Mapping[int, str] | None) -> str:
    """A name of 16 signs for decisions, whatever order they were made in."""
    listed = sorted([str(names[row] if names else row), sorted(codes)] for row, codes in coded.items())
    return hashlib.sha256(json.dumps(listed, ensure_ascii=False).encode()).hexdigest()[:16]
