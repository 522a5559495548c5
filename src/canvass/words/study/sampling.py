"""A random sample that anybody can draw again from its seed, without a generator of chance.

Each answer gets the hash of seed and id; the sample is the answers with the smallest. So it does not depend
on the order of the answers, and a larger sample of the same seed holds the smaller one.
"""

import hashlib
from collections.abc import Collection

FEWEST = 25  # answers
SHARE = 0.20
ALL_UP_TO = 65


def usual_size(answers: int) -> int:
    """All of up to 65 answers; else a fifth, at least 25."""
    return answers if answers <= ALL_UP_TO else max(FEWEST, -(-answers // round(1 / SHARE)))


def draw(answers: Collection[str], size: int, seed: int) -> tuple[str, ...]:
    """So many of these ids, by the seed; in the order in which they were drawn. All where there are fewer."""
    return tuple(sorted(answers, key=lambda answer: (_ticket(seed, answer), answer))[:size])


def _ticket(seed: int, answer: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{answer}".encode()).digest()
