"""How many answers each node holds, kept up act by act: most acts change one answer or none."""

from collections import Counter

from canvass.words.study import acts
from canvass.words.study.acts import Act, Entry
from canvass.words.study.counting import climb, codes_of, is_substantive
from canvass.words.study.state import State

_OF_ONE_ANSWER = (
    acts.CodeSegment,
    acts.UncodeSegment,
    acts.SetAside,
    acts.MoveToOption,
    acts.Adjudicate,
)
_OF_NONE = (
    acts.MakeNode,
    acts.RewordNode,
    acts.RetireNode,
    acts.BringBackNode,
    acts.MarkRead,
    acts.FlagConcern,
    acts.MaskSpan,
    acts.WriteMemo,
    acts.FreezeCodebook,
    acts.OpenPass,
    acts.ShowOffers,
    acts.DecideOffer,
    acts.ChooseApproach,
)


class Tally:
    """`counts[node]`: substantive answers that count for the node, themes with those of their codes."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._nodes: dict[str, frozenset[str]] = {}  # by answer
        self.counts: Counter[str] = Counter()
        for answer in (*state.of_answer, *state.settled):
            self._refresh(answer)

    def follow(self, entry: Entry, done_or_undone: Act | None, stirred: bool) -> bool:
        """Keep up with an entry just added; False where everything must be counted anew.

        done_or_undone: the act that an undo or redo is about. stirred: others rest or count because of it.
        """
        act = done_or_undone or entry.act
        if stirred or isinstance(act, acts.Undo | acts.Redo):
            return False
        if done_or_undone is not None and isinstance(act, acts.MakeNode | acts.OpenPass):
            return False
        if isinstance(act, _OF_ONE_ANSWER):
            self._refresh(act.answer)
            return True
        return isinstance(act, _OF_NONE)

    def of(self, answer: str) -> frozenset[str]:
        """The nodes that an answer counts for."""
        return self._nodes.get(answer, frozenset())

    def _refresh(self, answer: str) -> None:
        self.counts.subtract(self._nodes.pop(answer, ()))
        above: set[str] = set()
        if answer in self._state.corpus and is_substantive(self._state, answer):
            for code in codes_of(self._state, answer):
                climb(self._state, code, above)
        if above:
            self._nodes[answer] = frozenset(above)
            self.counts.update(above)
