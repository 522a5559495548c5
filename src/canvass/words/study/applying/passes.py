"""What acts on passes do to the state: opening, closing, and settling what coders disagree on."""

from dataclasses import replace

from canvass.words.study.acts import Adjudicate, ClosePass, Entry, OpenPass
from canvass.words.study.refusals import Rests
from canvass.words.study.state import State
from canvass.words.study.values import Adjudication, CodingPass


def open_pass(state: State, entry: Entry, act: OpenPass) -> None:
    if act.in_pass in state.passes:
        raise Rests("There is such a pass already.")
    if act.version not in state.frozen:
        raise Rests("The codebook that it was opened on is not frozen.")
    opened = CodingPass(
        act.in_pass,
        act.coder,
        act.answers,
        act.blind,
        act.seed,
        act.suggestions,
        act.version,
        entry.at,
    )
    state.put(state.passes, act.in_pass, opened)
    for answer in act.answers:
        state.put(state.passes_of, answer, (*state.passes_of.get(answer, ()), act.in_pass))


def close_pass(state: State, entry: Entry, act: ClosePass) -> None:
    found = state.passes.get(act.in_pass)
    if found is None or not found.is_open:
        raise Rests("There is no such open pass.")
    state.put(state.passes, act.in_pass, replace(found, closed_at=entry.at))


def adjudicate(state: State, entry: Entry, act: Adjudicate) -> None:
    state.corpus.answer(act.answer)
    for one in act.passes:
        if one not in state.passes:
            raise Rests("One of the passes that it settles is not there.")
    for node in act.nodes:
        state.node(node)
    nodes = tuple(sorted(set(act.nodes)))
    decided = Adjudication(act.answer, act.passes, nodes, act.reason, entry.by, entry.at)
    state.put(state.settled, act.answer, decided)
