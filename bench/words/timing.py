"""What one step takes, in a process of its own: `python -m bench.words.timing 50000 index|decision`.

index: so many answers placed and grouped. decision: fits for all answers that have no code yet, after one
more decision, in a study of so many answers and thirty codes, half of them coded. Prints JSON. Needs Linux.
"""

import json
import resource
import sys
import time
from random import Random

from bench.words.made import answers
from canvass import words


def main(count: int, step: str) -> None:
    texts = [f"{one.text} {number % 97}" for number, one in enumerate(answers(count, seed=1))]
    begun = time.process_time()
    if step == "decision":
        begun = _decision(texts)
    else:
        words.grouping(texts, words.space(texts)).groups()
    taken = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps({"processor": taken, "memory": memory}))


def _decision(texts: list[str]) -> float:
    """When the last decision was made."""
    chance = Random(2)
    space = words.space(texts)
    coded = {number: [f"c{chance.randrange(30)}"] for number in range(len(texts) // 2)}
    words.fits(space, coded, [len(coded)])  # what is loaded once
    begun = time.process_time()
    words.fits(space, {**coded, len(coded): ["c1"]}, range(len(coded) + 1, len(texts)))
    return begun


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
