"""Answers that say nothing to the question: proposed, with what they look like, and never decided.

They change the base of every share, so a person confirms them. Whole answers only: "no comment on pay, but
..." is an answer. English and Welsh.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

NO_SIGNS = "no words"

# What an answer looks like -> the whole of it in plain letters, without accents and marks.
_LOOKS: dict[str, tuple[str, ...]] = {
    "not applicable": (
        "n ?a",
        "(non|not)( really)? applicable( (to|for) (me|us|my (role|team|job|post)))?",
        "(it )?(does ?n ?t|does not) apply( to (me|us))?",
        "amherthnasol",
        "(ddim|dim) yn berthnasol( i mi)?",
    ),
    "no comment": (
        "(i have |ive )?(no|without)( further| other| more| additional)?"
        " (comments?|remarks?|thoughts|opinions?|views?)( (to (add|make)|at (this time|the"
        " moment|present)|really))*",
        "(i )?(would |d )?(prefer|rather) not( to)? (say|answer|comment)",
        "no (answer|response|reply)",
        "skip(ped)?|pass",
        "(dim|heb) (sylw(adau)?|barn|ateb)( pellach)?",
        "(mae n )?(well|gwell) gen i (beidio|peidio)( a)? dweud",
    ),
    "don't know": (
        "(i )?(really |honestly |just )*(do ?n ?t|do not|cannot|can ?t|could ?n ?t)( really)?"
        " (know|say|remember|recall|think of (any(thing)?|one))( (yet|really|at the moment|right now))*",
        "dk|idk|dunno",
        "(i m |im |i am )?(not|un)( too| really| quite| at all)? ?(sure|certain)( yet| really)?",
        "(i have )?no (idea|clue)",
        "hard to say|unknown",
        "(dw i |dwi |rwy |rwyf )?(ddim|dim)( yn)? (gwybod|siwr|cofio)",
        "dim syniad( gen i)?|ansicr",
    ),
    "nothing": (
        "(none|nothing|nil|null|nope|nah|nobody|no one|not anything)"
        "( (at all|really|else|more|further|so far|as yet|yet|specific|in particular|(comes|springs) to mind"
        "|(that )?i can think of|to (add|say|report|comment|mention)|at (this time|the moment|present)"
        "|right now))*",
        "dim( (byd|arall|mwy|penodol|o gwbl|i w (ychwanegu|ddweud)|i (ychwanegu|ddweud)))*",
        "neb",
    ),
    "refers elsewhere": (
        "(please )?(see|as|same as|refer to|as per)"
        "( (i|my|the|in|to|was|is|has|have|been|already|stated|said))*"
        " (above|before|below|previous(ly)?|earlier|last)"
        "( (answers?|comments?|responses?|questions?|stated|said|mentioned|q? ?[0-9]+))*",
        "(already )?(answered|covered|mentioned|stated|said)( (this|it|already|in|my|the))*"
        " (above|before|below|previously|earlier|already|previous (answer|question|comment))",
        "ditto|idem|same again|same answer|same here",
        "(gweler|fel)( yr)? (uchod|isod|o r blaen)|yr un (fath|peth|ateb)",
    ),
    "a trial": ("test(ing)?( [0-9]+)*( test(ing)?)*", "asdf[a-z]*|qwert[a-z]*|blah( blah)*", "x+|prawf"),
    "yes or no alone": (
        "yes|no|y|n|yep|yeah|ok(ay)?|maybe",
        "ydw|nac ydw|oes|nac oes|ydy|nac ydy|ie|nage|do|naddo|efallai",
    ),
}
_THANKS = "( (thanks?( you)?|sorry|diolch|x+))*"
LOOKS = {look: re.compile(f"({'|'.join(ways)}){_THANKS}") for look, ways in _LOOKS.items()}
LONGEST = 200  # signs; nobody says nothing at such length
APART = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class NonAnswer:
    """answer: its number. looks: what it looks like, in words for a person."""

    answer: int
    looks: str


def non_answers(texts: Sequence[str]) -> tuple[NonAnswer, ...]:
    """Those of the answers that look like none, in order."""
    looks = ((number, look(text)) for number, text in enumerate(texts))
    return tuple(NonAnswer(number, found) for number, found in looks if found is not None)


def look(text: str) -> str | None:
    """What sort of non-answer a text looks like; None for an answer. Signs and emoji without a word are
    one.
    """
    if len(text) > LONGEST:
        return None
    spread = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in spread if unicodedata.category(sign) != "Mn")
    plain = APART.sub(" ", bare).strip()
    if not any(sign.isalnum() for sign in plain):
        return NO_SIGNS
    return next((name for name, pattern in LOOKS.items() if pattern.fullmatch(plain)), None)
