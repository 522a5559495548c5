"""YAML without a schema: every scalar is text, every node knows its line.

Only plain structure is taken. Tags, anchors, aliases, a second document and a key given twice are faults, so
that what a reviewer reads is what is loaded (`Yes`, `On` and `17:00` stay what they are).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

MAX_CHARS = 500_000  # of a poll file; 200 items take far fewer
MAX_DEPTH = 12
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml where the wheel has it
# U+0085, U+2028 and U+2029 as well: YAML breaks lines there, and no editor shows it.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_REMEDIES = (
    (
        "mapping values are not allowed",
        'Put text that holds ": " in double quotes, and check the indentation.',
    ),
    ("tab character", "Indent with spaces, never with tabs."),
    (
        "cannot start any token",
        "Indent with spaces, not tabs; put text that begins with @ or ` in double quotes.",
    ),
    ("unexpected end of stream", "A quotation mark is opened here and never closed. Close it."),
    ("", "Check the indentation and the quotation marks here and on the line above."),
)


@dataclass(frozen=True, slots=True)
class TreeFault:
    line: int
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Scalar:
    line: int
    text: str


@dataclass(slots=True)
class Sequence:
    line: int
    nodes: list["Node"] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    line: int
    nodes: dict[str, "Node"] = field(default_factory=dict)
    key_lines: dict[str, int] = field(default_factory=dict)


type Node = Scalar | Sequence | Mapping


_LOST = Scalar(0, "")  # stands for a key that is none; its value is read and left out


class NotATree(Exception):
    """The text cannot be read at all. `fault` says where and why."""

    def __init__(self, line: int, problem: str, remedy: str) -> None:
        self.fault = TreeFault(line, problem, remedy)
        super().__init__(problem)


def read_tree(text: str) -> tuple[Node, list[TreeFault]]:
    """The first document of the text as nodes, with the faults of its structure. Raises NotATree."""
    _refuse_unreadable(text)
    builder = _Builder()
    try:
        for event in _events(text):
            builder.take(event)
    except yaml.YAMLError as error:
        raise _not_yaml(error) from error
    if builder.root is None:
        raise NotATree(1, "The file is empty.", "Begin with poll, title, category and items.")
    return builder.root, builder.faults


def _events(text: str) -> Iterator[yaml.Event]:
    events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
    return events


def _refuse_unreadable(text: str) -> None:
    if len(text) > MAX_CHARS:
        raise NotATree(
            1,
            f"The file has {len(text):,} characters; a poll file has at most {MAX_CHARS:,}.",
            "Check that this is the poll file.",
        )
    found = _UNPRINTABLE.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise NotATree(line, *_unprintable(found))


def _not_yaml(error: yaml.YAMLError) -> NotATree:
    problem = str(getattr(error, "problem", None) or "the text is broken off").strip().rstrip(".")
    mark = getattr(error, "problem_mark", None)
    if "end of stream" in problem:  # where the quotation began, not where the file ends
        mark = getattr(error, "context_mark", None) or mark
    remedy = next(remedy for words, remedy in _REMEDIES if words in problem)
    return NotATree(mark.line + 1 if mark else 1, f"This is not readable as YAML: {problem}.", remedy)


def _unprintable(found: re.Match[str]) -> tuple[str, str]:
    return f"There is a character here that cannot be printed (U+{ord(found.group()):04X}).", "Remove it."


class _Builder:
    """Nodes from events, with a stack of its own, so that deep nesting cannot exhaust Python's."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.faults: list[TreeFault] = []
        self._open: list[tuple[Sequence | Mapping, Scalar | None]] = []

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent):
            self._refuse_second_document(line)
        elif isinstance(event, yaml.AliasEvent):
            self._fault(line, f"*{event.anchor} is an alias.", "Write the text out again.")
            self._place(Scalar(line, ""))
        elif isinstance(event, yaml.NodeEvent):
            self._take_node(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()

    def _take_node(self, event: yaml.NodeEvent, line: int) -> None:
        if event.anchor:
            self._fault(line, f"&{event.anchor} is an anchor.", "Remove it.")
        if tag := getattr(event, "tag", None):
            self._fault(line, f"{tag} is a tag.", "Remove it: all text is read as text.")
        if isinstance(event, yaml.ScalarEvent):
            self._place(Scalar(line, self._printable(event.value, line)))
            return
        node = Mapping(line) if isinstance(event, yaml.MappingStartEvent) else Sequence(line)
        if not self._open and getattr(event, "flow_style", False):  # its dates could not be written in
            self._fault(line, "The whole poll stands in brackets.", "Write each key on a line of its own.")
        self._place(node)
        if len(self._open) >= MAX_DEPTH:
            raise NotATree(line, f"This is nested more than {MAX_DEPTH} deep.", "A poll file is flatter.")
        self._open.append((node, None))

    def _printable(self, text: str, line: int) -> str:
        found = _UNPRINTABLE.search(text)  # an escape in double quotes can make one
        if found:
            self._fault(line, *_unprintable(found))
        return text

    def _refuse_second_document(self, line: int) -> None:
        if self.root is not None:
            raise NotATree(line, "A second document begins here.", "Keep one poll in a file.")

    def _place(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent, key = self._open[-1]
        if isinstance(parent, Sequence):
            parent.nodes.append(node)
        elif key is None:
            self._open[-1] = (parent, self._key(node))
        else:
            self._enter(parent, key, node)
            self._open[-1] = (parent, None)

    def _key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            return node
        self._fault(node.line, "A key is a list or a mapping.", "Put text with [ ] or { } in double quotes.")
        return _LOST

    def _enter(self, parent: Mapping, key: Scalar, node: Node) -> None:
        if key is _LOST:
            return
        if key.text in parent.nodes:
            first = parent.key_lines[key.text]
            self._fault(
                key.line, f'"{key.text}" is given twice (first on line {first}).', "Keep one of them."
            )
            return
        parent.nodes[key.text] = node
        parent.key_lines[key.text] = key.line

    def _fault(self, line: int, problem: str, remedy: str) -> None:
        self.faults.append(TreeFault(line, problem, remedy))
