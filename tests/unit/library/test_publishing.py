"""Publishing freezes pages: whole, once, and untouched by whatever happens later."""

import pytest
from django.conf import settings
from tests.unit.polls.conftest import HOUR, NOON

from canvass.analysis.models import Counted
from canvass.library import checklist, services, shelf
from canvass.library.models import Publication, PublishedFigure
from canvass.polls import services as polls
from canvass.polls.models import Poll
from canvass.polls.states import PollRefused, State
from canvass.team.audit import HOST
from canvass.team.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def on_disk() -> dict[str, bytes]:
    return {
        str(path.relative_to(settings.DATA.published)): path.read_bytes()
        for path in settings.DATA.published.rglob("*")
        if path.is_file()
    }


def test_publishing_moves_the_poll_on_and_leaves_one_audit_entry(published):
    found = published()

    assert Poll.objects.get().state == State.PUBLISHED
    assert (found.participation, found.lead) == ("100 took part (the number mailed is not known)", "hours")
    assert AuditEntry.objects.filter(verb="poll.published", subject="hours").count() == 1


def test_every_figure_has_its_page_pictures_numbers_and_citation(published):
    found = published()

    for address in ("hours", "why"):
        endings = {name.removeprefix(address) for name in found.files if name.startswith(f"{address}.")}
        assert endings == {".html", ".wide.svg", ".phone.svg", ".csv", ".bib"}


def test_the_files_are_what_the_row_says(published):
    found = published()

    for name, sha256 in found.files.items():
        content = shelf.read("workers", "hours", found.edition, name, sha256)
        assert shelf.digest(content) == sha256


def test_what_people_wrote_is_not_published(published):
    published(yes=60, no=40)

    assert not any(b"Too many cases" in content for content in on_disk().values())
    assert PublishedFigure.objects.get(address="why").title == "60 people wrote an answer in their own words"


def test_published_bytes_stay_when_the_panel_the_poll_and_its_count_change(published):
    found = published()
    before = on_disk()

    found.panel.name = "Another name"
    found.panel.save()
    Poll.objects.update(title="Another title")
    Counted.objects.update(cubes={})
    published("second")

    after = on_disk()
    kept = {name: content for name, content in before.items() if not name.endswith(shelf.AFTER_VOTE)}
    assert {name: after[name] for name in kept} == kept


def test_the_same_results_at_the_same_time_give_the_same_bytes(published):
    found = published()

    again = shelf.keep("workers", "hours", {name: content_of(found, name) for name in found.files})

    assert again == found.edition


def content_of(found: Publication, name: str) -> bytes:
    return shelf.read(found.panel.slug, found.slug, found.edition, name, found.files[name])


def test_an_open_poll_is_not_published(answered):
    with pytest.raises(PollRefused, match="hours is open"):
        services.publish(answered(), by=HOST, now=NOON + HOUR)

    assert not settings.DATA.published.exists()


def test_a_poll_that_is_closed_and_not_counted_is_not_published(answered):
    poll = polls.close(answered(), by=HOST, now=NOON + HOUR)

    with pytest.raises(PollRefused, match="hours is not counted yet"):
        services.publish(poll, by=HOST, now=NOON + HOUR)


def test_a_poll_that_nobody_answered_is_not_published(counted):
    with pytest.raises(PollRefused, match="Nobody answered hours"):
        services.publish(counted(yes=0, no=0).poll, by=HOST, now=NOON + HOUR)


def test_a_poll_is_published_once(published):
    found = published()

    with pytest.raises(PollRefused, match="hours is published"):
        services.publish(Poll.objects.get(), by=HOST, now=NOON + 3 * HOUR)

    assert Publication.objects.get() == found


def test_where_somebody_else_has_just_published_nothing_is_half_done(counted):
    poll = counted().poll
    polls.publish(poll, by=HOST, now=NOON + HOUR)

    with pytest.raises(PollRefused, match="Somebody else has just moved hours"):
        services.publish(poll, by=HOST, now=NOON + HOUR)

    assert not Publication.objects.exists()


def test_files_left_by_a_publishing_that_was_stopped_are_no_hindrance(counted):
    poll = counted().poll
    home = settings.DATA.published / "workers" / "hours"
    (home / ".abc.1.part").mkdir(parents=True)

    found = services.publish(poll, by=HOST, now=NOON + HOUR)

    assert (home / found.edition / "hours.html").is_file()


def test_a_file_that_was_changed_is_refused_in_words(published):
    found = published("forged")  # a name of its own: what was read once is kept in memory
    path = settings.DATA.published / "workers" / "forged" / found.edition / "hours.csv"
    path.write_text("other numbers")

    with pytest.raises(shelf.ShelfDamaged, match="has been changed; bring it back from a backup"):
        content_of(found, "hours.csv")


def test_the_checklist_says_what_is_missing_and_what_to_look_at(answered, counted):
    waiting = checklist.checks(answered("waiting"), None)
    ready = checklist.checks(*(lambda done: (done.poll, checklist.find_results(done.poll)))(counted()))

    assert [check.what for check in checklist.hindrances(waiting)] == [
        "The poll is still open",
        "Its answers are counted",
    ]
    assert checklist.hindrances(ready) == ()
    assert "With the title drafted from the numbers: 2 of 2 figures" in [check.what for check in ready]
