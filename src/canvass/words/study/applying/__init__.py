"""What each act does to the state. An act that cannot be applied raises Rests and has written nothing."""

from collections.abc import Callable, Mapping
from typing import Any

from canvass.words.study import acts
from canvass.words.study.acts import Entry
from canvass.words.study.applying import answers, codebook, passes
from canvass.words.study.refusals import Rests
from canvass.words.study.state import State, Write, back

_APPLIERS: Mapping[type, Callable[[State, Entry, Any], None]] = {
    acts.MakeNode: codebook.make,
    acts.RewordNode: codebook.reword,
    acts.MergeNodes: codebook.merge,
    acts.SplitCode: codebook.split,
    acts.RetireNode: codebook.retire,
    acts.BringBackNode: codebook.bring_back,
    acts.PutNode: codebook.put,
    acts.TakeOutNode: codebook.take_out,
    acts.FreezeCodebook: codebook.freeze,
    acts.CodeSegment: answers.code,
    acts.UncodeSegment: answers.uncode,
    acts.MarkRead: answers.mark_read,
    acts.SetAside: answers.set_aside,
    acts.MoveToOption: answers.move_to_option,
    acts.FlagConcern: answers.flag,
    acts.MaskSpan: answers.mask,
    acts.WriteMemo: answers.write_memo,
    acts.ShowOffers: answers.show_offers,
    acts.DecideOffer: answers.decide_offer,
    acts.ChooseApproach: answers.choose_approach,
    acts.OpenPass: passes.open_pass,
    acts.ClosePass: passes.close_pass,
    acts.Adjudicate: passes.adjudicate,
}


def apply(state: State, entry: Entry) -> list[Write]:
    """Apply one act; what it wrote, to step back by. Raises Rests."""
    try:
        _APPLIERS[type(entry.act)](state, entry, entry.act)
    except Rests:
        back(state.taken())
        raise
    return state.taken()
