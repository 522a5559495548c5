"""Links that leaked are ended for one poll; its answers and other polls' links stay."""

import pytest
from django.conf import settings
from tests.unit.fieldwork.mailing import NOON, STORES, scene

from canvass.fieldwork import services
from canvass.fieldwork.links import LinkKeys, make_link, read_link
from canvass.polls import services as polls
from canvass.polls.models import PollWindow
from canvass.polls.states import PollRefused
from canvass.team.audit import HOST
from canvass.team.models import AuditEntry

pytestmark = pytest.mark.django_db(databases=STORES, transaction=True)


def test_links_made_before_are_older_than_the_poll_takes_and_new_ones_are_not():
    place = scene()
    member = place.add("ann")
    before = make_link(LinkKeys(settings.KEYS), place.poll.pk, member)

    services.revoke_links(place.poll, by=HOST, now=NOON)

    after = make_link(LinkKeys(settings.KEYS), place.poll.pk, member)
    oldest = PollWindow.objects.get(poll_id=place.poll.pk).oldest_link_key
    assert read_link(LinkKeys(settings.KEYS), before).key_id < oldest
    assert read_link(LinkKeys(settings.KEYS), after).key_id == oldest
    assert AuditEntry.objects.filter(verb="poll.links_revoked", subject="hours").count() == 1


def test_a_poll_that_is_over_has_no_links_to_revoke():
    place = scene()
    closed = polls.close(place.poll, by=HOST, now=NOON)

    with pytest.raises(PollRefused, match="scheduled or open"):
        services.revoke_links(closed, by=HOST, now=NOON)
