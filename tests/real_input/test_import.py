"""Both real inputs through the one way in: the ballots that are stored are the answers of the file."""

import pytest
from tests.real_input.conftest import NOON
from tests.real_input.counting import HERE, ROOT, THANKSGIVING

from canvass import formats
from canvass.fieldwork.importing import import_answers
from canvass.fieldwork.models import Ballot
from canvass.fieldwork.poll_counts import poll_counts
from canvass.polls.states import State
from canvass.team.audit import HOST

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
JANUARY = ROOT / "examples/working-hours-2022-01.yaml"


def test_january_is_135_ballots_of_1237_invited_with_its_own_fieldwork_dates(draft):
    table = formats.read(HERE / "micro-2022-01.csv")

    done = import_answers(draft(JANUARY), table, invited=1237, by=HOST, now=NOON)

    count = poll_counts(done.poll.panel, [done.poll.pk])[done.poll.pk]
    assert (count.mailed, count.took_part) == (1237, 135)
    assert (done.poll.state, f"{done.poll.opens:%Y-%m-%d}") == (State.OPEN, "2022-01-18")
    assert f"{done.poll.closes:%Y-%m-%d}" == "2022-02-01"


def test_thanksgiving_is_1058_ballots_and_the_same_file_again_is_1058_ballots(draft):
    if not THANKSGIVING.exists():
        pytest.fail(f"This test reads the thanksgiving poll's answers at {THANKSGIVING}; they are not there.")
    table = formats.read(THANKSGIVING)
    mapping = formats.read(HERE / "thanksgiving-map.csv")

    first = import_answers(draft(HERE / "thanksgiving.yaml"), table, mapping=mapping, by=HOST, now=NOON)
    again = import_answers(first.poll, table, mapping=mapping, by=HOST, now=NOON)

    assert (first.new, first.changed, again.new, again.changed) == (1058, 0, 0, 1058)
    assert Ballot.objects.filter(answers__celebrates="yes").count() == 980
    assert Ballot.objects.filter(answers__main_dish="turkey").count() == 859
    assert Ballot.objects.filter(snapshot__region="South Atlantic").count() == 214
