"""What the machine makes of a study: where its answers lie, which codes fit which, which may say nothing.

Kept with the study and learnt anew after each decision: at once where that takes a moment, else beside the
pages, which show what was learnt before until it is done. Answers to an open poll are left out of it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Thread

from canvass import words
from canvass.coding.reading import Reading
from canvass.words import Fit, Record, Space
from canvass.words.study import Standing, State, codes_of, is_substantive

FIRST = 10  # answers that people have coded before anything is proposed
REASONS = 2
ANSWERS_AT_ONCE = 1_500  # placed while a page waits
EXAMPLES_AT_ONCE = 30_000  # coded answers times codes, learnt from while a page waits


class Lesson:
    """What is learnt from: the codes of each coded answer."""

    def __init__(self, coded: Mapping[str, frozenset[str]]) -> None:
        self.coded = coded
        self.holding: dict[str, list[str]] = {}  # code -> its answers
        for answer, codes in coded.items():
            for code in sorted(codes):
                self.holding.setdefault(code, []).append(answer)

    @property
    def is_enough(self) -> bool:
        return len(self.coded) >= FIRST

    @property
    def size(self) -> int:
        return len(self.coded) * len(self.holding)


@dataclass(frozen=True, slots=True)
class Learnt:
    """Which codes fit the answers that were asked about, by one lesson; none where no code fits."""

    lesson: Lesson
    of: Mapping[str, tuple[Fit, ...]]
    record: Record


class Help:
    """Of one study. Holds no connection and no lock: what is worked out beside the pages is pure."""

    def __init__(self, reading: Reading, at_once: tuple[int, int] = (ANSWERS_AT_ONCE, EXAMPLES_AT_ONCE)):
        closed = [one for one in reading.corpus if not reading.questions[one.question].is_live]
        self._ids = [answer.id for answer in closed]
        self._texts = [answer.text for answer in closed]
        self._number = {answer: number for number, answer in enumerate(self._ids)}
        self._every = {answer.id: answer.text for answer in reading.corpus}
        self._at_once = at_once
        self._space: Space | None = None
        self._lesson: tuple[int, Lesson] | None = None  # and the step that it was taken after
        self._learnt: Learnt | None = None
        self._beside: Thread | None = None

    def __contains__(self, answer: str) -> bool:
        """Whether the machine may look at an answer."""
        return answer in self._number

    def space(self) -> Space | None:
        """Where the answers lie; None while it is being worked out."""
        if self._space is None:
            self._do(self._place, len(self._ids) <= self._at_once[0])
        return self._space

    def lesson(self, state: State, last: int) -> Lesson:
        """What people decided up to the step `last`. Answers that say nothing and codes out of use teach
        nothing."""
        if self._lesson is None or self._lesson[0] != last:
            found = Lesson(_decided(state, self._ids))
            same = self._learnt is not None and self._learnt.lesson.coded == found.coded
            self._lesson = (last, self._learnt.lesson if self._learnt is not None and same else found)
        return self._lesson[1]

    def learnt(self, state: State, last: int) -> Learnt | None:
        """What is known by now; None before there is enough to learn from, or while that is worked out."""
        lesson = self.lesson(state, last)
        if not lesson.is_enough:
            return None
        is_new = self._learnt is None or self._learnt.lesson is not lesson
        if is_new and self.space() is not None:
            self._do(lambda: self._learn(lesson), lesson.size <= self._at_once[1])
        return self._learnt

    def by(self, lesson: Lesson, asked: Sequence[str]) -> Learnt | None:
        """The codes that fit these answers by this lesson alone; None while the answers are being placed."""
        space = self.space()
        if space is None:
            return None
        coded = {self._number[answer]: codes for answer, codes in lesson.coded.items()}
        found = words.fits(
            space,
            coded,
            [self._number[answer] for answer in asked],
            names={number: self._ids[number] for number in coded},
        )
        return Learnt(lesson, {self._ids[one]: fits for one, fits in found.of.items()}, found.record)

    def reasons(self, answer: str, code: str) -> list[str]:
        """Of the coded answers with this code the two nearest to an answer."""
        holding = self._lesson[1].holding.get(code, ()) if self._lesson else ()
        others = [one for one in holding if one != answer]
        if self._space is None or not others:
            return []
        like = self._space.likeness([self._number[answer]], self._numbers(others))[0]
        near = sorted(range(len(others)), key=lambda at: (-like[at], self._number[others[at]]))
        return [others[at] for at in near[:REASONS]]

    def most_like(self, holding: Collection[str], others: Collection[str], shown: int) -> list[str]:
        """Of the others those most like the ones that hold a node."""
        space = self.space()
        if space is None:
            return []
        found = words.most_like(space, self._numbers(holding), self._numbers(others), shown)
        return [self._ids[near.answer] for near in found]

    def least_like(self, holding: Collection[str], shown: int) -> list[str]:
        """Of the answers that hold a node those least like the rest of them."""
        space = self.space()
        if space is None:
            return []
        return [self._ids[near.answer] for near in words.least_like(space, self._numbers(holding), shown)]

    @cached_property
    def says_nothing(self) -> Mapping[str, str]:
        """Answer to what it looks like: "don't know". Proposed; only a person sets one aside."""
        ids = list(self._every)
        return {ids[one.answer]: one.looks for one in words.non_answers(list(self._every.values()))}

    def settle(self) -> None:
        """Wait until nothing is being worked out."""
        if self._beside is not None:
            self._beside.join()

    def _numbers(self, answers: Collection[str]) -> list[int]:
        return [self._number[answer] for answer in answers if answer in self._number]

    def _do(self, work: Callable[[], None], at_once: bool) -> None:
        """One thing at a time; what is asked meanwhile is asked again by the next page."""
        if at_once:
            work()
        elif self._beside is None or not self._beside.is_alive():
            self._beside = Thread(target=work, daemon=True)
            self._beside.start()

    def _place(self) -> None:
        self._space = words.space(self._texts)

    def _learn(self, lesson: Lesson) -> None:
        self._learnt = self.by(lesson, [answer for answer in self._ids if answer not in lesson.coded])


def _decided(state: State, answers: Sequence[str]) -> dict[str, frozenset[str]]:
    """The active codes of each answer that has any."""
    given = {answer: codes_of(state, answer) for answer in answers if is_substantive(state, answer)}
    active = {
        answer: frozenset(code for code in codes if state.nodes[code].standing is Standing.ACTIVE)
        for answer, codes in given.items()
    }
    return {answer: codes for answer, codes in active.items() if codes}
