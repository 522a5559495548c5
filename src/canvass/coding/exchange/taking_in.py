"""A codebook of another program as acts: codes that hold codes become themes, and these organising themes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from canvass.coding import naming
from canvass.coding.exchange.project import colour_named
from canvass.formats import refi
from canvass.words.study import Act, Level, State, acts
from canvass.words.study.manners import LONGEST_NAME, LONGEST_TEXT

LEVELS = (Level.CODE, Level.THEME, Level.ORGANISING)


@dataclass(slots=True)
class Taken:
    """What is to be done, and what does not come along."""

    acts: list[Act] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    made: int = 0
    known: int = 0  # were there already, by name


def read(data: bytes, name: str) -> tuple[tuple[refi.Code, ...], list[str]]:
    """The codes of a .qdc, or of the codebook in a .qdpx, and what was left behind. Raises RefiError."""
    if data.startswith(b"PK"):
        reading = refi.read_project(data, name=name)
        losses = [str(loss) for loss in reading.losses]
        if reading.project.sources:
            losses.append("the texts and their codings: of a project, only the codebook is taken in")
        return reading.project.codes, losses
    (codes, sets), found = refi.read_codebook(data, name=name)
    losses = [str(loss) for loss in found]
    return codes, losses + (["sets of codes"] if sets else [])


def taking_in(codes: tuple[refi.Code, ...], state: State, new_id: Callable[[], str]) -> Taken:
    """The acts that make these codes in a study. A node of the same level and name stays as it is."""
    taken = Taken()
    for code in codes:
        _take(code, taken, state, new_id)
    return taken


def _take(code: refi.Code, taken: Taken, state: State, new_id: Callable[[], str]) -> tuple[str, Level]:
    """Make a node and what lies below it. Returns its id and level."""
    below = [_take(child, taken, state, new_id) for child in _flat(code, taken)]
    level = LEVELS[max((LEVELS.index(level) + 1 for _id, level in below), default=0)]
    node = _node(code, level, taken, state, new_id)
    if below and code.codable:
        below.insert(0, (_node(code, Level.CODE, taken, state, new_id), Level.CODE))
    for child, child_level in below:
        if LEVELS.index(child_level) == LEVELS.index(level) - 1:
            taken.acts.append(acts.PutNode(child, node))
        else:
            taken.losses.append(f"that a code lies right under the organising theme “{code.name}”")
    return node, level


def _flat(code: refi.Code, taken: Taken) -> Iterator[refi.Code]:
    """Its children; where they lie more than two deep, the codes at the bottom without those between."""
    for child in code.children:
        if any(one.children for one in child.children):
            taken.losses.append(f"the levels under “{child.name}”, which lie too deep")
            yield refi.Code(child.id, child.name, child.codable, child.colour, child.description,
                            children=tuple(_leaves(child)))  # fmt: skip
        else:
            yield child


def _leaves(code: refi.Code) -> Iterator[refi.Code]:
    for child in code.children:
        if child.children:
            yield from _leaves(child)
        else:
            yield child


def _node(code: refi.Code, level: Level, taken: Taken, state: State, new_id: Callable[[], str]) -> str:
    name = naming.typed(code.name) or "without a name"
    definition = code.description
    if len(name) > LONGEST_NAME or not name.isprintable():
        definition = f"{name}\n{definition}".strip()
        name = "".join(letter for letter in name if letter.isprintable())[: LONGEST_NAME - 1].strip() + "…"
        taken.losses.append(f"the whole name of “{name}”, which stands in its definition")
    if len(definition) > LONGEST_TEXT:
        definition = definition[: LONGEST_TEXT - 1] + "…"
        taken.losses.append(f"the end of the definition of “{name}”")
    known = _known(name, level, taken, state)
    if known:
        taken.known += 1
        return known
    node = new_id()
    taken.acts.append(acts.MakeNode(node, level, name, definition, colour=colour_named(code.colour)))
    taken.made += 1
    return node


def _known(name: str, level: Level, taken: Taken, state: State) -> str:
    for act in taken.acts:
        if isinstance(act, acts.MakeNode) and act.level is level and act.name.casefold() == name.casefold():
            return act.node
    here = naming.find(state, level, name)
    return here.id if here else ""
