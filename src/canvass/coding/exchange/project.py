"""A study as a REFI-QDA project: a text for each question, a case for each person, codes in their tree."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from canvass.coding.exchange.leaving import Kept, Leaving, by_question, leaving
from canvass.coding.ledgers import Room
from canvass.coding.models import Study
from canvass.figures import tokens
from canvass.formats import refi
from canvass.words.study import TOP, Level, Memo, Node, Standing

TOLD_MEMOS = ("analytic", "method")  # memos on oneself and on masking stay at home
# The swatches of the codebook, as their stylesheet draws them on paper.
_DRAWN = {"teal": "primary", "rust": "accent", "amber": "focus", "sage": "soft", "grey": "line", "ink": "ink"}
COLOURS = {name: tokens.COLOURS[drawn].light for name, drawn in _DRAWN.items()}


def project(study: Study, room: Room, coders: Mapping[str, str], *, at: str) -> refi.Project:
    """coders: names by what the log calls them. at: an instant, ISO 8601."""
    answers = leaving(study, room)
    notes = {memo.id: memo for memo in room.state.memos.values() if memo.kind in TOLD_MEMOS}
    writer = _Writer(study, room, notes, coders)
    sources, cases = writer.sources(by_question(answers)), writer.cases(answers)
    return refi.Project(
        study.title,
        writer.users(answers),
        tuple(writer.codes()),
        sources,
        cases,
        writer.variables(answers),
        tuple(writer.notes()),
        tuple(writer.sets()),
        writer.noted("study"),
        at,
        {"canvass.json": _side(study, answers)},
    )


def codebook(study: Study, room: Room) -> tuple[tuple[refi.Code, ...], tuple[refi.CodeSet, ...]]:
    """The codes in their tree, and sets where one lies under several parents; without memos."""
    writer = _Writer(study, room, {}, {})
    return tuple(writer.codes()), tuple(writer.sets())


class _Writer:
    def __init__(
        self, study: Study, room: Room, memos: Mapping[str, Memo], coders: Mapping[str, str]
    ) -> None:
        self.study, self.room, self.state = study, room, room.state
        self.memos, self.coders = memos, coders

    def id(self, *parts: str | int) -> str:
        return refi.guid(self.study.salt, *parts)

    def users(self, answers: Sequence[Leaving]) -> tuple[refi.User, ...]:
        acted = {kept.by for answer in answers for kept in answer.kept} | {
            one.by for one in self.memos.values()
        }
        return tuple(refi.User(self.id("user", one), self.coders.get(one, one)) for one in sorted(acted))

    def codes(self) -> Iterator[refi.Code]:
        """Each node once, under its first parent."""
        drawn: set[str] = set()
        for level in (Level.ORGANISING, Level.THEME, Level.CODE):
            for node in self.state.children.get(TOP[level], ()):
                yield from self._code(self.state.nodes[node], drawn)

    def _code(self, node: Node, drawn: set[str]) -> Iterator[refi.Code]:
        if node.id in drawn or node.standing is Standing.MERGED:
            return
        drawn.add(node.id)
        below = [
            code
            for child in self.state.children.get(node.id, ())
            for code in self._code(self.state.nodes[child], drawn)
        ]
        yield refi.Code(
            self.id("node", node.id),
            node.name,
            node.level is Level.CODE,
            COLOURS.get(node.colour, ""),
            described(node),
            self.noted(f"node:{node.id}"),
            tuple(below),
        )

    def sets(self) -> Iterator[refi.CodeSet]:
        """Overarching themes, and themes with a node that lies under another one first."""
        for node in sorted(self.state.nodes.values(), key=lambda one: one.id):
            children = [
                child
                for child in self.state.children.get(node.id, ())
                if self.state.nodes[child].standing is not Standing.MERGED
            ]
            elsewhere = any(self.state.parents[child][0] != node.id for child in children)
            if node.standing is Standing.MERGED or not children:
                continue
            if node.level is Level.OVERARCHING or elsewhere:
                reasons = [self.state.links[child, node.id].reason for child in children]
                told = "\n".join(filter(None, [described(node), *reasons]))
                yield refi.CodeSet(
                    self.id("set", node.id),
                    node.name,
                    told,
                    tuple(self.id("node", child) for child in children),
                )

    def sources(self, answers: Mapping[str, Sequence[Leaving]]) -> tuple[refi.Source, ...]:
        found = []
        for name, written in answers.items():
            question = written[0].question
            text = ""
            selections: list[refi.Selection] = []
            for answer in written:
                text += f"[{answer.person}]\n"
                selections += self._selections(answer, len(text))
                text += f"{answer.text.text}\n\n"
            label = f"{question.poll.title}: {question.item.text}"
            found.append(
                refi.Source(
                    self.id("source", name),
                    label,
                    text,
                    tuple(selections),
                    (),
                    self.noted(f"question:{name}"),
                )
            )
        return tuple(found)

    def _selections(self, answer: Leaving, offset: int) -> Iterator[refi.Selection]:
        """The whole answer, by which its person is known, and each coded part."""
        whole = (0, len(answer.text.text))
        parts = {span: list(kept) for span, kept in groupby(answer.kept, lambda one: _span(answer, one))}
        for span in sorted({whole, *parts}):
            if span[0] == span[1]:
                continue
            kept = parts.get(span, [])
            yield refi.Selection(
                self.id("selection", answer.id, *span),
                offset + span[0],
                offset + span[1],
                answer.person if span == whole else "",
                codings=tuple(self._applied(answer, span, kept)),
                notes=self.noted(f"answer:{answer.id}") if span == whole else (),
            )

    def _applied(
        self, answer: Leaving, span: tuple[int, int], kept: Sequence[Kept]
    ) -> Iterator[refi.Applied]:
        for one in kept:
            yield refi.Applied(
                self.id("coding", answer.id, *span, one.start, one.node, one.by),
                self.id("node", one.node),
                self.id("user", one.by),
                one.at,
            )

    def variables(self, answers: Sequence[Leaving]) -> tuple[refi.Variable, ...]:
        fields = dict.fromkeys(field for answer in answers for field, _band in answer.profile)
        return tuple(refi.Variable(self.id("variable", field), field) for field in fields)

    def cases(self, answers: Sequence[Leaving]) -> tuple[refi.Case, ...]:
        found = []
        for person, theirs in groupby(sorted(answers, key=lambda one: one.person), lambda one: one.person):
            written = list(theirs)
            values = tuple((self.id("variable", field), band) for field, band in written[0].profile)
            whole = tuple(
                self.id("selection", one.id, 0, len(one.text.text)) for one in written if one.text.text
            )
            found.append(refi.Case(self.id("case", person), person, values, whole))
        return tuple(found)

    def notes(self) -> Iterator[refi.Note]:
        for memo in self.memos.values():
            yield refi.Note(
                self.id("note", memo.id), f"{memo.kind} memo", memo.text, self.id("user", memo.by), memo.at
            )

    def noted(self, on: str) -> tuple[str, ...]:
        return tuple(self.id("note", memo.id) for memo in self.memos.values() if memo.on == on)


def described(node: Node) -> str:
    """Its definition with when to use it and when not."""
    told = [node.definition]
    told += [f"Use when: {node.include}"] if node.include else []
    told += [f"Not when: {node.exclude}"] if node.exclude else []
    return "\n".join(filter(None, told))


def _span(answer: Leaving, kept: Kept) -> tuple[int, int]:
    return answer.text.anchor(kept.start, kept.end)


def _side(study: Study, answers: Sequence[Leaving]) -> bytes:
    """What the standard has no place for: how each coding came about."""
    codings = [
        {
            "answer": answer.id,
            "code": kept.node,
            "by": kept.by,
            "origin": kept.coding.origin if kept.coding else "settled",
            "code_version": kept.coding.version if kept.coding else None,
            "suggestion": (kept.coding.suggestion if kept.coding else "") or None,
        }
        for answer in answers
        for kept in answer.kept
    ]
    content = {"format": 1, "study": study.slug, "codings": codings}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def colour_named(hexadecimal: str) -> str:
    """The colour of ours that another program wrote; "" where it is none of ours."""
    return next((name for name, one in COLOURS.items() if one == hexadecimal), "")
