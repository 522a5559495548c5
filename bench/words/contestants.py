"""Who proposes codes: Canvass with its table or with the model, scikit-learn, popularity."""

import json
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.weighting.contestants import environment
from bench.words import few_shot
from bench.words.few_shot import Draw
from canvass import words

type Proposes = Callable[[Draw], Sequence[Sequence[str]]]


def contestants(environments: Path) -> dict[str, Proposes]:
    """All that can take part here, by name; a line says who cannot."""
    found: dict[str, Proposes] = {"three commonest codes": few_shot.commonest}
    python = environment(environments, "scikit-learn")
    if python is not None:
        found["scikit-learn, letters"] = lambda draw: _peer(python, draw)
    found["Canvass"] = lambda draw: _ours(draw, words.TABLE)
    try:
        model = words.transformer()
    except words.ModelMissing as missing:
        print(f"{missing} Left out.")
    else:
        found["Canvass with the model"] = lambda draw: _ours(draw, model)
    return found


def _ours(draw: Draw, embedder: words.Embedder) -> list[list[str]]:
    space = words.space([answer.text for answer in draw.answers], embedder)
    found = words.fits(space, {number: draw.answers[number].codes for number in draw.coded}, draw.asked)
    return [[one.code for one in found.of[number]] for number in draw.asked]


def _peer(python: Path, draw: Draw) -> list[list[str]]:
    given = {
        "texts": [answer.text for answer in draw.answers],
        "coded": draw.coded,
        "asked": draw.asked,
        "codes": [sorted(draw.answers[number].codes) for number in draw.coded],
    }
    done = subprocess.run(
        [python, Path(__file__).with_name("peer.py")],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[list[str]] = json.loads(done.stdout)
    return found
