"""What acts on the codebook do to the state."""

from dataclasses import replace

from canvass.words.study.acts import (
    BringBackNode,
    Entry,
    FreezeCodebook,
    MakeNode,
    MergeNodes,
    PutNode,
    RetireNode,
    RewordNode,
    SplitCode,
    TakeOutNode,
)
from canvass.words.study.refusals import Rests
from canvass.words.study.state import TOP, State
from canvass.words.study.values import CodebookVersion, Level, Link, Node, Standing

UNDER = {  # a child's level -> the levels of its parents
    Level.CODE: (Level.THEME,),
    Level.THEME: (Level.ORGANISING, Level.OVERARCHING),
    Level.ORGANISING: (),
    Level.OVERARCHING: (),
}
REWORDED = ("name", "definition", "include", "exclude", "colour", "nature")


def make(state: State, _entry: Entry, act: MakeNode) -> None:
    if act.node in state.nodes:
        raise Rests("There is such a node already.")
    made = Node(
        act.node, act.level, 1, act.name, act.definition, act.include, act.exclude, act.colour, act.nature
    )
    _keep(state, made)
    _append(state, TOP[act.level], act.node)


def reword(state: State, _entry: Entry, act: RewordNode) -> None:
    node = state.node(act.node)
    words = {name: value for name in REWORDED if (value := getattr(act, name)) is not None}
    _keep(state, replace(node, version=node.version + 1, **words))


def merge(state: State, _entry: Entry, act: MergeNodes) -> None:
    """Children of a merged theme come under the one that stays."""
    kept = state.node(act.into)
    going = [state.node(node_id) for node_id in act.nodes]
    for node in going:
        if node.level is not kept.level:
            raise Rests("Only nodes of one level can become one.")
        if node.standing is Standing.MERGED or state.standing_for(kept.id) == node.id:
            raise Rests("One of them has become another one already.")
    for node in going:
        merged = replace(
            node, version=node.version + 1, standing=Standing.MERGED, merged_into=state.standing_for(kept.id)
        )
        _keep(state, merged)
        for parent in (*state.parents.get(node.id, ()), TOP[node.level]):
            _remove(state, parent, node.id)
        for child in state.children.get(node.id, ()):
            _move_child(state, child, node.id, merged.merged_into)
    _keep(state, replace(kept, version=kept.version + 1))


def split(state: State, _entry: Entry, act: SplitCode) -> None:
    """The new code lies where the old one lies; codings of these answers count for it."""
    node = state.node(act.node)
    if node.level is not Level.CODE or act.new in state.nodes:
        raise Rests("Only a code can be split, into one that is new.")
    made = Node(act.new, Level.CODE, 1, act.name, colour=node.colour, split_from=node.id)
    _keep(state, made)
    _keep(state, replace(node, version=node.version + 1))
    parents = state.parents.get(node.id, ())
    for parent in parents or (TOP[Level.CODE],):
        _insert_after(state, parent, made.id, node.id)
    for parent in parents:
        state.put(state.links, (made.id, parent), state.links[node.id, parent]._replace(child=made.id))
    if parents:
        state.put(state.parents, made.id, parents)
    for answer in act.answers:
        for place in state.of_answer.get(answer, ()):
            if state.now(state.codings[place]) == node.id:
                state.put(state.codings, place, replace(state.codings[place], moved_to=made.id))


def retire(state: State, _entry: Entry, act: RetireNode) -> None:
    _restand(state, act.node, Standing.RETIRED)


def bring_back(state: State, _entry: Entry, act: BringBackNode) -> None:
    _restand(state, act.node, Standing.ACTIVE)


def put(state: State, entry: Entry, act: PutNode) -> None:
    """A theme belongs to one organising theme, and leaves the one before; other parents it may have many."""
    node = state.node(act.node)
    if act.leaving:
        _unlink(state, act.node, act.leaving)
    if not act.under:
        return _put_at_top(state, node, act.before)
    parent = state.node(act.under)
    if parent.level not in UNDER[node.level]:
        raise Rests(f"A {node.level.words} does not go under a {parent.level.words}.")
    if parent.level is Level.ORGANISING:
        for other in state.parents.get(node.id, ()):
            if state.nodes[other].level is Level.ORGANISING and other != parent.id:
                _unlink(state, node.id, other)
    known = state.parents.get(node.id, ())
    if parent.id not in known:
        state.put(state.parents, node.id, (*known, parent.id))
    if parent.id not in known or act.reason:
        link = Link(node.id, parent.id, act.reason, entry.by, entry.at)
        state.put(state.links, (node.id, parent.id), link)
    if parent.level is not Level.OVERARCHING:
        _remove(state, TOP[node.level], node.id)
    return _place(state, parent.id, node.id, act.before)


def take_out(state: State, _entry: Entry, act: TakeOutNode) -> None:
    node = state.node(act.node)
    _unlink(state, node.id, act.under)
    _back_to_top(state, node)


def freeze(state: State, entry: Entry, act: FreezeCodebook) -> None:
    if act.version in state.frozen:
        raise Rests("There is such a version already.")
    nodes = tuple(sorted((node.id, node.version) for node in state.nodes.values()))
    frozen = CodebookVersion(act.version, nodes, act.note, entry.by, entry.at)
    state.put(state.frozen, act.version, frozen)


def _keep(state: State, node: Node) -> None:
    """The node as it is now, and its version for good."""
    state.put(state.nodes, node.id, node)
    state.put(state.versions, (node.id, node.version), node)


def _restand(state: State, node_id: str, standing: Standing) -> None:
    node = state.node(node_id)
    if node.standing is Standing.MERGED:
        raise Rests("It has become another one.")
    _keep(state, replace(node, version=node.version + 1, standing=standing))


def _put_at_top(state: State, node: Node, before: str) -> None:
    for parent in state.parents.get(node.id, ()):
        if state.nodes[parent].level is not Level.OVERARCHING:
            _unlink(state, node.id, parent)
    _place(state, TOP[node.level], node.id, before)


def _back_to_top(state: State, node: Node) -> None:
    """A node that lies under nothing but overarching themes stands at the top."""
    above = [state.nodes[parent].level for parent in state.parents.get(node.id, ())]
    if all(level is Level.OVERARCHING for level in above):
        _append(state, TOP[node.level], node.id)


def _move_child(state: State, child: str, old: str, new: str) -> None:
    link = state.links[child, old]
    state.put(state.links, (child, old), None)
    parents = tuple(parent for parent in state.parents[child] if parent != old)
    if new not in parents:
        parents = (*parents, new)
        state.put(state.links, (child, new), link._replace(parent=new))
        _append(state, new, child)
    state.put(state.parents, child, parents)
    _remove(state, old, child)


def _unlink(state: State, child: str, parent: str) -> None:
    if (child, parent) not in state.links:
        raise Rests("It does not lie there.")
    state.put(state.links, (child, parent), None)
    left = tuple(one for one in state.parents[child] if one != parent)
    state.put(state.parents, child, left or None)
    _remove(state, parent, child)


def _place(state: State, parent: str, child: str, before: str) -> None:
    others = [one for one in state.children.get(parent, ()) if one != child]
    place = others.index(before) if before in others else len(others)
    others.insert(place, child)
    state.put(state.children, parent, tuple(others))


def _insert_after(state: State, parent: str, child: str, after: str) -> None:
    others = list(state.children.get(parent, ()))
    place = others.index(after) + 1 if after in others else len(others)
    state.put(state.children, parent, (*others[:place], child, *others[place:]))


def _append(state: State, parent: str, child: str) -> None:
    known = state.children.get(parent, ())
    if child not in known:
        state.put(state.children, parent, (*known, child))


def _remove(state: State, parent: str, child: str) -> None:
    known = state.children.get(parent, ())
    if child in known:
        state.put(state.children, parent, tuple(one for one in known if one != child) or None)
