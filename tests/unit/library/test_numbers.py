"""A figure's numbers as CSV: unrounded, and a mark where so few people may not be shown."""

import csv
import io

import pytest

from canvass.analysis.results import results
from canvass.figures import caption, description
from canvass.library.numbers import as_csv
from canvass.tables.disclosure import Audience

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.fixture
def lines(counted):
    """The lines of the first item where so many answered."""

    def read(yes: int, no: int) -> list[dict[str, str]]:
        exhibit = results(counted(yes=yes, no=no).poll).at("hours").exhibit
        return list(csv.DictReader(io.StringIO(as_csv(exhibit))))

    return read


def test_numbers_are_unrounded_with_their_base(lines):
    every_week, never = lines(yes=67, no=33)

    assert (every_week["asked"], every_week["base"], every_week["n"]) == ("100", "100", "67")
    assert (every_week["estimate"], never["estimate"]) == ("0.67", "0.33")
    assert 0.5 < float(every_week["low"]) < 0.67 < float(every_week["high"])


def test_from_ten_to_29_people_counts_stand_alone(lines):
    every_week, _never = lines(yes=20, no=9)

    assert (every_week["n"], every_week["base"], every_week["caution"]) == ("20", "29", "counts_only")
    assert [every_week[name] for name in ("estimate", "standard_error", "low", "high")] == ["[u]", "", "", ""]


def test_under_ten_people_no_number_is_there(lines):
    for line in lines(yes=5, no=4):
        assert [line[name] for name in ("asked", "base", "n", "estimate")] == ["[c]"] * 4
        assert line["caution"] == "no_figure"


@pytest.mark.parametrize("yes", [1, 4, 8])
def test_a_follow_up_does_not_tell_how_many_gave_the_answer_that_is_withheld(yes, counted):
    polls = [counted(f"poll-{n}", yes=n, no=9 - n).poll for n in (yes, 9 - yes)]
    one, other = (results(poll) for poll in polls)

    told, also = (
        [(caption.in_sight(result.exhibit), description(result.exhibit), as_csv(result.exhibit)) for result in
         found.all] for found in (one, other)
    )  # fmt: skip

    assert results(polls[0], Audience.TEAM).at("why").exhibit.toplines[0].asked == yes
    assert str(told).replace(f"poll-{yes}", "poll") == str(also).replace(f"poll-{9 - yes}", "poll")


def test_a_label_that_a_spreadsheet_would_run_is_made_harmless(counted):
    text = (
        "poll: {slug}\ntitle: {title}\ncategory: c\nitems:\n"
        "  - {id: hours, kind: single, text: '=cmd()', options: ['every week', never]}\n"
    )
    done = counted(yes=0, no=12, text=text)

    line = next(csv.DictReader(io.StringIO(as_csv(results(done.poll).at("hours").exhibit))))

    assert line["question"] == "'=cmd()"
