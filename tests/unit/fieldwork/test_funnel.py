"""The funnel's numbers: what is counted, and what is told of it while the poll is open."""

import json

import pytest
from django.db import connections
from tests.unit.fieldwork.mailing import NOON, STORES, Scene, scene

from canvass.analysis.services import close_and_count
from canvass.fieldwork import funnel, outbox
from canvass.fieldwork.mailings import MailState
from canvass.fieldwork.models import CollectedElsewhere
from canvass.panel.models import ProfileField, Standing
from canvass.polls import services as polls
from canvass.tables.funnel import GroupCount
from canvass.tables.values import Reason, Suppressed
from canvass.team.audit import HOST

pytestmark = pytest.mark.django_db(databases=STORES, transaction=True)


def add_ballot(place: Scene, number: int, answers: dict, shown=("often", "why")) -> None:
    with connections["ballots"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO ballot (panel, poll, key, version, answers, shown, snapshot)"
            " VALUES (%s, %s, %s, 1, %s, %s, '{}')",
            [place.panel.pk, place.poll.pk, f"{number:032x}", json.dumps(answers), json.dumps(shown)],
        )


def voted(people: int, mailed: int) -> Scene:
    """A poll mailed to so many, of whom so many voted; the first left the second question open."""
    place = scene()
    keys = [place.add(f"m{number}", role="Manager") for number in range(mailed)]
    outbox.record_past(place.panel.pk, place.poll.pk, dict.fromkeys(keys, MailState.ACCEPTED))
    for number, key in enumerate(keys[:people]):
        place.takes_part(key)
        add_ballot(place, number, {"often": "never"} | ({"why": "so"} if number else {}))
    return place


def numbers(place: Scene) -> dict[str, int | None]:
    return {step.label: step.count for step in funnel.funnel_of(place.poll, now=NOON).counts.steps}


def closed(place: Scene) -> Scene:
    place.poll = polls.close(place.poll, by=HOST, now=NOON)
    return place


def test_each_step_is_counted_once_the_poll_has_closed():
    assert numbers(closed(voted(13, 40))) == {
        "Registered": 40,
        "Can be mailed": 40,
        "Mailed": 40,
        "Accepted by the mail server": 40,
        "Opened": 13,
        "Answered a question": 13,
        "Finished": 13,
    }


def test_while_open_what_comes_from_answers_goes_in_steps_of_five():
    told = funnel.funnel_of(voted(13, 40).poll, now=NOON)

    assert [step.count for step in told.counts.steps] == [40, 40, 40, 40, 10, 10, 10]
    assert (told.took_part, [item.answered for item in told.counts.items]) == (10, [10, 10])


def test_a_question_tells_to_how_many_it_was_shown_and_how_many_answered():
    place = voted(3, 20)
    add_ballot(place, 99, {"often": {"missing": "prefer_not_to_say"}}, shown=("often",))

    items = funnel.funnel_of(closed(place).poll, now=NOON).counts.items

    assert [(item.asked, item.answered) for item in items] == [(4, 3), (3, 2)]


def test_took_part_is_ballots_and_withdrawn():
    place = voted(6, 20)
    with connections["ballots"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO withdrawal (panel, poll, count) VALUES (%s, %s, 2)", [place.panel.pk, place.poll.pk]
        )

    told = funnel.funnel_of(closed(place).poll, now=NOON)

    assert (told.took_part, told.withdrawn) == (8, 2)


def test_small_roles_are_withheld():
    place = voted(12, 40)
    ProfileField.objects.create(
        panel=place.panel, name="role", label="Role", position=1, options=["Manager", "Educator"]
    )
    rare = [place.add(f"rare{number}", role="Educator") for number in range(3)]
    outbox.record_past(place.panel.pk, place.poll.pk, dict.fromkeys(rare, MailState.ACCEPTED))

    [by_role] = funnel.funnel_of(closed(place).poll, now=NOON).breakdowns

    hidden = Suppressed(Reason.SMALL_GROUP)
    assert by_role.groups == (GroupCount("Manager", hidden, hidden), GroupCount("Educator", hidden, hidden))
    assert by_role.suppressed == hidden


def test_after_the_count_no_change_of_one_profile_shows_who_took_part():
    place = voted(12, 40)
    ProfileField.objects.create(
        panel=place.panel, name="role", label="Role", position=1, options=["Manager", "Educator"]
    )
    others = [place.add(f"other{number}", role="Educator") for number in range(30)]
    outbox.record_past(place.panel.pk, place.poll.pk, dict.fromkeys(others, MailState.ACCEPTED))
    for key in others[:9]:
        place.takes_part(key)
    close_and_count(place.poll, by=HOST, now=NOON)
    place.poll.refresh_from_db()
    before = funnel.funnel_of(place.poll, now=NOON).breakdowns

    Standing.objects.filter(member=others[0]).update(profile={"role": "Manager"})

    assert [[group.took_part for group in one.groups] for one in before] == [[12, 9]]
    assert funnel.funnel_of(place.poll, now=NOON).breakdowns == before


def test_imported_answers_say_what_was_not_measured():
    place = voted(0, 0)
    CollectedElsewhere.objects.create(poll=place.poll.pk, panel=place.panel.pk, invited=1237)
    add_ballot(place, 1, {"often": "never"})

    told = funnel.funnel_of(closed(place).poll, now=NOON)

    assert [(step.label, step.count) for step in told.counts.steps] == [
        ("Invited elsewhere", 1237), ("Opened", None), ("Took part", 1),
    ]  # fmt: skip
    assert not told.measured
