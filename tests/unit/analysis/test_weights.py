"""A counted poll weighted to its workforce: kept, taken off, refused, and true after a withdrawal."""

import numpy as np
import pytest
from tests.unit.analysis.conftest import NO, YES, cast, give_roles
from tests.unit.polls.conftest import HOUR, NOON

from canvass import statistics
from canvass.analysis import method, services, weighting
from canvass.analysis.models import Counted, PollWeights
from canvass.analysis.results import results
from canvass.analysis.rows import rows_of
from canvass.fieldwork.models import Ballot, Withdrawal
from canvass.panel.services.workforce import write_workforce
from canvass.polls.states import PollRefused
from canvass.statistics import WeightingError
from canvass.tables.disclosure import Audience
from canvass.team.audit import HOST
from canvass.team.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
LATER = NOON + 2 * HOUR
SHARES = {"role": {"Practitioner": 0.8, "Manager": 0.2}}


def weigh(poll, by=("role",), **more):
    return services.weight(poll, by, name="Ann", by=HOST, now=LATER, **({"trim": None} | more))


def yes(poll):
    return results(poll, Audience.TEAM).at("hours").exhibit.toplines[0].figure("share", "every week")


def test_a_poll_is_not_weighted_until_somebody_decides_it(lopsided):
    assert yes(lopsided).estimate == 0.6
    assert dict(method.rows(results(lopsided)))["Weighting"] == "None. Every ballot counts once."


def test_a_share_worked_by_hand(lopsided):
    """20 of 50 practitioners and 40 of 50 managers said yes: 0.8 x 0.4 + 0.2 x 0.8 = 0.48."""
    weigh(lopsided)

    found = yes(lopsided)

    assert found.estimate == pytest.approx(0.48)
    assert found.n == 60  # people are counted unweighted
    topline = results(lopsided, Audience.TEAM).at("hours").exhibit.toplines[0]
    assert (topline.base, topline.weighted_base) == (100, pytest.approx(100))
    assert topline.effective_base == pytest.approx(100**2 / (50 * 1.6**2 + 50 * 0.4**2))


def test_errors_allow_for_the_fitting(lopsided):
    weigh(lopsided)

    weight = np.where(np.arange(100) < 50, 1.6, 0.4)  # practitioners, then managers
    codes = np.concatenate([np.repeat([0, 1], [20, 30]), np.repeat([0, 1], [40, 10])])
    margin = statistics.margin("role", ["p"] * 50 + ["m"] * 50, {"p": 0.8, "m": 0.2})
    fitted = statistics.calibrated(statistics.design(100, weight=weight), [margin])
    (share, _) = statistics.shares(statistics.count(codes, cells=2, design=fitted), np.eye(2, dtype=bool))

    assert yes(lopsided).standard_error == pytest.approx(share.standard_error, rel=1e-9)


def test_the_weights_lie_among_the_files_and_come_off_again(lopsided):
    weigh(lopsided)
    held = Counted.objects.get(poll=lopsided)
    assert [stored["kind"] for stored in held.manifest["files"]][-1] == "weights"
    weight = rows_of(held, results(lopsided).instrument).weight
    assert sorted(set(np.round(weight, 6))) == [0.4, 1.6]

    weigh(lopsided, ())

    held.refresh_from_db()
    assert "weights" not in [stored["kind"] for stored in held.manifest["files"]]
    assert yes(lopsided).estimate == 0.6
    assert PollWeights.objects.count() == 2
    assert AuditEntry.objects.filter(verb="poll.weighted").count() == 2


def test_the_method_sheet_says_what_was_done(lopsided):
    weigh(lopsided)

    said = dict(method.rows(results(lopsided)))["Weighting"]

    assert said == (
        "Rim weights (raking) to Register, 2025, by Role. Weights from 0.40 to 1.60; efficiency 74%: the "
        "ballots are worth 73 unweighted ones. Standard errors allow for the fitting."
    )


def test_figures_say_that_they_are_weighted(lopsided):
    weigh(lopsided)

    assert results(lopsided).at("hours").exhibit.weighted


def test_new_numbers_of_the_workforce_leave_old_weights_as_they_are(lopsided):
    weigh(lopsided)
    write_workforce(
        lopsided.panel, {"role": {"Practitioner": 0.5, "Manager": 0.5}}, source="2026", by=HOST, now=LATER
    )

    assert yes(lopsided).estimate == pytest.approx(0.48)
    assert "Register, 2025" in dict(method.rows(results(lopsided)))["Weighting"]


def test_numbers_stay_when_a_ballot_is_withdrawn_and_its_weight_goes(lopsided):
    weigh(lopsided)
    Ballot.objects.filter(poll=lopsided.pk).first().delete()
    Withdrawal.objects.create(panel=lopsided.panel_id, poll=lopsided.pk, count=1)

    counted = services.forget_withdrawn(lopsided, by=HOST, now=LATER)

    assert yes(lopsided).estimate == pytest.approx(0.48)
    assert len(rows_of(counted, results(lopsided).instrument).weight) == 99


@pytest.mark.parametrize(
    ("by", "sentence"),
    [
        (("region",), "There are no numbers of the workforce for region"),
        (("role", "role"), "Role is chosen twice"),
    ],
)
def test_what_cannot_be_weighted_by_is_refused(lopsided, by, sentence):
    with pytest.raises(WeightingError, match=sentence):
        weigh(lopsided, by)
    assert not PollWeights.objects.exists()


def test_people_of_whom_the_table_says_nothing_are_named(answered, fields):
    poll = answered(yes=20, no=20)
    give_roles(poll, 5, 5)
    write_workforce(poll.panel, {"role": {"Practitioner": 1.0}}, source="2025", by=HOST, now=NOON)
    services.close_and_count(poll, by=HOST, now=NOON + HOUR)
    poll.refresh_from_db()

    with pytest.raises(WeightingError, match="Role: 10 respondents are Manager, which has no target"):
        weigh(poll)


def test_only_a_closed_poll_is_weighted(answered):
    poll = answered()

    with pytest.raises(PollRefused, match="weighted while it is closed"):
        weigh(poll)


def test_a_field_with_wider_groups_can_be_used_in_them(lopsided):
    write_workforce(
        lopsided.panel,
        {"region": {"North East": 0.3, "North West": 0.3, "London": 0.4}},
        source="x",
        by=HOST,
        now=LATER,
    )

    known = weighting.variables(lopsided, weighting.beside.workforce_of(lopsided.panel))

    assert [one.name for one in known] == ["region", "region/groups"]
    assert known[1].targets(weighting.beside.workforce_of(lopsided.panel)) == {
        "North of England": 0.6,
        "London and South East": 0.4,
    }


def test_an_item_whose_meaning_changed_is_weighted_in_both_its_parts(answered, fields):
    poll = answered(yes=30, no=20)
    cast(poll, [YES] * 10 + [NO] * 40, version=1)
    give_roles(poll, 10, 10)
    write_workforce(poll.panel, SHARES, source="2025", by=HOST, now=NOON)
    services.close_and_count(poll, by=HOST, now=NOON + HOUR)
    poll.refresh_from_db()

    weigh(poll)

    assert yes(poll).n == 40
