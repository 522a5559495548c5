"""Who is in the team, with which roles, and how they come in."""

from datetime import timedelta

import pytest

from canvass.team import queries, services
from canvass.team.access import Role
from canvass.team.audit import HOST, Actor
from canvass.team.models import AuditEntry, Panel, PasswordLink, Staff

from .conftest import NOON, PASSWORD


def test_an_invited_colleague_sets_a_password_once(panel):
    invited = services.invite(panel, "Cy@Example.org", [Role.ANALYST], name="Cy", by=HOST, now=NOON)
    services.set_password(invited.token, PASSWORD, by=HOST, now=NOON)

    with pytest.raises(services.TeamRefusal, match="used already"):
        services.set_password(invited.token, "another long password", by=HOST, now=NOON)
    assert Staff.objects.get(email="cy@example.org").check_password(PASSWORD)


def test_the_link_itself_is_never_stored(panel):
    invited = services.invite(panel, "cy@example.org", [Role.ANALYST], by=HOST, now=NOON)

    assert invited.token not in str(PasswordLink.objects.values())


def test_a_link_dies_after_three_days(panel):
    invited = services.invite(panel, "cy@example.org", [Role.ANALYST], by=HOST, now=NOON)

    assert services.find_link(invited.token, now=NOON + timedelta(days=3)) is None


def test_a_new_link_ends_the_one_before(panel):
    invited = services.invite(panel, "cy@example.org", [Role.ANALYST], by=HOST, now=NOON)
    fresh = services.renew_link(panel, invited.staff, by=HOST, now=NOON)

    assert services.find_link(invited.token, now=NOON) is None
    assert services.find_link(fresh, now=NOON) is not None


def test_a_password_that_is_easy_to_guess_is_refused_and_the_link_kept(panel):
    invited = services.invite(panel, "cy@example.org", [Role.ANALYST], by=HOST, now=NOON)

    with pytest.raises(services.TeamRefusal, match="too short"):
        services.set_password(invited.token, "short", by=HOST, now=NOON)
    assert services.find_link(invited.token, now=NOON) is not None


def test_an_address_that_is_none_is_refused_in_a_sentence(panel):
    with pytest.raises(services.TeamRefusal, match="not an e-mail address"):
        services.invite(panel, "cy at example", [Role.ANALYST], by=HOST, now=NOON)


def test_a_colleague_is_invited_once(panel, ann):
    with pytest.raises(services.TeamRefusal, match="in this team already"):
        services.invite(panel, "ANN@example.org", [Role.ANALYST], by=HOST, now=NOON)


def test_roles_become_exactly_what_was_chosen(panel, ann, ben):
    services.change_roles(panel, ben, [Role.ANALYST, Role.PUBLISHER], by=Actor.of(ann), now=NOON)

    assert queries.person(panel, ben.pk).roles == (Role.ANALYST, Role.PUBLISHER)
    entry = AuditEntry.objects.get(verb="staff.roles_changed")
    assert entry.facts == {"before": ["poll_author"], "after": ["analyst", "publisher"]}


def test_the_last_owner_cannot_give_the_role_away(panel, ann):
    with pytest.raises(services.TeamRefusal, match="last owner"):
        services.change_roles(panel, ann, [Role.ANALYST], by=Actor.of(ann), now=NOON)

    assert queries.person(panel, ann.pk).roles == (Role.OWNER,)


def test_the_last_owner_cannot_be_removed(panel, ann, ben):
    with pytest.raises(services.TeamRefusal, match="last owner"):
        services.remove(panel, ann, by=Actor.of(ann), now=NOON)


def test_an_owner_can_go_when_another_stays(panel, ann, staff):
    dee = staff("dee", Role.OWNER)

    services.remove(panel, ann, by=Actor.of(dee), now=NOON)

    assert queries.person(panel, ann.pk) is None


def test_an_account_without_any_panel_is_closed(panel, ann, ben):
    services.remove(panel, ben, by=Actor.of(ann), now=NOON)

    assert not Staff.objects.get(pk=ben.pk).is_active


def test_an_account_that_serves_another_panel_stays_open(panel, ann, ben):
    other = Panel.objects.create(slug="other", name="Other", created_at=NOON)
    services.invite(other, ben.email, [Role.ANALYST], by=HOST, now=NOON)

    services.remove(panel, ben, by=Actor.of(ann), now=NOON)

    assert Staff.objects.get(pk=ben.pk).is_active


@pytest.mark.parametrize("reader", [Role.ANALYST, Role.CODER])
def test_knowing_members_and_reading_answers_in_one_hand_is_warned_of(reader):
    assert "two people" in queries.separation_warning([Role.PANEL_MANAGER, reader])
    assert queries.separation_warning([Role.PANEL_MANAGER, Role.PUBLISHER]) == ""


def test_settings_refuse_a_time_zone_that_is_none(panel):
    with pytest.raises(services.TeamRefusal, match="not a time zone"):
        services.change_settings(
            panel,
            name="A",
            people="b",
            source="",
            time_zone="Mars/Olympus",
            asks_yearly=True,
            by=HOST,
            now=NOON,
        )


def test_an_owner_makes_no_link_that_would_open_another_panel(panel, ann, staff):
    other = Panel.objects.create(slug="nurses", name="Nurses' Panel", created_at=NOON)
    eve = staff("eve", Role.OWNER, within=other)
    services.invite(other, "ann@example.org", [Role.ANALYST], by=Actor.of(eve), now=NOON)

    with pytest.raises(services.TeamRefusal, match=r"canvass staff add ann@example\.org"):
        services.renew_link(other, ann, by=Actor.of(eve), now=NOON)

    assert services.renew_link(other, ann, by=HOST, now=NOON)


def test_inviting_somebody_who_waits_for_another_panels_link_makes_no_second_one(panel):
    other = Panel.objects.create(slug="nurses", name="Nurses' Panel", created_at=NOON)
    first = services.invite(panel, "new@example.org", [Role.OWNER], by=HOST, now=NOON)

    second = services.invite(other, "new@example.org", [Role.ANALYST], by=HOST, now=NOON)

    assert second.token is None
    assert services.find_link(first.token, now=NOON) is not None


def test_somebody_who_was_removed_and_is_invited_again_gets_a_link(panel, ann, ben):
    services.remove(panel, ben, by=HOST, now=NOON)

    again = services.invite(panel, "ben@example.org", [Role.ANALYST], by=HOST, now=NOON)

    assert again.staff == ben
    assert services.find_link(again.token, now=NOON).staff == ben


def test_a_link_of_somebody_who_was_removed_sets_no_password(panel, ann):
    invited = services.invite(panel, "ben@example.org", [Role.ANALYST], by=HOST, now=NOON)
    services.remove(panel, invited.staff, by=HOST, now=NOON)

    with pytest.raises(services.TeamRefusal, match="too old"):
        services.set_password(invited.token, PASSWORD, by=HOST, now=NOON)
