"""What was typed into a search box of the explorer, found by its name or its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from canvass.analysis.divisions import Division, Part
from canvass.analysis.results import Result, Results
from canvass.tables import wording

AT_MOST = 4  # things that a sentence names
HEAD, TAIL = 40, 20  # characters of long words that a sentence keeps of their beginning and end
NEAR = 0.6  # how alike a near name is, from 0 to 1


@dataclass(frozen=True, slots=True)
class Known:
    """Something that can be picked: what it is in an address, and its words."""

    name: str
    words: str


class NotFound(Exception):
    """What was typed is nothing, or several things.

    sentence: what is wrong; hint: what to do; near: what can be picked.
    """

    def __init__(self, sentence: str, hint: str = "", near: Sequence[Known] = ()) -> None:
        super().__init__(f"{sentence} {hint}".rstrip())
        self.sentence = sentence
        self.near = tuple(near)


def find_result(results: Results, typed: str) -> Result:
    """The question of this address or text. Raises NotFound."""
    known = [result for result in results.all if not result.is_text]
    return known[_place([Known(one.address, one.item.text) for one in known], typed, "question")]


def find_division(known: Sequence[Division], typed: str) -> Division:
    """The division of this name or label. Raises NotFound."""
    named = [Known(one.name, one.label) for one in known]
    return known[_place(named, typed, "profile field or question")]


def find_part(known: Sequence[Part], typed: str) -> Part:
    """The group of this name or these words. Raises NotFound."""
    return known[_place([Known(one.name, one.words) for one in known], typed, "group")]


def _place(known: Sequence[Known], typed: str, what: str) -> int:
    plain = _plain(typed)
    for place, one in enumerate(known):
        if plain in (_plain(one.name), _plain(one.words)):
            return place
    holding = [place for place, one in enumerate(known) if plain and plain in _plain(one.words)]
    if len(holding) == 1:
        return holding[0]
    if holding:
        raise _several([known[place] for place in holding], typed)
    raise _nothing(known, typed, plain, what)


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _several(found: Sequence[Known], typed: str) -> NotFound:
    sentence = f"“{typed}” is in {wording.small_number(len(found))} of them."
    return NotFound(sentence, f"Pick {_listed(found, 'or')}, or type more of it.", found[:AT_MOST])


def _nothing(known: Sequence[Known], typed: str, plain: str, what: str) -> NotFound:
    """With the nearest by words or by name; where none is near, with what there is."""
    by_words = {_plain(words): one for one in reversed(known) for words in (one.name, one.words)}
    matches = get_close_matches(plain, by_words, n=AT_MOST, cutoff=NEAR)
    near = list(dict.fromkeys(by_words[words] for words in matches))
    absent = f"There is no {what} “{typed}” in this poll."
    if near:
        return NotFound(absent, f"Do you mean {_listed(near, 'or')}?", near)
    if not known:
        return NotFound(absent)
    return NotFound(absent, f"You can pick {_listed(known, 'or')}.", known[:AT_MOST])


def _listed(found: Sequence[Known], last: str = "and") -> str:
    named = [wording.quoted(_short(one.words)) for one in found[:AT_MOST]]
    more = len(found) - AT_MOST
    return wording.listed([*named, f"{wording.whole(more)} more"] if more > 0 else named, last)


def _short(words: str) -> str:
    """Long words without their middle, for what tells groups of one question apart stands at the end."""
    if len(words) <= HEAD + TAIL + 3:
        return words
    return f"{words[:HEAD].rsplit(' ', 1)[0]} … {words[-TAIL:].split(' ', 1)[-1]}"
