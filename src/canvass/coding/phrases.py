"""Acts as sentences, for the history of a study and what is said after one."""

from collections.abc import Mapping

from canvass.words.study import Act, Answer, Entry, Level, State, acts

SHOWN = 60  # characters of an answer


def phrase(entry: Entry, state: State, names: Mapping[str, str], to: str = "") -> str:
    """What an entry did: "Coded “Too many cases” as “caseload”". names: of the nodes, also of undone ones.

    to: who reads it; they are not told what others did in a pass, which may be blind.
    """
    in_pass = (
        isinstance(entry.act, acts.CodeSegment | acts.UncodeSegment | acts.MarkRead) and entry.act.in_pass
    )
    if in_pass and entry.by != to:
        return "Coded in a pass"
    return _Teller(state, names).tell(entry.act)


def names_of(entries: list[Entry]) -> dict[str, str]:
    """The newest name that each node ever had in the log, whether or not it is there now."""
    names: dict[str, str] = {}
    for entry in entries:
        match entry.act:
            case acts.MakeNode(node, _, name) | acts.SplitCode(_, node, name):
                names[node] = name
            case acts.RewordNode(node, str(name)):
                names[node] = name
    return names


class _Teller:
    def __init__(self, state: State, names: Mapping[str, str]) -> None:
        self.state, self.names = state, names

    def tell(self, act: Act) -> str:
        return self._of_codebook(act) or self._of_answer(act) or self._of_study(act)

    def _of_codebook(self, act: Act) -> str:
        match act:
            case acts.MakeNode(_, level, name):
                return f"Made the {level.words} “{name}”"
            case acts.RewordNode():
                return self._reworded(act)
            case acts.MergeNodes(nodes, into):
                return f"Merged {', '.join(map(self._node, nodes))} into {self._node(into)}"
            case acts.SplitCode(node, _, name, answers):
                return f"Split “{name}” from {self._node(node)} with {_count(len(answers), 'answer')}"
            case acts.RetireNode(node):
                return f"Retired {self._node(node)}"
            case acts.BringBackNode(node):
                return f"Brought back {self._node(node)}"
            case acts.PutNode(node, ""):
                return f"Moved {self._node(node)}"
            case acts.PutNode(node, under):
                return f"Put {self._node(node)} under {self._node(under)}"
            case acts.TakeOutNode(node, under):
                return f"Took {self._node(node)} out of {self._node(under)}"
            case acts.FreezeCodebook(version):
                return f"Froze the codebook as version {version}"
        return ""

    def _of_answer(self, act: Act) -> str:
        match act:
            case acts.CodeSegment(answer, node, start, end):
                return f"Coded {self._answer(answer, start, end)} as {self._node(node)}"
            case acts.UncodeSegment(answer, node, start, end):
                return f"Took {self._node(node)} from {self._answer(answer, start, end)}"
            case acts.MarkRead(answer, read):
                return f"Marked {self._answer(answer)} as {'read' if read else 'not read'}"
            case acts.SetAside(answer, aside):
                return f"{'Set aside' if aside else 'Took back'} {self._answer(answer)}"
            case acts.MoveToOption(answer, option):
                return f"Moved {self._answer(answer)} {f'to “{option}”' if option else 'back'}"
            case acts.FlagConcern(answer, flagged):
                return f"{'Flagged a concern on' if flagged else 'Took the flag from'} {self._answer(answer)}"
            case acts.MaskSpan(answer, _, _, _, _, replacement, _, accepted):
                done = f"Masked words as “{replacement}” in" if accepted else "Left words as they are in"
                return f"{done} {self._answer(answer)}"
            case acts.Adjudicate(answer, _, nodes):
                names = ", ".join(map(self._node, nodes)) or "no code"
                return f"Settled {self._answer(answer)} as {names}"
            case acts.ShowOffers(answer, offers):
                return f"Saw {_count(len(offers), 'suggestion')} for {self._answer(answer)}"
        return ""

    def _of_study(self, act: Act) -> str:
        match act:
            case acts.WriteMemo(_, _, kind, text):
                return f"Wrote a memo ({kind})" if text else "Took a memo away"
            case acts.OpenPass(_, _, answers):
                return f"Opened a pass over {_count(len(answers), 'answer')}"
            case acts.ClosePass():
                return "Closed a pass"
            case acts.DecideOffer(_, decision):
                return f"Decided on a suggestion: {decision}"
            case acts.ChooseApproach(approach):
                return f"Chose the {approach} approach"
            case acts.Undo(of):
                return f"Undid step {of}"
            case acts.Redo(of):
                return f"Redid step {of}"
        return ""

    def _reworded(self, act: acts.RewordNode) -> str:
        if act.name is not None:
            return f"Renamed a {self._level(act.node)} to “{act.name}”"
        changed = [
            name for name in ("definition", "include", "exclude", "colour") if getattr(act, name) is not None
        ]
        return f"Changed {' and '.join(changed[:2]) or 'nothing'} of {self._node(act.node)}"

    def _level(self, node: str) -> str:
        found = self.state.nodes.get(node)
        return found.level.words if found else Level.CODE.words

    def _node(self, node: str) -> str:
        return f"“{self.names.get(node, 'a code that is gone')}”"

    def _answer(self, answer: str, start: int = -1, end: int = -1) -> str:
        if answer not in self.state.corpus:
            return "an answer that is gone"
        text = _words(self.state.corpus.answer(answer), start, end)
        return f"“{text[: SHOWN - 1]}…”" if len(text) > SHOWN else f"“{text}”"


def _words(answer: Answer, start: int, end: int) -> str:
    return " ".join((answer.text if start < 0 else answer.text[start:end]).split())


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
