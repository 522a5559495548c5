"""What people do in a study: start it, choose its questions, take in answers, and every act of coding."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from canvass.coding import concerns, ledgers, reading
from canvass.coding.ledgers import Room, person
from canvass.coding.models import Study, StudyAct, StudyQuestion
from canvass.polls import queries
from canvass.polls.models import Poll
from canvass.polls.states import FROZEN, State
from canvass.team import audit
from canvass.team.audit import Actor
from canvass.team.models import Panel
from canvass.words.study import Act, StudyRefused, acts, codec

MOST_QUESTIONS = 50
type Asked = tuple[Poll, str]  # a poll, and the id of one of its items


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was stored, and the acts that rest because of it or count again."""

    seq: int
    stirred: tuple[int, ...] = ()


@transaction.atomic
def start(panel: Panel, title: str, questions: Sequence[Asked], *, by: Actor, now: datetime) -> Study:
    """Start a study of these questions. Raises StudyRefused."""
    name = " ".join(title.split())
    if not name or len(name) > 200:
        raise StudyRefused("Give the study a title of up to 200 characters.")
    if not questions:
        raise StudyRefused("Choose at least one question that people answered in their own words.")
    study = Study.objects.create(
        panel=panel, slug=_free_slug(panel, name), title=name, salt=secrets.token_hex(16), created_at=now
    )
    for poll, item in questions:
        _add_question(study, poll, item)
    audit.record("study.started", study.slug, panel=panel, by=by, now=now, questions=len(questions))
    return study


@transaction.atomic
def add_question(study: Study, poll: Poll, item: str, *, by: Actor, now: datetime) -> StudyQuestion:
    """Read one more question in a study. Raises StudyRefused."""
    held = Study.objects.select_for_update().get(pk=study.pk)
    added = _add_question(held, poll, item)
    audit.record("study.question_added", held.slug, panel=held.panel, by=by, now=now, question=added.name)
    return added


@transaction.atomic
def remove_question(study: Study, question: StudyQuestion, *, by: Actor, now: datetime) -> None:
    """Read a question no more. What was done to its answers rests, and counts again when it is added again.

    Raises StudyRefused.
    """
    held = Study.objects.select_for_update().get(pk=study.pk)
    if held.questions.count() == 1:
        raise StudyRefused("A study reads at least one question. Add another one before you take this out.")
    held.questions.filter(pk=question.pk).delete()
    audit.record(
        "study.question_removed", held.slug, panel=held.panel, by=by, now=now, question=question.name
    )


@transaction.atomic
def describe(study: Study, *, title: str, contact: str, by: Actor, now: datetime) -> Study:
    """Give a study another title, and name who is told of a safeguarding concern. Raises StudyRefused."""
    name, person = " ".join(title.split()), " ".join(contact.split())
    if not name or max(len(name), len(person)) > 200:
        raise StudyRefused("Give the study a title, and the contact a name, of up to 200 characters each.")
    Study.objects.filter(pk=study.pk).update(title=name, contact=person)
    audit.record("study.described", study.slug, panel=study.panel, by=by, now=now)
    study.title, study.contact = name, person
    return study


@transaction.atomic
def take_in(study: Study, question: str, *, by: Actor, now: datetime) -> int:
    """Take in what was written to an open poll since: ten answers or more at first, then in fives.

    Returns how many. Raises StudyRefused.
    """
    found = reading.find_question(study, question)
    if found is None or not found.is_live:
        raise StudyRefused("Answers are taken in while their poll is open. Of a closed poll all are here.")
    row = StudyQuestion.objects.select_for_update().get(pk=found.row.pk)
    known = set(row.taken_in)
    fresh = [answer for answer in reading.live_answers(study, found) if answer not in known]
    count = reading.to_take_in(fresh, known)
    if not count:
        raise StudyRefused(
            f"Fewer than {reading.STEP_LIVE if known else reading.FEWEST_LIVE} new answers are there. "
            "They are taken in together, so that nobody can tell whose is whose. Come back later."
        )
    row.taken_in = sorted({*known, *fresh[:count]})
    row.save(update_fields=["taken_in"])
    audit.record(
        "study.answers_taken_in",
        study.slug,
        panel=study.panel,
        by=by,
        now=now,
        question=question,
        count=count,
    )
    return count


def do(study: Study, act: Act, *, by: Actor, now: datetime) -> Done:
    """Store one act. Raises StudyRefused in one sentence, with nothing stored.

    The audit log says that it was done and its number; what it says, and about which answer, stands in the
    study's own log alone.
    """
    with ledgers.opened(study) as room:
        with transaction.atomic():
            held = Study.objects.select_for_update().get(pk=study.pk)
            room.catch_up(held)
            room.ledger.refuse(act, person(by))
            seq = held.last + 1
            _store(held, seq, act, by, now)
            audit.record(f"study.{codec.kind_of(act)}", held.slug, panel=held.panel, by=by, now=now, step=seq)
        if isinstance(act, acts.FlagConcern) and act.flagged:
            concerns.tell(study, now=now)
        return Done(seq, _added(room, study))


def do_all(study: Study, several: Sequence[Act], *, as_: str, by: Actor, now: datetime) -> int:
    """Store several acts or none, under one audit entry `study.{as_}`. Returns how many.

    Raises StudyRefused in one sentence, with nothing stored.
    """
    with ledgers.opened(study) as room:
        try:
            with transaction.atomic():
                held = Study.objects.select_for_update().get(pk=study.pk)
                room.catch_up(held)
                for act in several:
                    room.ledger.refuse(act, person(by))
                    held.last += 1
                    _store(held, held.last, act, by, now)
                    room.catch_up(held)
                audit.record(f"study.{as_}", held.slug, panel=held.panel, by=by, now=now, steps=len(several))
        except StudyRefused:
            room.go_back(study)
            raise
    return len(several)


@transaction.atomic
def record_export(study: Study, kind: str, *, by: Actor, now: datetime) -> None:
    """That words left the house, as which file."""
    audit.record("study.exported", study.slug, panel=study.panel, by=by, now=now, kind=kind)


def _store(study: Study, seq: int, act: Act, by: Actor, now: datetime) -> None:
    StudyAct.objects.create(
        panel=study.panel,
        study=study,
        seq=seq,
        kind=codec.kind_of(act),
        said=codec.dump(act),
        by=person(by),
        at=now,
    )
    Study.objects.filter(pk=study.pk).update(last=seq)


def _added(room: Room, study: Study) -> tuple[int, ...]:
    before = dict(room.ledger.resting)
    room.catch_up(study)
    newest = room.ledger.last
    return tuple(sorted(seq for seq in before.keys() ^ room.ledger.resting.keys() if seq != newest))


def _add_question(study: Study, poll: Poll, item: str) -> StudyQuestion:
    if poll.panel_id != study.panel_id or poll.state not in FROZEN:
        raise StudyRefused(f"{poll.slug} has no answers to read yet. Choose a poll that was opened.")
    asked = {one.id for one in reading.text_items(queries.instrument_of(poll))}
    if item not in asked:
        raise StudyRefused(
            f"{item!r} of {poll.slug} asks for no words of people’s own. Choose another question."
        )
    known = study.questions.filter(poll=poll)
    if known.filter(item=item).exists():
        raise StudyRefused("The study reads this question already.")
    if poll.state == State.OPEN and known.exists():
        raise StudyRefused(
            "Of an open poll a study reads one question, so that nobody’s answers are seen together. "
            "Add the other when the poll is closed."
        )
    if study.questions.count() >= MOST_QUESTIONS:
        raise StudyRefused(f"A study reads up to {MOST_QUESTIONS} questions. Start another study.")
    return StudyQuestion.objects.create(
        panel=study.panel, study=study, poll=poll, item=item, position=study.questions.count() + 1
    )


def _free_slug(panel: Panel, title: str) -> str:
    stem = slugify(title)[:80].strip("-") or "study"
    taken = set(Study.objects.filter(panel=panel, slug__startswith=stem).values_list("slug", flat=True))
    free = (
        slug for number in range(1, len(taken) + 2) if (slug := f"{stem}-{number}" if number > 1 else stem)
    )
    return next(slug for slug in free if slug not in taken)
