"""Acts: everything that people do in a study, as frozen events that are added and never changed.

`Entry` is one line of the log: the act, its number, who did it and when. What a study is now is made from
its log alone (`ledger.Ledger`).
"""

from dataclasses import dataclass

from canvass.words.study.values import MAIN, WHOLE, Level, Offer


@dataclass(frozen=True, slots=True)
class MakeNode:
    """Make a code, theme, organising theme or overarching theme."""

    node: str
    level: Level
    name: str
    definition: str = ""
    include: str = ""
    exclude: str = ""
    colour: str = ""
    nature: str = ""


@dataclass(frozen=True, slots=True)
class RewordNode:
    """Rename, define or recolour; what is None stays. Makes a new version."""

    node: str
    name: str | None = None
    definition: str | None = None
    include: str | None = None
    exclude: str | None = None
    colour: str | None = None
    nature: str | None = None


@dataclass(frozen=True, slots=True)
class MergeNodes:
    """Make several one. Codings stay as they were made and count for the one from now on."""

    nodes: tuple[str, ...]
    into: str


@dataclass(frozen=True, slots=True)
class SplitCode:
    """A new code that takes along the codings of these answers; the others stay."""

    node: str
    new: str
    name: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RetireNode:
    """Use it no more. What was coded with it stays."""

    node: str


@dataclass(frozen=True, slots=True)
class BringBackNode:
    node: str


@dataclass(frozen=True, slots=True)
class PutNode:
    """Put a node under a parent, or with under="" at the top; before a sibling, or last.

    leaving: the parent that it leaves by this, where it is dragged from one to another.
    """

    node: str
    under: str = ""
    before: str = ""
    leaving: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TakeOutNode:
    """Take a node from under a parent; the others that it lies under stay."""

    node: str
    under: str


@dataclass(frozen=True, slots=True)
class CodeSegment:
    """Apply a code to an answer, or to a part of it from `start` to `end` whose words have this seal."""

    answer: str
    node: str
    start: int = WHOLE
    end: int = WHOLE
    seal: str = ""
    in_pass: str = MAIN
    origin: str = "human"
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class UncodeSegment:
    """Take a coding away. coder: whose it is; "" for one's own."""

    answer: str
    node: str
    start: int = WHOLE
    end: int = WHOLE
    in_pass: str = MAIN
    coder: str = ""


@dataclass(frozen=True, slots=True)
class MarkRead:
    answer: str
    read: bool = True
    in_pass: str = MAIN


@dataclass(frozen=True, slots=True)
class SetAside:
    """Set an answer aside as no answer ("n/a"), or take it back. It leaves the base and is counted apart."""

    answer: str
    aside: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class MoveToOption:
    """Count an "other" text as a listed option; "" moves it back."""

    answer: str
    option: str


@dataclass(frozen=True, slots=True)
class FlagConcern:
    """Flag a safeguarding concern, or take the flag away. It lies outside the analysis: no code, no count."""

    answer: str
    flagged: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class MaskSpan:
    """Replace words by a description (accepted), or decide that they may stand (not accepted)."""

    answer: str
    start: int
    end: int
    seal: str
    kind: str
    replacement: str
    proposed_by: str = "person"
    accepted: bool = True


@dataclass(frozen=True, slots=True)
class WriteMemo:
    """Write a memo or word it anew; an empty text takes it away."""

    memo: str
    on: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class FreezeCodebook:
    """Give the codebook as it is a number by which figures name it."""

    version: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class OpenPass:
    """Give a coder a sample. `seed`: what it was drawn by (`sampling.draw`); None where it is everything."""

    in_pass: str
    coder: str
    answers: tuple[str, ...]
    version: int  # of the frozen codebook
    blind: bool = True
    seed: int | None = None
    suggestions: bool = False


@dataclass(frozen=True, slots=True)
class ClosePass:
    in_pass: str


@dataclass(frozen=True, slots=True)
class Adjudicate:
    """Settle what an answer is coded with where these passes disagree."""

    answer: str
    passes: tuple[str, ...]
    nodes: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ShowOffers:
    """Suggestions were shown to the one who acts. seconds: for how long before they did anything."""

    answer: str
    offers: tuple[Offer, ...]
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class DecideOffer:
    offer: str
    decision: str
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class ChooseApproach:
    """With a codebook and figures of agreement, or reflexive without them."""

    approach: str


@dataclass(frozen=True, slots=True)
class Undo:
    """Take an earlier act out of force. What builds on it rests until it is done again."""

    of: int


@dataclass(frozen=True, slots=True)
class Redo:
    of: int


type Act = (
    MakeNode
    | RewordNode
    | MergeNodes
    | SplitCode
    | RetireNode
    | BringBackNode
    | PutNode
    | TakeOutNode
    | CodeSegment
    | UncodeSegment
    | MarkRead
    | SetAside
    | MoveToOption
    | FlagConcern
    | MaskSpan
    | WriteMemo
    | FreezeCodebook
    | OpenPass
    | ClosePass
    | Adjudicate
    | ShowOffers
    | DecideOffer
    | ChooseApproach
    | Undo
    | Redo
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    seq: int  # 1, 2, 3 …
    by: str
    at: str  # an instant, ISO 8601 in UTC
    act: Act
