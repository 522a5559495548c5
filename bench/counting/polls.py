"""Polls to count: made from a seed, written as the warehouse writes them, and kept for the next run."""

import json
from pathlib import Path

import numpy as np

from canvass.instrument import Instrument, Item, Kind, Option, dump
from canvass.warehouse import Manifest, StoredPoll
from canvass.warehouse.coding import column_name
from canvass.warehouse.files import store
from canvass.warehouse.rows import VERSION, WEIGHT

ITEMS = 13
ANSWERS = 6
FIELDS = {f"field{number}": categories for number, categories in enumerate((2, 3, 4, 5, 6, 7, 8, 9, 10, 12))}


def instrument(slug: str) -> Instrument:
    options = tuple(Option(f"a{number}", f"Answer {number}") for number in range(ANSWERS))
    items = tuple(
        Item(f"q{number}", Kind.SINGLE, f"Question {number}?", options=options) for number in range(ITEMS)
    )
    return Instrument(slug, slug, "practice", items)


def made(folder: Path, polls: int, ballots: int) -> list[StoredPoll]:
    """So many polls of so many ballots; a poll that is there already is not made again."""
    return [_made(folder / f"poll-{number}", f"poll-{number}", ballots, number) for number in range(polls)]


def _made(folder: Path, slug: str, ballots: int, seed: int) -> StoredPoll:
    note = folder.with_suffix(f".{ballots}.json")
    if not note.is_file():
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(json.dumps(_write(folder, instrument(slug), ballots, seed).dump()))
    return StoredPoll(folder, Manifest.restore(json.loads(note.read_text())))


def _write(folder: Path, asked: Instrument, ballots: int, seed: int) -> Manifest:
    rng = np.random.default_rng(seed)
    about = {"canvass": json.dumps({"instrument": dump(asked)}, sort_keys=True)}
    answers = {VERSION: np.ones(ballots, dtype=np.int16)} | {
        column_name(item): rng.choice(ANSWERS + 1, ballots, p=_SHARES).astype(np.int16) for item in asked
    }
    for item in asked:
        answers[column_name(item)][answers[column_name(item)] == ANSWERS] = -3
    profiles = {
        field: np.array([f"group {number}" for number in range(categories)])[
            rng.integers(0, categories, ballots)
        ].tolist()
        for field, categories in FIELDS.items()
    }
    files = (
        store(folder, "answers", answers, about),
        store(folder, "profiles", profiles, {}),
        store(folder, "weights", {WEIGHT: np.exp(rng.normal(0, 0.3, ballots))}, {}),
    )
    return Manifest(asked.slug, ballots, (1,), files)


_SHARES = (0.3, 0.2, 0.15, 0.15, 0.1, 0.05, 0.05)  # the last: not answered
