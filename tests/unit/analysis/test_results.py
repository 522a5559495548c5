"""What is said of a counted poll: titles, participation, what is withheld, how it was done."""

from dataclasses import replace

import pytest
from tests.unit.analysis.conftest import NO, YES, cast
from tests.unit.figures import specimens
from tests.unit.polls.conftest import HOUR, NOON, TEXT

from canvass.analysis import made, method, services
from canvass.analysis.models import FigureTitle
from canvass.analysis.report import report
from canvass.analysis.results import earlier_titles, find_results, results
from canvass.documents import FigureBlock, Note
from canvass.instrument.model import Row
from canvass.polls import services as polls
from canvass.polls.states import PollRefused
from canvass.tables.disclosure import SENSITIVE_BASE
from canvass.team.audit import HOST, Actor
from canvass.team.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
ANN = Actor("staff", "1")


def word(poll, title, figure="hours"):
    return services.word_title(poll, figure, title, name="Ann", by=ANN, now=NOON + 2 * HOUR)


def test_an_open_poll_has_no_results(answered):
    assert find_results(answered()) is None


def test_every_item_is_there_in_order_with_its_own_base(counted):
    found = results(counted(yes=60, no=40).poll)

    bases = [(one.address, one.exhibit.toplines[0].asked, one.exhibit.toplines[0].base) for one in found.all]
    assert bases == [("hours", 100, 100), ("why", 60, 60)]


def test_a_title_is_drafted_from_the_numbers(counted):
    found = results(counted(yes=60, no=40).poll).at("hours")

    assert found.title == "Three in five people who answered said “every week” (60%, 60 of 100)"
    assert found.worded is None


def test_a_title_in_the_teams_words_holds_with_the_drafted_one_beside_it(counted):
    poll = counted(yes=60, no=40).poll
    word(poll, "  Long weeks are common\n here ")

    found = results(poll).at("hours")

    assert (found.title, found.exhibit.title) == ("Long weeks are common here", "Long weeks are common here")
    assert found.drafted.startswith("Three in five")
    assert AuditEntry.objects.get(verb="figure.titled").facts == {"title": "Long weeks are common here"}


def test_an_empty_title_goes_back_to_the_drafted_one_and_the_others_are_kept(counted):
    poll = counted().poll
    for title in ("First", "Second", ""):
        word(poll, title)

    history = [worded.title for worded in earlier_titles(poll)["hours"]]

    assert history == ["", "Second", "First"]
    assert results(poll).at("hours").worded is None


def test_a_title_that_is_too_long_is_refused_with_its_length(counted):
    with pytest.raises(PollRefused, match="The title has 201 characters"):
        word(counted().poll, "x" * 201)

    assert not FigureTitle.objects.exists()


def test_a_figure_that_is_not_there_has_no_title(counted):
    with pytest.raises(PollRefused, match="hours has no figure gone"):
        word(counted().poll, "A title", figure="gone")


def test_titles_are_not_worded_once_the_poll_is_published(counted):
    poll = polls.publish(counted().poll, by=HOST, now=NOON + 2 * HOUR)

    with pytest.raises(PollRefused, match="hours is published"):
        word(poll, "Too late")


@pytest.mark.parametrize(("yes", "withheld"), [(SENSITIVE_BASE, []), (SENSITIVE_BASE - 1, ["why"])])
def test_of_a_sensitive_poll_an_item_of_fewer_than_thirty_is_not_for_the_public(answered, yes, withheld):
    text = TEXT.replace("category: practice", "category: practice\nsensitive: true")
    poll = answered(yes=yes, no=40, text=text)
    services.close_and_count(poll, by=HOST, now=NOON + HOUR)

    found = results(poll)

    assert [one.address for one in found.all if one.withheld] == withheld
    assert [type(block) for block in report(found).blocks[1:3]] == [
        FigureBlock,
        Note if withheld else FigureBlock,
    ]


def test_a_base_under_ten_is_not_said_in_numbers(counted):
    assert results(counted(yes=9, no=3).poll).at("why").answered == "fewer than 10 answered this question"


def test_of_a_grid_the_line_that_many_answered_is_told_beside_the_one_that_few_did(counted):
    full = specimens.grid_rating()
    few = specimens.topline(full.item, {"10": 8}, 8, 20, Row("few", "Few people"))
    found = replace(results(counted().poll).at("hours"), exhibit=specimens.exhibit(*full.toplines, few))

    assert found.answered == "fewer than 10 to 197 answered each line of this question"


def test_the_method_sheet_says_who_and_how_with_numbers_that_add_up(january):
    poll = january(invited=1237)
    services.close_and_count(poll, by=HOST, now=NOON)

    sheet = dict(method.rows(results(poll)))

    assert sheet["Took part"] == "1,237 mailed, 135 took part (10.9%); 135 ballots counted, none withdrawn."
    assert sheet["Fieldwork"] == "18 January to 1 February 2022, collected elsewhere and imported."
    assert sheet["For"] == "Independent Review"
    assert "Finite population correction on the 1,237 people mailed." in sheet["Intervals"]
    assert "response rate" not in str(sheet)


def test_self_selection_is_said_once_in_the_method_sheet(counted):
    paragraphs = method.sheet(results(counted().poll)).paragraphs

    assert [words for words in paragraphs if "chose for themselves" in words] == [*paragraphs]


def test_how_a_figure_was_made_goes_down_to_its_file(counted):
    done = counted(yes=60, no=40)
    found = results(done.poll)

    told = dict(made.of_figure(found, found.at("hours")))

    assert told["Base"].startswith("100 of 100 asked.")
    assert told["Not in the base"] == "0 who were asked and gave no answer."
    assert found.manifest.file("answers").name in told["Counted"]


def test_a_changed_meaning_gives_two_figures_that_are_not_compared(answered):
    poll = answered(yes=30, no=20)
    text = poll.text.replace("beyond your hours", "at night")
    mended = polls.mend(poll, text, meaning_changed=True, by=HOST, now=NOON)
    cast(mended, [YES] * 10 + [NO] * 30, version=2)
    services.close_and_count(mended, by=HOST, now=NOON + HOUR)

    found = results(mended)

    bases = {one.address: one.exhibit.toplines[0].base for one in found.all}
    assert bases == {"hours": 50, "hours-2": 40, "why": 40}
    assert "not comparable" in found.at("hours-2").exhibit.marks[0]
