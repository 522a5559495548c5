"""Put together: shapes, lists and the panel's own names, without what may always stand."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from canvass.words.identifying.hits import Hit, apart
from canvass.words.identifying.lists import lines, longest, words
from canvass.words.identifying.patterns import shaped

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s$")
_ENDS_SENTENCE = ".!?:\n"
# After these a capital is a person's or a place's name, even where the word is an ordinary one.
_BEFORE_PERSON = frozenset(
    (
        "called", "named", "colleague", "manager", "worker", "lead", "friend", "mentor", "supervisor", "head",
        "director", "deputy", "boss", "husband", "wife", "partner", "son", "daughter", "mum", "dad",
    )
)  # fmt: skip
_BEFORE_PLACE = frozenset(("in", "at", "from", "near", "around", "across", "outside", "to", "for", "of"))
_MONTHS = frozenset(("march", "april", "may", "june", "august"))
MOST_SURNAMES = 3  # words that are taken along after a first name
SHORTEST_IN_SMALL_LETTERS = 4  # letters of a listed name that is not capitalised

type Token = tuple[int, int, str]  # start, end, word in small letters, without 's


def find(text: str, *, names: Iterable[str] = ()) -> tuple[Hit, ...]:
    """The stretches that could name somebody, from left to right; they do not overlap.

    text: NFC. names: the panel's own, found whatever their case: people, employers, the words of addresses.
    """
    tokens = _tokens(text)
    found = [
        *shaped(text),
        *_listed_organisations(text),
        *_own(tokens, frozenset(names)),
        *_people(text, tokens),
        *_places(text, tokens),
    ]
    standing = list(_allowed(text))
    return apart(
        hit for hit in found if not any(start <= hit.start and hit.end <= end for start, end in standing)
    )


def _tokens(text: str) -> list[Token]:
    found = []
    for one in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", one[0])
        found.append((one.start(), one.start() + len(word), word.casefold()))
    return found


def _people(text: str, tokens: Sequence[Token]) -> Iterator[Hit]:
    """First names, with the surname that follows."""
    first_names, ordinary = words("first_names"), words("ordinary")
    for place, (start, end, word) in enumerate(tokens):
        if word not in first_names:
            continue
        is_led_to = place > 0 and tokens[place - 1][2] in _BEFORE_PERSON
        if word in _MONTHS and not is_led_to:
            continue
        if not _stands_out(text, start, end, word in ordinary, is_led_to):
            continue
        yield Hit(start, _whole_name(text, tokens, place), "person", "is on the list of first names")


def _places(text: str, tokens: Sequence[Token]) -> Iterator[Hit]:
    """Towns, boroughs and counties, the longest name that fits."""
    places, ordinary = words("places") - _MONTHS, words("ordinary")
    for place, (start, _end, word) in enumerate(tokens):
        for length in range(longest("places"), 0, -1):
            last = tokens[place : place + length]
            if len(last) < length:
                continue
            end = last[-1][1]
            if text[start:end].casefold().replace("’", "'") not in places:
                continue
            is_led_to = place > 0 and tokens[place - 1][2] in _BEFORE_PLACE
            if _stands_out(text, start, end, length == 1 and word in ordinary, is_led_to):
                yield Hit(start, end, "place", "is on the list of places")
            break


def _stands_out(text: str, start: int, end: int, is_ordinary: bool, is_led_to: bool) -> bool:
    """Whether a listed word is meant as a name here.

    An ordinary word needs a capital where a sentence does not begin, or a word before it that leads to a
    name; others need a capital, or four letters.
    """
    capital = text[start].isupper()
    if is_ordinary:
        shouting = text[start:end].isupper() and end - start > 1
        return capital and not shouting and (is_led_to or not _begins_sentence(text, start))
    return capital or end - start >= SHORTEST_IN_SMALL_LETTERS


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\"'“‘(*-–•")
    return not before or before[-1] in _ENDS_SENTENCE


def _whole_name(text: str, tokens: Sequence[Token], place: int) -> int:
    """Where a name ends: with the last of the words behind it that have capitals and no mark between them."""
    end = tokens[place][1]
    for start, following, word in tokens[place + 1 : place + 1 + MOST_SURNAMES]:
        if text[end:start] != " " or not text[start].isupper() or word in _MONTHS:
            break
        end = following
    return end


@lru_cache(maxsize=1)
def _as_words(names: frozenset[str]) -> tuple[frozenset[tuple[str, ...]], int]:
    """The names cut into words in small letters, and how many the longest has: once for all answers."""
    cut = frozenset(tuple(word.casefold() for word in _WORD.findall(name)) for name in names)
    return cut, max(map(len, cut), default=0)


def _own(tokens: Sequence[Token], names: frozenset[str]) -> Iterator[Hit]:
    wanted, longest_name = _as_words(names)
    for place in range(len(tokens)):
        for length in range(min(longest_name, len(tokens) - place), 0, -1):
            if tuple(token[2] for token in tokens[place : place + length]) in wanted:
                yield Hit(
                    tokens[place][0], tokens[place + length - 1][1], "person", "is a name of this panel"
                )
                break


def _listed_organisations(text: str) -> Iterator[Hit]:
    for found in _pattern("organisations").finditer(text):
        yield Hit(found.start(), found.end(), "organisation", "is on the list of organisations")


def _allowed(text: str) -> Iterator[tuple[int, int]]:
    for found in _pattern("allowed").finditer(text):
        yield found.span()


@cache
def _pattern(name: str) -> re.Pattern[str]:
    listed = sorted(lines(name), key=len, reverse=True)
    joined = "|".join(re.escape(line).replace("'", "['’]") for line in listed)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)")
