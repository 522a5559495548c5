"""Whatever members do and in whatever order: one fate each, and the ballots that a small model expects."""

import time
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.unit.fieldwork.stores import KEYS, Place, member, poll_of

from canvass.fieldwork.handin import Claim, Fate, HandIn, Turn
from canvass.fieldwork.store import read_standings, write_batch

JOURNEY = poll_of()
PAGES = ("often", "hours", "why")
ANSWERS: tuple[st.SearchStrategy[Any], ...] = (
    st.sampled_from(["every week", "never"]),
    st.integers(0, 80),
    st.sampled_from(["Caseload", "Pay\u202e", "<b>"]),
)
MEMBERS = st.integers(1, 3)


def asked(answers: dict[str, Any]) -> list[str]:
    """The model's own routing: hours are asked of those who work late every week."""
    return [item for item in PAGES if item != "hours" or answers.get("often") == "every week"]


@dataclass
class Expected:
    """What the model holds of one member."""

    state: str = "active"
    answers: dict[str, Any] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    begun: bool = False
    answered: bool = False
    finished: bool = False


class Voting(RuleBasedStateMachine):
    """Three members, each in as many tabs as they like; a tab may hold any page at any time."""

    place: Place  # set by the test

    def __init__(self) -> None:
        super().__init__()
        self.place.empty()
        self.place.add_poll()
        self.started = int(time.time()) - 60
        self.poll_state = "open"
        self.members = {number: Expected() for number in (1, 2, 3)}
        for number in self.members:
            self.place.add_member(number)

    @rule(who=MEMBERS)
    def start(self, who: int) -> None:
        [standing] = read_standings(self.place.store, [self.claim(who)])

        assert standing.fate is self.fate(self.members[who])
        if self.members[who].begun and standing.fate.kept:
            assert standing.ballot is not None
            assert dict(standing.ballot.answers) == self.members[who].answers

    @rule(hands=st.lists(st.tuples(MEMBERS, st.integers(0, 2), st.sampled_from(Turn), st.data()), max_size=4))
    def hand_in(self, hands: list[tuple[int, int, Turn, st.DataObject]]) -> None:
        """Up to four hand-ins that meet in one batch: other members, another tab, or the same page twice."""
        batch = [self.filled(*hand) for hand in hands]

        outcomes = write_batch(self.place.store, batch)

        expected = [self.expect(hand[0], hand_in) for hand, hand_in in zip(hands, batch, strict=True)]
        assert [(outcome.fate, outcome.goes_to) for outcome in outcomes] == expected

    @rule(who=MEMBERS, state=st.sampled_from(["active", "paused", "left", "bounced"]))
    def standing_changes(self, who: int, state: str) -> None:
        self.members[who].state = state
        self.place.run("UPDATE standing SET state = %s WHERE member = %s", state, member(who))

    @rule(state=st.sampled_from(["scheduled", "open", "closed", "withdrawn"]))
    def poll_moves(self, state: str) -> None:
        self.poll_state = state
        self.place.run("UPDATE poll_window SET state = %s", state)

    @rule()
    def process_ends_and_another_begins(self) -> None:
        self.place.store.close()
        self.place.store = self.place.another()

    @invariant()
    def store_is_as_expected(self) -> None:
        begun = {number: one for number, one in self.members.items() if one.begun}

        rows = self.place.ballots_with_shown()
        assert rows == {
            KEYS.member(member(number)): (
                one.answers,
                [item for item in asked(one.answers) if item in one.seen],
            )
            for number, one in begun.items()
        }
        days = {member(number): (True, one.answered, one.finished) for number, one in begun.items()}
        assert self.place.participation() == days

    def claim(self, who: int) -> Claim:
        return Claim(1, KEYS.member(member(who)), None, member(who), 1, self.started)

    def filled(self, who: int, page: int, turn: Turn, data: st.DataObject) -> HandIn:
        answer = None if turn is Turn.CLEAR else data.draw(st.none() | ANSWERS[page])
        answers = {} if answer is None else {PAGES[page]: answer}
        return HandIn(self.claim(who), JOURNEY, 1, (page,), answers, turn)

    def fate(self, one: Expected) -> Fate:
        if one.state in ("paused", "left"):
            return Fate.STOPPED
        if self.poll_state == "scheduled":
            return Fate.NOT_OPEN
        if self.poll_state != "open":
            return Fate.CLOSED
        return Fate.CHANGED if one.begun else Fate.STORED

    def expect(self, who: int, hand_in: HandIn) -> tuple[Fate, int | None]:
        """What this hand-in does to the model, and where it leads."""
        one = self.members[who]
        fate = self.fate(one)
        if not fate.kept:
            return fate, None
        one.answers.pop(PAGES[hand_in.page], None)
        one.answers |= hand_in.answers
        goes_to = self.follows(hand_in, one.answers)
        # What was routed away had been shown in vain: coming back to it shows it anew.
        one.seen = (one.seen | {PAGES[at] for at in (hand_in.page, goes_to) if at is not None}) & set(
            asked(one.answers)
        )
        one.begun = True
        one.answered |= bool(hand_in.answers)
        one.finished |= goes_to is None
        return fate, goes_to

    def follows(self, hand_in: HandIn, answers: dict[str, Any]) -> int | None:
        way = [PAGES.index(item) for item in asked(answers)]
        if hand_in.turn is Turn.NEXT:
            return next((page for page in way if page > hand_in.page), None)
        before = [page for page in way if page < hand_in.page]
        return before[-1] if before and hand_in.turn is Turn.BACK else hand_in.page


@pytest.mark.parametrize(
    ("store", "runs", "steps"),
    [("sqlite", 60, 25), pytest.param("postgresql", 12, 15, marks=pytest.mark.postgres)],
)
def test_any_order_of_acts_leaves_what_the_model_expects(store, runs, steps, request):
    Voting.place = request.getfixturevalue(f"{store}_store")
    calm = settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )

    run_state_machine_as_test(Voting, settings=calm)
