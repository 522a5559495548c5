"""The codebook as a page draws it: every node once under each parent, with its answers by question."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from canvass.coding.ledgers import Room
from canvass.coding.reading import Question
from canvass.words.study import TOP, Level, Link, Node, Standing, State, is_substantive


@dataclass(frozen=True, slots=True)
class Column:
    """A question, and how many of its answers say something: the base of the counts under it."""

    question: Question
    base: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A node where it lies."""

    node: Node
    depth: int
    is_again: bool  # it was drawn before, under another parent
    parent: str  # "" at the top
    before: str  # the sibling before it, "" for the first
    after: str  # the one after the next sibling: where it goes when it moves down; "" for the end
    is_first: bool
    is_last: bool
    counts: Sequence[int]  # by column

    @property
    def total(self) -> int:
        return sum(self.counts)


def columns(room: Room) -> list[Column]:
    """The questions of a study with their bases."""
    bases = Counter(answer.question for answer in room.state.corpus if is_substantive(room.state, answer.id))
    return [Column(question, bases[name]) for name, question in room.reading.questions.items()]


def branches(room: Room) -> list[Branch]:
    """Organising themes with their themes and codes, then themes by themselves, then codes by themselves.
    Merged nodes are left out."""
    counts = _counts(room)
    drawn: set[str] = set()
    return [
        branch
        for level in (Level.ORGANISING, Level.THEME, Level.CODE)
        for branch in _under(room.state, TOP[level], "", drawn, counts)
    ]


def overarching(state: State) -> list[tuple[Node, list[tuple[Node, Link]]]]:
    """Each overarching theme with the themes under it and why they are there."""
    tops = [state.nodes[node] for node in state.children.get(TOP[Level.OVERARCHING], ())]
    return [
        (
            top,
            [(state.nodes[child], state.links[child, top.id]) for child in state.children.get(top.id, ())],
        )
        for top in tops
    ]


def parents_for(state: State, node: Node) -> list[Node]:
    """Where a node may be put, by name: a code under themes, a theme under organising themes."""
    above = {Level.CODE: Level.THEME, Level.THEME: Level.ORGANISING}.get(node.level)
    found = [one for one in state.nodes.values() if one.level is above and one.standing is Standing.ACTIVE]
    return sorted(found, key=lambda one: one.name.casefold())


def _counts(room: Room) -> dict[str, list[int]]:
    place = {name: index for index, name in enumerate(room.reading.questions)}
    counts: dict[str, list[int]] = {}
    for answer in room.state.corpus:
        for node in room.tally.of(answer.id):
            counts.setdefault(node, [0] * len(place))[place[answer.question]] += 1
    return counts


def _under(
    state: State,
    parent: str,
    shown_parent: str,
    drawn: set[str],
    counts: dict[str, list[int]],
    depth: int = 0,
) -> Iterator[Branch]:
    siblings = state.children.get(parent, ())
    empty = [0] * len(next(iter(counts.values()), []))
    for place, node_id in enumerate(siblings):
        yield Branch(
            node=state.nodes[node_id],
            depth=depth,
            is_again=node_id in drawn,
            parent=shown_parent,
            before=siblings[place - 1] if place else "",
            after=siblings[place + 2] if place + 2 < len(siblings) else "",
            is_first=place == 0,
            is_last=place == len(siblings) - 1,
            counts=counts.get(node_id, empty),
        )
        drawn.add(node_id)
        yield from _under(state, node_id, node_id, drawn, counts, depth + 1)
