"""The texts of a study, read from where the answers lie, with what may stand beside each.

Of a closed poll they come from its files. Of an open poll they come from the ballots, only as far as they
were taken in (`services.take_in`), and with nothing beside them but the banded profile.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

from canvass import warehouse
from canvass.analysis.files import folder_of
from canvass.analysis.models import Counted
from canvass.analysis.rows import rows_of
from canvass.coding.beside import bands, closed_answers
from canvass.coding.models import Study, StudyQuestion
from canvass.fieldwork import counting
from canvass.instrument import Instrument, Item, Kind
from canvass.panel import profiles
from canvass.polls import queries
from canvass.polls.models import Poll
from canvass.polls.states import State
from canvass.warehouse import Manifest, PollRows
from canvass.words.study import Answer, Corpus, normalised

CLOSED = (State.CLOSED, State.PUBLISHED)
FEWEST_LIVE = 10  # answers of an open poll that are taken in first
STEP_LIVE = 5  # so many more at a time, so that no single hand-in can be watched


class Written(NamedTuple):
    """One text as it was found. row: the ballot's place among those of its poll."""

    row: int
    text: str
    may_be_quoted: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a study, as it was asked."""

    row: StudyQuestion
    item: Item

    @property
    def name(self) -> str:
        return self.row.name

    @property
    def poll(self) -> Poll:
        return self.row.poll

    @property
    def is_live(self) -> bool:
        return self.row.poll.state == State.OPEN

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """(id, label) of the listed options that an "other" text may be moved to."""
        return tuple((one.id, one.label) for one in self.item.options if not one.other)


@dataclass(frozen=True, eq=False)
class PollSource:
    """One poll's ballots as far as the desk may look at them: bands of profiles, and closed answers."""

    poll: Poll
    bands: tuple[tuple[str, ...], ...]  # (rows) a label for each field, "" where it is not shown
    fields: tuple[str, ...]  # their labels
    rows: PollRows | None  # None while the poll is open

    def profile(self, row: int) -> list[tuple[str, str]]:
        """(field, band) of what may be shown of one ballot."""
        return [(field, band) for field, band in zip(self.fields, self.bands[row], strict=True) if band]

    def answers(self, row: int) -> list[tuple[str, str]]:
        """(question, answer) of the closed questions of one ballot."""
        return closed_answers(self.rows, row) if self.rows is not None else []


@dataclass(frozen=True, eq=False)
class Reading:
    """Everything that a study reads."""

    corpus: Corpus
    questions: Mapping[str, Question]  # by name, in the study's order
    of: Mapping[str, tuple[PollSource, int]]  # answer -> its poll and row
    waiting: Mapping[str, int]  # of open polls: answers to be taken in


def read(study: Study) -> Reading:
    """Raises WarehouseDamaged where a closed poll's files are not what its manifest says."""
    questions = {one.name: one for one in _questions(study)}
    answers: list[Answer] = []
    of: dict[str, tuple[PollSource, int]] = {}
    waiting: dict[str, int] = {}
    for question in questions.values():
        source, written = _source(question)
        found = dict(_named(study, question, written))
        if question.is_live:
            known = set(question.row.taken_in)
            waiting[question.name] = to_take_in(found, known)
            found = {answer: found[answer] for answer in sorted(found) if answer in known}
        for answer, one in found.items():
            options = tuple(option for option, _label in question.options)
            text = normalised(one.text)
            answers.append(Answer(answer, question.name, text, options, one.may_be_quoted))
            of[answer] = (source, one.row)
    return Reading(Corpus(answers), questions, of, waiting)


def key(study: Study) -> tuple[Any, ...]:
    """Changes whenever what is read could: a question, a poll's state or files, answers taken in."""
    rows = study.questions.select_related("poll").order_by("position", "pk")
    files = dict(
        Counted.objects.filter(poll__in=[row.poll_id for row in rows]).values_list("poll", "manifest")
    )
    return tuple(
        (row.name, row.poll.state, _fingerprint(files.get(row.poll_id)), tuple(row.taken_in)) for row in rows
    )


def find_question(study: Study, name: str) -> Question | None:
    """The question of this name, if the study reads it."""
    return next((one for one in _questions(study) if one.name == name), None)


def live_answers(study: Study, question: Question) -> list[str]:
    """The ids of all answers to a question of an open poll, taken in or not, in the order of the ids."""
    _rows, written = _open_poll(question)
    return sorted(answer for answer, _one in _named(study, question, written))


def to_take_in(found: Iterable[str], known: set[str]) -> int:
    """How many answers can be taken in now: ten or more at first, then in fives."""
    fresh = sum(answer not in known for answer in found)
    if not known and fresh < FEWEST_LIVE:
        return 0
    return fresh - fresh % STEP_LIVE


def text_items(instrument: Instrument) -> list[Item]:
    """The items of which people's own words are read: texts, and those with an "other" option."""
    return [item for item in instrument if item.kind is Kind.TEXT or any(one.other for one in item.options)]


def _questions(study: Study) -> Iterator[Question]:
    rows = study.questions.select_related("poll", "poll__panel").order_by("position", "pk")
    for row in rows:
        yield Question(row, queries.instrument_of(row.poll).item(row.item))


def _fingerprint(manifest: Mapping[str, Any] | None) -> tuple[str, ...]:
    return tuple(file["sha256"] for file in manifest["files"]) if manifest else ()


def _source(question: Question) -> tuple[PollSource, Sequence[Written]]:
    if question.is_live:
        return _open_poll(question)
    counted = Counted.objects.select_related("poll", "poll__panel").filter(poll=question.poll).first()
    if counted is None:  # closed a moment ago, or withdrawn
        return PollSource(question.poll, (), (), None), ()
    manifest = Manifest.restore(counted.manifest)
    texts = _texts(folder_of(question.poll), manifest)
    return _closed(counted, manifest), [
        Written(one["row"], one["text"], one["quote_consent"])
        for one in texts
        if one["item"] == question.item.id
    ]


_texts = lru_cache(maxsize=16)(warehouse.texts)


def _closed(counted: Counted, manifest: Manifest) -> PollSource:
    rows = rows_of(counted, queries.instrument_of(counted.poll))
    fields = [field for field in profiles.fields_of(counted.poll.panel) if field.name in rows.profiles]
    columns = [rows.profiles[field.name] for field in fields]
    shown = bands([column.texts() for column in columns], manifest.ballots)
    return PollSource(counted.poll, shown, tuple(field.label for field in fields), rows)


def _open_poll(question: Question) -> tuple[PollSource, Sequence[Written]]:
    """What an open poll's ballots hold now. Their order is that of their keys and tells nothing of time."""
    ballots = list(counting.ballots(question.poll))
    instrument = queries.instrument_of(question.poll)
    fields = profiles.fields_of(question.poll.panel)
    columns = [[(ballot.snapshot or {}).get(field.name, "") for ballot in ballots] for field in fields]
    source = PollSource(
        question.poll, bands(columns, len(ballots)), tuple(field.label for field in fields), None
    )
    return source, [
        Written(row, text, consent)
        for row, item, text, consent in warehouse.texts_in(instrument, ballots)
        if item == question.item.id
    ]


def _named(study: Study, question: Question, written: Iterable[Written]) -> Iterator[tuple[str, Written]]:
    """Each text with its id: the same for the same words to the same question, numbered where several people
    wrote the same. So an answer keeps its id when files are written anew, and loses it when it is changed."""
    seen: Counter[str] = Counter()
    for one in written:
        words = f"{question.name}\n{normalised(one.text)}".encode()
        stem = blake2b(words, key=bytes.fromhex(study.salt), digest_size=8).hexdigest()
        seen[stem] += 1
        yield stem if seen[stem] == 1 else f"{stem}-{seen[stem]}", one
