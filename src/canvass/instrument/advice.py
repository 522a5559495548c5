"""What a poll costs those who answer, and what could be asked better. Advice never stops a poll.

The estimates are for somebody on a phone who is asked every item: reading at 240 words a minute, then the
times below. They are meant for comparing drafts and for the "about two minutes" of a cover.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from canvass.instrument.bank import BANK
from canvass.instrument.model import Instrument, Item, Kind, Layout

MOST_TAPS = 15
MOST_SECONDS = 90
WORDS_A_SECOND = 4.0
SECONDS_A_TAP = 1.5
SECONDS_A_NUMBER = 5.0
SECONDS_A_TEXT = 25.0  # most who write leave a sentence or two
MANY_OPTIONS = 10
MANY_ROWS = 7
LONG_LABEL = 60
LONG_QUESTION = 30  # words
OLDEST_READER = 18  # years of age; above it a text asks for more than school English

SHORTEST_JUDGED = 12  # words; below it a reading age means little

_LEADING = re.compile(
    r"\b(don['’]t you|do you not|isn['’]t it|wouldn['’]t you|do you agree|surely|obviously|of course)\b",
    re.IGNORECASE,
)
_DOUBLE = re.compile(r"\band\b", re.IGNORECASE)
_NEGATIVE = re.compile(r"\b(not|never|no)\b.*\b(not|never|no|without|un\w{4,})\b", re.IGNORECASE)
_VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Advice:
    """One sentence on what could be better. `item` is "" where it is about the whole poll."""

    item: str
    sentence: str

    def __str__(self) -> str:
        return f"item {self.item}: {self.sentence}" if self.item else self.sentence


def taps(instrument: Instrument) -> int:
    """Taps for somebody who is asked, and answers, everything: answers and "Next"."""
    turns = 1 if instrument.layout is Layout.ONE_PAGE else len(instrument.items)
    return sum(_taps(item) for item in instrument) + turns


def seconds(instrument: Instrument) -> int:
    """Seconds for somebody who is asked, and answers, everything; whole ones."""
    turns = 1 if instrument.layout is Layout.ONE_PAGE else len(instrument.items)
    reading = len(_words(instrument.intro)) / WORDS_A_SECOND
    return round(reading + turns * SECONDS_A_TAP + sum(_seconds(item) for item in instrument))


def advice(instrument: Instrument) -> tuple[Advice, ...]:
    """What could be asked better: of the whole poll first, then item by item, in the order asked."""
    return (*_of_poll(instrument), *(Advice(item.id, said) for item in instrument for said in _of_item(item)))


def _taps(item: Item) -> int:
    if item.kind.is_grid:
        return len(item.rows)
    if item.kind is Kind.RANKING:
        return item.choose or len(item.options)
    return 2 if item.kind in (Kind.MULTIPLE, Kind.NUMBER, Kind.TEXT) else 1


def _seconds(item: Item) -> float:
    shown = [item.text, item.hint, *_labels(item)]
    reading = sum(len(_words(text)) for text in shown) / WORDS_A_SECOND
    if item.kind is Kind.TEXT:
        return reading + SECONDS_A_TEXT
    if item.kind is Kind.NUMBER:
        return reading + SECONDS_A_NUMBER
    return reading + _taps(item) * SECONDS_A_TAP


def _labels(item: Item) -> list[str]:
    return [*(option.label for option in item.options), *(row.label for row in item.rows)]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text)


def _of_poll(instrument: Instrument) -> Iterator[Advice]:
    if (count := taps(instrument)) > MOST_TAPS:
        yield Advice("", f"The poll takes {count} taps; above {MOST_TAPS}, fewer people finish.")
    if (time := seconds(instrument)) > MOST_SECONDS:
        yield Advice("", f"The poll takes about {time} seconds; above {MOST_SECONDS}, fewer people finish.")
    families: dict[str, list[Item]] = {}
    for item in instrument:
        if item.bank:
            families.setdefault(BANK[item.bank].family, []).append(item)
    for family, items in families.items():
        places = [BANK[item.bank].position for item in items]
        if places != sorted(places):
            yield Advice("", f"The questions of {family} are not in the order of their source.")


def _of_item(item: Item) -> Iterator[str]:
    if item.bank:  # the wording is the source's
        return
    yield from _on_wording(item.text)
    yield from _on_options(item)
    if item.scale and not (item.scale.low and item.scale.high):
        yield "Label both ends of the scale (low and high)."


def _on_wording(text: str) -> Iterator[str]:
    words = _words(text)
    if len(words) > LONG_QUESTION:
        yield f"The question has {len(words)} words; up to {LONG_QUESTION} are read by most."
    if len(words) >= SHORTEST_JUDGED and (age := reading_age(text)) > OLDEST_READER:
        yield f"The question reads like a text for age {age}; shorter words and sentences help."
    if found := _LEADING.search(text):
        yield f"“{found.group()}” may lead to an answer; ask so that every answer is equally welcome."
    if found := _DOUBLE.search(text.partition("?")[0]):
        yield f"“{found.group()}” may make this two questions in one; ask one thing at a time if it does."
    if _NEGATIVE.search(text):
        yield "The question denies twice; ask it the other way round."


def _on_options(item: Item) -> Iterator[str]:
    if len(item.options) > MANY_OPTIONS:
        yield f"There are {len(item.options)} options; more than {MANY_OPTIONS} do not fit a phone's screen."
    if len(item.rows) > MANY_ROWS:
        yield f"The grid has {len(item.rows)} rows; after {MANY_ROWS} people tend to repeat themselves."
    for label in _labels(item):
        if len(label) > LONG_LABEL:
            yield f"“{label[:30]}…” is a long label; say it in up to {LONG_LABEL} characters."
    if item.likert and len(item.options) % 2 == 0:
        yield "A likert scale with an even number of options has no neutral middle."


def reading_age(text: str) -> int:
    """The age at which the text is read with ease: the Flesch-Kincaid grade and five years.

    Syllables are counted by groups of vowels, so take it as a hint. Source: Kincaid et al. (1975), Derivation
    of New Readability Formulas, Naval Technical Training Command, Research Branch Report 8-75.
    """
    words = _words(text)
    if not words:
        return 5
    sentences = max(1, len(re.findall(r"[.?!](?:\s|$)", text)))
    syllables = sum(_syllables(word) for word in words)
    grade = 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
    return max(5, round(grade + 5))


def _syllables(word: str) -> int:
    silent = word.lower().endswith("e") and not word.lower().endswith("le")
    return max(1, len(_VOWELS.findall(word)) - silent)
