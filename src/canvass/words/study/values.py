"""What acts make: the codebook, codings, masks, memos and passes, as frozen values."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

WHOLE = -1  # start and end of a segment that is the whole answer
MAIN = ""  # the pass in which a study is coded where nobody compares coders


class Level(StrEnum):
    """What a node of the codebook is, from the answers up."""

    CODE = "code"
    THEME = "theme"
    ORGANISING = "organising"
    OVERARCHING = "overarching"

    @property
    def words(self) -> str:
        return {"organising": "organising theme", "overarching": "overarching theme"}.get(self, self.value)


class Standing(StrEnum):
    ACTIVE = "active"
    MERGED = "merged"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Node:
    """A code, theme, organising or overarching theme, in one of its versions."""

    id: str
    level: Level
    version: int
    name: str
    definition: str = ""
    include: str = ""  # when to use it
    exclude: str = ""  # when not to
    colour: str = ""  # one of COLOURS, or "" for none
    nature: str = ""  # semantic, latent or "": a free tag
    standing: Standing = Standing.ACTIVE
    merged_into: str = ""
    split_from: str = ""


class Link(NamedTuple):
    """A child under a parent; the reason is asked for under an overarching theme."""

    child: str
    parent: str
    reason: str
    by: str
    at: str


class Place(NamedTuple):
    """What makes a coding one: a segment, a code, a coder and a pass."""

    answer: str
    start: int
    end: int
    node: str  # as it was applied; merges and splits leave it
    coder: str
    in_pass: str


@dataclass(frozen=True, slots=True)
class Coding:
    """A code applied to a segment by somebody, under the version that the code had then."""

    place: Place
    version: int
    origin: str  # one of ORIGINS
    suggestion: str
    seq: int  # of the act that made it
    at: str
    moved_to: str = ""  # a code that was split off and took it along


@dataclass(frozen=True, slots=True)
class SetApart:
    """An answer set aside as no answer, moved to a listed option, or flagged: what, why, by whom, when."""

    what: str
    why: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Mask:
    """Words to be replaced, or left alone, as a person decided."""

    start: int
    end: int
    kind: str  # one of MASK_KINDS
    replacement: str
    proposed_by: str  # rule, model or person
    accepted: bool
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Memo:
    id: str
    on: str  # "study", "question:poll/item", "answer:id", "segment:id:start:end", "node:id"
    kind: str  # one of MEMO_KINDS
    text: str
    version: int
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class CodebookVersion:
    number: int
    nodes: tuple[tuple[str, int], ...]  # (node, its version), sorted
    note: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class CodingPass:
    """One coder's way through a sample, for comparing coders."""

    id: str
    coder: str
    answers: tuple[str, ...]
    blind: bool
    seed: int | None  # None: all answers, none drawn
    suggestions: bool
    version: int  # of the codebook
    opened_at: str
    closed_at: str = ""

    @property
    def is_open(self) -> bool:
        return not self.closed_at


@dataclass(frozen=True, slots=True)
class Adjudication:
    """What was decided where coders disagreed."""

    answer: str
    passes: tuple[str, ...]
    nodes: tuple[str, ...]  # the final codes, sorted; none is a decision too
    reason: str
    by: str
    at: str


class Offer(NamedTuple):
    """One suggestion as the machine made it. It counts for nothing until somebody accepts it."""

    id: str
    node: str  # a code, or "" for a candidate that has no code yet
    candidate: str  # the words of a new code that is proposed
    score: float
    rank: int  # 1 for the first
    method: str
    model: str
    model_version: str  # its hash
    params: str
    snapshot: str  # what it was trained on
    seed: int | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An offer with what became of it."""

    offer: Offer
    answer: str
    shown_to: str
    shown_at: str
    decision: str = ""  # one of DECISIONS, or "" while nobody has decided
    decided_by: str = ""
    decided_at: str = ""
    seconds: float | None = None


COLOURS = ("teal", "rust", "amber", "sage", "grey", "ink")
ORIGINS = ("human", "accepted_suggestion", "rule", "import")
MASK_KINDS = ("person", "place", "organisation", "contact", "number", "event", "other")
MEMO_KINDS = ("analytic", "method", "reflexive", "anonymisation")
PROPOSERS = ("rule", "model", "person")
DECISIONS = ("accepted", "rejected", "changed", "ignored")
APPROACHES = ("codebook", "reflexive")
NATURES = ("", "semantic", "latent")
