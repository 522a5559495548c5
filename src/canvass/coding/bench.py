"""The workbench: which answers are shown, in which order, and what stands on each line."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from canvass.coding.ledgers import Room
from canvass.coding.reading import Question
from canvass.coding.segments import Piece, pieces
from canvass.team.access import Role
from canvass.words.study import MAIN, Answer, Level, Memo, Node, Place, Standing, State, codes_of

LINES_A_PAGE = 50
ORDERS = {"": "Oldest poll first", "newest": "Newest poll first", "alike": "Alike together"}
STATES = {
    "": "All answers",
    "unread": "Not read yet",
    "uncoded": "Without a code",
    "nothing": "May say nothing",
    "coded": "Coded",
    "aside": "Set aside as no answer",
    "moved": "Moved to an option",
    "flagged": "With a concern",
    "memo": "With a memo",
}
MANAGING = frozenset({Role.OWNER, Role.PANEL_MANAGER})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address of the workbench asks for; every field may be blank."""

    words: str = ""
    state: str = ""
    code: str = ""  # a node of any level
    question: str = ""
    profile: str = ""  # "Role: Manager"
    order: str = ""
    in_pass: str = MAIN

    @property
    def is_filtered(self) -> bool:
        return any((self.words, self.state, self.code, self.question, self.profile))


@dataclass(frozen=True, slots=True)
class Chip:
    """A coding on a line."""

    place: Place
    node: Node  # as it is now
    words: str  # of the segment; "" where it is the whole answer
    mine: bool

    @property
    def value(self) -> str:
        """What a form sends to take it away."""
        return f"{self.place.node}|{self.place.start}|{self.place.end}|{self.place.coder}"


@dataclass(frozen=True, slots=True)
class Line:
    """One answer."""

    answer: Answer
    question: Question
    pieces: Sequence[Piece]
    profile: Sequence[tuple[str, str]]
    closed: Sequence[tuple[str, str]]
    chips: Sequence[Chip]
    compared: Sequence[Node]  # codes that count because two coders agreed, or it was settled
    is_read: bool
    looks: str  # like which non-answer, while nothing was done to it; "" like none
    aside: str  # why it was set aside; "" where it was not
    moved_to: str  # the label of an option
    is_flagged: bool
    memos: Sequence[Memo]
    masks: int

    @property
    def id(self) -> str:
        return self.answer.id

    @property
    def is_done(self) -> bool:
        return bool(self.is_read or self.chips or self.compared or self.aside or self.moved_to)


def may_read_live(roles: frozenset[Role]) -> bool:
    """Who manages the members of a panel never reads what they write while a poll is open."""
    return Role.CODER in roles and not roles & MANAGING


def page(room: Room, wanted: Wanted, person: str, roles: frozenset[Role], number: str) -> Page[str]:
    """One page of the ids of the answers that are wanted."""
    paginator: Paginator[str] = Paginator(found(room, wanted, person, roles), LINES_A_PAGE)
    return paginator.get_page(number)


def found(room: Room, wanted: Wanted, person: str, roles: frozenset[Role]) -> list[str]:
    """The answers that are wanted, in order."""
    tests = list(_tests(room, wanted, person, roles))
    answers = [answer for answer in room.reading.corpus if all(test(answer) for test in tests)]
    if wanted.order == "newest":
        questions = room.reading.questions
        opened = {name: str(question.poll.opens_at) for name, question in questions.items()}
        answers.sort(key=lambda answer: opened[answer.question], reverse=True)
    if wanted.order == "alike":
        wanted_ids = {answer.id for answer in answers}
        return [answer for answer in room.alike if answer in wanted_ids]
    return [answer.id for answer in answers]


def line(room: Room, answer_id: str, person: str, in_pass: str = MAIN) -> Line:
    """One answer with all that stands beside it, as this person may see it."""
    state = room.state
    answer = state.corpus.answer(answer_id)
    question = room.reading.questions[answer.question]
    source, row = room.reading.of[answer_id]
    places = seen_places(state, answer_id, person, in_pass)
    moved = state.moved.get(answer_id)
    return Line(
        answer=answer,
        question=question,
        pieces=pieces(answer, places, state),
        profile=source.profile(row),
        closed=source.answers(row),
        chips=[_chip(state, answer, place, person) for place in places],
        compared=compared(state, answer_id, person, in_pass),
        is_read=(answer_id, person, in_pass) in state.reads,
        looks="" if places or moved else room.help.says_nothing.get(answer_id, ""),
        aside=_why(state, answer_id),
        moved_to=dict(question.options).get(moved.what, moved.what) if moved else "",
        is_flagged=answer_id in state.flags,
        memos=[
            memo
            for memo in memos_on(state, answer_id)
            if memo.by == person or (in_pass == MAIN and not is_blind(state, answer_id, person))
        ],
        masks=sum(one.accepted for one in state.masks.get(answer_id, ())),
    )


def seen_places(state: State, answer: str, person: str, in_pass: str) -> list[Place]:
    """The codings that this person may see: in a pass its own; an answer of a blind pass that is open shows
    nobody's but one's own of that pass."""
    places = state.of_answer.get(answer, ())
    if in_pass == MAIN:
        return [] if is_blind(state, answer, person) else [one for one in places if one.in_pass == MAIN]
    return [place for place in places if place.in_pass == in_pass and place.coder == person]


def compared(state: State, answer: str, person: str, in_pass: str) -> list[Node]:
    """The codes that count for an answer without a coding of the main pass: coders who were compared agreed
    on them, or it was settled."""
    if in_pass != MAIN or answer not in state.passes_of or is_blind(state, answer, person):
        return []
    places = seen_places(state, answer, person, in_pass)
    given = {state.now(state.codings[place]) for place in places}
    return [state.nodes[code] for code in codes_of(state, answer) if code not in given]


def is_blind(state: State, answer: str, person: str) -> bool:
    """Whether this person is to code the answer without seeing others' codes, and is not through with it."""
    passes = (state.passes[one] for one in state.passes_of.get(answer, ()))
    return any(one.blind and one.is_open and one.coder == person for one in passes)


def memos_on(state: State, answer: str) -> list[Memo]:
    """The memos on an answer or its segments, the oldest first."""
    segments = f"segment:{answer}:"
    memos = state.memos.values()
    return [memo for memo in memos if memo.on == f"answer:{answer}" or memo.on.startswith(segments)]


def active_codes(state: State) -> list[Node]:
    """The codes that can be used, by name."""
    codes = (
        node for node in state.nodes.values() if node.level is Level.CODE and node.standing is Standing.ACTIVE
    )
    return sorted(codes, key=lambda node: node.name.casefold())


def profiles_shown(room: Room) -> list[str]:
    """Every band that stands beside some answer, "Role: Manager", in the team's order."""
    seen = {
        (place, f"{field}: {band}")
        for source, row in room.reading.of.values()
        for place, (field, band) in enumerate(source.profile(row))
    }
    return list(dict.fromkeys(band for _place, band in sorted(seen)))


def _tests(
    room: Room, wanted: Wanted, person: str, roles: frozenset[Role]
) -> Iterator[Callable[[Answer], bool]]:
    state = room.state
    if not may_read_live(roles):
        live = {name for name, question in room.reading.questions.items() if question.is_live}
        if live:
            yield lambda answer: answer.question not in live
    if wanted.in_pass != MAIN:
        sample = set(state.passes[wanted.in_pass].answers) if wanted.in_pass in state.passes else set()
        yield lambda answer: answer.id in sample
    if wanted.question:
        yield lambda answer: answer.question == wanted.question
    if wanted.code:
        yield lambda answer: wanted.code in room.tally.of(answer.id)
    if wanted.words:
        yield _holding(room, wanted, person)
    if wanted.state in STATES and wanted.state:
        yield _in_state(room, wanted, person)
    if wanted.profile:
        yield lambda answer: wanted.profile in _bands(room, answer.id)


def _bands(room: Room, answer: str) -> list[str]:
    source, row = room.reading.of[answer]
    return [f"{field}: {band}" for field, band in source.profile(row)]


def _holding(room: Room, wanted: Wanted, person: str) -> Callable[[Answer], bool]:
    """Every word, in the text or in the names of its codes."""
    words = wanted.words.casefold().split()
    names = {node.id: node.name.casefold() for node in room.state.nodes.values()}

    def test(answer: Answer) -> bool:
        places = seen_places(room.state, answer.id, person, wanted.in_pass)
        codes = " ".join(names[room.state.now(room.state.codings[place])] for place in places)
        text = answer.text.casefold()
        return all(word in text or word in codes for word in words)

    return test


def _in_state(room: Room, wanted: Wanted, person: str) -> Callable[[Answer], bool]:
    state = room.state

    def is_coded(answer: Answer) -> bool:
        given = seen_places(state, answer.id, person, wanted.in_pass)
        return bool(given or compared(state, answer.id, person, wanted.in_pass))

    def is_untouched(answer: Answer) -> bool:
        apart = answer.id in state.aside or answer.id in state.moved
        return not apart and not is_coded(answer)

    with_memo = {memo.on.split(":")[1] for memo in state.memos.values() if ":" in memo.on}
    tests: Mapping[str, Callable[[Answer], bool]] = {
        "unread": lambda one: is_untouched(one) and (one.id, person, wanted.in_pass) not in state.reads,
        "uncoded": is_untouched,
        "nothing": lambda answer: is_untouched(answer) and answer.id in room.help.says_nothing,
        "coded": is_coded,
        "aside": lambda answer: answer.id in state.aside,
        "moved": lambda answer: answer.id in state.moved,
        "flagged": lambda answer: answer.id in state.flags,
        "memo": lambda answer: answer.id in with_memo,
    }
    return tests[wanted.state]


def _chip(state: State, answer: Answer, place: Place, person: str) -> Chip:
    node = state.nodes[state.now(state.codings[place])]
    words = answer.text[place.start : place.end] if place.start >= 0 else ""
    return Chip(place, node, words, place.coder == person)


def _why(state: State, answer: str) -> str:
    apart = state.aside.get(answer)
    return (apart.why or "no answer") if apart else ""
