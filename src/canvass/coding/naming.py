"""Names of the codebook as people type them, and ids for what they make."""

import secrets

from canvass.words.study import Level, Node, Standing, State


def new_id() -> str:
    """For a node, a memo, a pass: it says nothing and is never used again."""
    return secrets.token_hex(6)


def typed(text: str) -> str:
    """One line without spaces at its ends."""
    return " ".join(text.split())


def find(state: State, level: Level, name: str) -> Node | None:
    """The node of this level and name that is not merged into another."""
    plain = typed(name).casefold()
    for node in state.nodes.values():
        if node.level is level and node.standing is not Standing.MERGED and node.name.casefold() == plain:
            return node
    return None
