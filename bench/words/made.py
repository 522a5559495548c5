"""Coded answers, made from phrases and a seed: what people of one profession might write.

A few phrases of a code are said again and again and others once, an answer in three has a second code, and
some are misspelt. No answer is anybody's.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import yaml

PHRASES = Path(__file__).with_name("phrases.yaml")
OPENINGS = (
    "",
    "",
    "",
    "",
    "I would say ",
    "Honestly, ",
    "For me ",
    "In my team ",
    "It has to be ",
    "Mostly ",
)
CLOSINGS = (
    "",
    "",
    "",
    "",
    " That is all.",
    " Please.",
    " We have said so for years.",
    " Thank you for asking.",
)
ENDS = (".", ".", "", "!")


class Coded(NamedTuple):
    text: str
    codes: frozenset[str]


def answers(count: int, seed: int) -> list[Coded]:
    """So many coded answers; common codes are twenty times as common as rare ones."""
    chance = Random(seed)
    phrases: dict[str, list[str]] = yaml.safe_load(PHRASES.read_text(encoding="utf-8"))
    codes = sorted(phrases)
    chance.shuffle(codes)
    for of_code in phrases.values():
        chance.shuffle(of_code)
    return [_answer(chance, codes, phrases) for _ in range(count)]


def _answer(chance: Random, codes: list[str], phrases: dict[str, list[str]]) -> Coded:
    chosen = {_early(chance, codes) for _ in range(2 if chance.random() < 0.33 else 1)}
    said = [_early(chance, phrases[code]) for code in sorted(chosen)]
    chance.shuffle(said)
    body = chance.choice((" and ", ", ", ". ")).join(said)
    text = chance.choice(OPENINGS) + body + chance.choice(ENDS) + chance.choice(CLOSINGS)
    return Coded(_misspelt(chance, text), frozenset(chosen))


def _early(chance: Random, ordered: list[str]) -> str:
    """One of them, the first ones more often (1, 1/2, 1/3, ...)."""
    return chance.choices(ordered, [1 / rank for rank in range(1, len(ordered) + 1)])[0]


def _misspelt(chance: Random, text: str) -> str:
    """One answer in five has two neighbouring letters changed over."""
    at = chance.randrange(max(1, len(text) - 2))
    if chance.random() > 0.2 or not text[at : at + 2].isalpha():
        return text
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def read(path: Path, text: str, codes: str) -> list[Coded]:
    """Coded answers of a CSV file: a column of texts, one of codes with semicolons between them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(_rows(csv.DictReader(file), text, codes))


def _rows(rows: "csv.DictReader[str]", text: str, codes: str) -> Iterator[Coded]:
    for row in rows:
        found = frozenset(code.strip() for code in row[codes].split(";") if code.strip())
        if row[text].strip() and found:
            yield Coded(row[text].strip(), found)
