"""What is asked of a new act beyond what makes it possible: each refusal is one sentence with what to do.

These are asked once, when an act is added, and never of acts that are in the log.
"""

from collections.abc import Collection

from canvass.words.study import acts
from canvass.words.study.acts import Act
from canvass.words.study.refusals import StudyRefused
from canvass.words.study.state import State
from canvass.words.study.values import (
    APPROACHES,
    COLOURS,
    DECISIONS,
    MASK_KINDS,
    MEMO_KINDS,
    NATURES,
    ORIGINS,
    PROPOSERS,
    Level,
    Standing,
)

LONGEST_NAME = 120  # characters
LONGEST_TEXT = 5_000
LONGEST_REPLACEMENT = 60


def check(state: State, act: Act) -> None:
    """Raises StudyRefused."""
    match act:
        case acts.MakeNode():
            _name(state, act.level, act.name)
            _texts(act.definition, act.include, act.exclude)
            _colour(act.colour)
            _one_of(act.nature, NATURES, "kind of code")
        case acts.RewordNode():
            _reworded(state, act)
        case acts.MergeNodes():
            _merged(state, act)
        case acts.SplitCode():
            _split(state, act)
        case acts.PutNode():
            _put(state, act)
        case acts.CodeSegment():
            _coded(state, act)
        case acts.MaskSpan():
            _masked(act)
        case acts.WriteMemo():
            _texts(act.text)
            _one_of(act.kind, MEMO_KINDS, "kind of memo")
        case acts.SetAside(_, _, why):
            _texts(why)
        case acts.FlagConcern(_, _, note):
            _texts(note)
        case acts.OpenPass():
            _pass(state, act)
        case acts.Adjudicate():
            _adjudicated(act)
        case acts.DecideOffer():
            _one_of(act.decision, DECISIONS, "decision")
        case acts.ChooseApproach():
            _one_of(act.approach, APPROACHES, "approach")


def _name(state: State, level: Level, name: str, own: str = "") -> None:
    if not name or name != " ".join(name.split()) or not name.isprintable():
        raise StudyRefused(f"A {level.words} needs a name of one line.")
    if len(name) > LONGEST_NAME:
        raise StudyRefused(f"The name has {len(name)} characters. Say it in {LONGEST_NAME} or fewer.")
    for node in state.nodes.values():
        same = node.level is level and node.id != own and node.standing is not Standing.MERGED
        if same and node.name.casefold() == name.casefold():
            retired = " It is retired: bring it back." if node.standing is Standing.RETIRED else ""
            raise StudyRefused(f"There is a {level.words} “{node.name}” already.{retired}")


def _texts(*texts: str) -> None:
    for text in texts:
        if len(text) > LONGEST_TEXT:
            raise StudyRefused(f"A text has {len(text):,} characters. Keep it to {LONGEST_TEXT:,} or fewer.")
        if "\x00" in text:
            raise StudyRefused("A text holds a character that cannot be stored. Take it out.")


def _one_of(value: str, known: Collection[str], what: str) -> None:
    if value not in known:
        raise StudyRefused(f"{value!r} is no {what}. Choose one of: {', '.join(filter(None, known))}.")


def _colour(colour: str) -> None:
    _one_of(colour, ("", *COLOURS), "colour")


def _reworded(state: State, act: acts.RewordNode) -> None:
    node = state.nodes.get(act.node)
    if node is not None and act.name is not None:
        _name(state, node.level, act.name, node.id)
    _texts(*(text for text in (act.definition, act.include, act.exclude) if text is not None))
    _colour(act.colour or "")
    _one_of(act.nature or "", NATURES, "kind of code")
    if node is not None and node.standing is Standing.MERGED:
        raise StudyRefused(f"“{node.name}” has become another {node.level.words}. Reword that one.")


def _merged(state: State, act: acts.MergeNodes) -> None:
    if not act.nodes or act.into in act.nodes or len(set(act.nodes)) != len(act.nodes):
        raise StudyRefused("Choose two or more to make one of, and the one that stays.")
    kept = state.nodes.get(act.into)
    if kept is not None and kept.standing is not Standing.ACTIVE:
        raise StudyRefused(f"“{kept.name}” is {kept.standing}. Choose an active {kept.level.words}.")


def _split(state: State, act: acts.SplitCode) -> None:
    _name(state, Level.CODE, act.name)
    node = state.nodes.get(act.node)
    here = [
        answer
        for answer in act.answers
        if any(state.now(state.codings[place]) == act.node for place in state.of_answer.get(answer, ()))
    ]
    if node is not None and len(here) < max(1, len(set(act.answers))):
        raise StudyRefused(f"Choose answers that are coded “{node.name}” for the new code to take along.")


def _put(state: State, act: acts.PutNode) -> None:
    parent = state.nodes.get(act.under)
    if parent is not None and parent.standing is not Standing.ACTIVE:
        raise StudyRefused(f"“{parent.name}” is {parent.standing}. Choose an active {parent.level.words}.")
    if parent is not None and parent.level is Level.OVERARCHING and not act.reason.strip():
        raise StudyRefused("Say why this theme belongs to the overarching one.")
    _texts(act.reason)


def _coded(state: State, act: acts.CodeSegment) -> None:
    _one_of(act.origin, ORIGINS, "origin of a coding")
    node = state.nodes.get(act.node)
    if node is not None and node.standing is not Standing.ACTIVE:
        raise StudyRefused(f"“{node.name}” is {node.standing}. Choose an active code.")
    if (act.start < 0) != (act.end < 0):
        raise StudyRefused("A segment needs both its ends.")
    if act.suggestion and act.suggestion not in state.suggestions:
        raise StudyRefused("The suggestion is not there any more. Code the answer by hand.")


def _masked(act: acts.MaskSpan) -> None:
    _one_of(act.kind, MASK_KINDS, "kind of what is masked")
    _one_of(act.proposed_by, PROPOSERS, "proposer of a mask")
    words = act.replacement
    if act.accepted and (not words.strip() or len(words) > LONGEST_REPLACEMENT or not words.isprintable()):
        raise StudyRefused(
            f"Say in one line of up to {LONGEST_REPLACEMENT} characters what stood there, such as “manager”."
        )


def _pass(state: State, act: acts.OpenPass) -> None:
    if not act.answers or len(set(act.answers)) != len(act.answers):
        raise StudyRefused("A pass needs answers to code, each once.")
    if any(answer not in state.corpus for answer in act.answers):
        raise StudyRefused("Some answers of the pass are not in the study. Draw the sample again.")
    if act.blind and act.suggestions:
        raise StudyRefused("Coders who are compared work without suggestions. Turn them off for this pass.")
    for one in state.passes.values():
        if one.is_open and one.coder == act.coder and not set(one.answers).isdisjoint(act.answers):
            raise StudyRefused("This coder has an open pass over some of these answers. Close it first.")


def _adjudicated(act: acts.Adjudicate) -> None:
    if not act.reason.strip():
        raise StudyRefused("Say why the answer is coded so.")
    _texts(act.reason)
    if len(set(act.passes)) < 2:
        raise StudyRefused("Name the two passes that disagree.")
