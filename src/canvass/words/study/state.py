"""What a study is after its acts: tables of frozen values, and how to step back from every write."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, is_dataclass
from typing import Any

from canvass.words.study.corpus import Corpus
from canvass.words.study.refusals import Rests
from canvass.words.study.values import (
    Adjudication,
    CodebookVersion,
    Coding,
    CodingPass,
    Level,
    Link,
    Mask,
    Memo,
    Node,
    Place,
    SetApart,
    Standing,
    Suggestion,
)

type Write = tuple[dict[Any, Any], Any, Any]  # table, key, value before; None: there was none

TOP = {level: f"/{level}" for level in Level}  # the parent of nodes that lie under none


@dataclass(slots=True)
class State:
    """Read it as you like; only the functions of `applying` write, through `put`."""

    corpus: Corpus
    nodes: dict[str, Node] = field(default_factory=dict)
    versions: dict[tuple[str, int], Node] = field(default_factory=dict)  # (node, version)
    children: dict[str, tuple[str, ...]] = field(default_factory=dict)  # of a node or of TOP, in order
    parents: dict[str, tuple[str, ...]] = field(default_factory=dict)
    links: dict[tuple[str, str], Link] = field(default_factory=dict)  # (child, parent)
    codings: dict[Place, Coding] = field(default_factory=dict)
    of_answer: dict[str, tuple[Place, ...]] = field(default_factory=dict)  # in the order of their making
    reads: dict[tuple[str, str, str], str] = field(default_factory=dict)  # (answer, coder, pass) -> when
    aside: dict[str, SetApart] = field(default_factory=dict)  # by answer
    moved: dict[str, SetApart] = field(default_factory=dict)
    flags: dict[str, SetApart] = field(default_factory=dict)
    masks: dict[str, tuple[Mask, ...]] = field(default_factory=dict)  # by answer, from left to right
    memos: dict[str, Memo] = field(default_factory=dict)
    frozen: dict[int, CodebookVersion] = field(default_factory=dict)
    passes: dict[str, CodingPass] = field(default_factory=dict)
    passes_of: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by answer
    settled: dict[str, Adjudication] = field(default_factory=dict)  # by answer
    suggestions: dict[str, Suggestion] = field(default_factory=dict)
    suggestions_of: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by answer, as shown
    approach: dict[str, str] = field(default_factory=dict)  # under "" the one chosen
    writes: list[Write] = field(default_factory=list)  # of the act that is being applied

    def put(self, table: dict[Any, Any], key: Any, value: Any) -> None:
        """Write one value; None takes it away. `back` undoes it."""
        self.writes.append((table, key, table.get(key)))
        if value is None:
            table.pop(key, None)
        else:
            table[key] = value

    def taken(self) -> list[Write]:
        """The writes since the last call, to be kept with the act that made them."""
        made, self.writes = self.writes, []
        return made

    def node(self, node_id: str) -> Node:
        """Raises Rests where the node is not there."""
        found = self.nodes.get(node_id)
        if found is None:
            raise Rests("What it names in the codebook is not there.")
        return found

    def standing_for(self, node_id: str) -> str:
        """The node that this one was merged into, or itself."""
        node = self.nodes.get(node_id)
        while node is not None and node.standing is Standing.MERGED:
            node_id = node.merged_into
            node = self.nodes.get(node_id)
        return node_id

    def now(self, coding: Coding) -> str:
        """The code that a coding counts for, after merges and splits."""
        return self.standing_for(coding.moved_to or coding.place.node)


def back(writes: list[Write]) -> None:
    """Undo writes, the last first."""
    for table, key, before in reversed(writes):
        if before is None:
            table.pop(key, None)
        else:
            table[key] = before


def as_bytes(state: State, resting: Mapping[int, str]) -> bytes:
    """The whole state as canonical JSON: the same acts in force over the same answers give the same bytes."""
    tables = {
        name: _plain(getattr(state, name)) for name in State.__slots__ if name not in ("corpus", "writes")
    }
    content = {"answers": list(state.corpus.ids()), "resting": _plain(dict(resting)), **tables}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def _plain(value: Any) -> Any:
    """As JSON; a dict whose keys are not texts becomes its sorted pairs."""
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value):
            return {key: _plain(one) for key, one in value.items()}
        return [[_plain(key), _plain(value[key])] for key in sorted(value)]
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value
