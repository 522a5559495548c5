"""Who may open what, generated from the router: every route, every role, own, foreign and absent panel."""

import hashlib
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import include, path, resolve, reverse

from canvass.datafolder import clock
from canvass.panel import links
from canvass.panel.models import Letter, Member
from canvass.panel.services import joining
from canvass.panel.services.panels import make_panel
from canvass.team.access import AccessMiddleware, Door, Role, policy_table
from canvass.team.audit import HOST, VISITOR
from canvass.team.checks import policy_covers_routes, routes
from canvass.team.models import Membership, Panel, Staff

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
OWN, FOREIGN, ABSENT = "panel-a", "panel-b", "panel-c"
STORES = ["default", "identity", "ballots"]

urlpatterns = [
    path("", include("canvass.config.urls")),
    path("desk/forgotten", lambda request: HttpResponse("open to all"), name="forgotten"),
]


def of_door(*doors: Door) -> list[str]:
    return sorted(route for route, policy in policy_table().items() if policy.door in doors)


def address(route: str, panel: str = OWN, **real: object) -> str:
    """The route's address with this panel, and with "1" for everything else that it names but is not real."""
    values = {"panel": panel, **real}
    return reverse(route, kwargs={name: values.get(name, "1") for name in routes()[route]})


@pytest.fixture
def panels(db) -> dict[str, Panel]:
    return {slug: make_panel(slug, slug, by=HOST, now=NOON) for slug in (OWN, FOREIGN)}


@pytest.fixture
def holder(panels):
    """Makes somebody who holds these roles in the own panel and none elsewhere."""

    def make(*roles: Role) -> Staff:
        staff = Staff.objects.create(email="ann@example.org", name="Ann", created_at=NOON)
        Membership.objects.bulk_create(
            Membership(panel=panels[OWN], staff=staff, role=role) for role in roles
        )
        return staff

    return make


def let_in(route: str, staff: Staff, panel: str) -> bool:
    """Whether the gate lets this person through to the view."""
    request = RequestFactory().get(address(route, panel))
    request.user = staff
    request.resolver_match = match = resolve(request.path)
    gate = AccessMiddleware(lambda _request: HttpResponse())
    try:
        return gate.process_view(request, match.func, match.args, match.kwargs) is None
    except Http404:
        return False


def test_every_route_has_a_policy_and_every_policy_a_route():
    assert policy_covers_routes() == []


def test_a_new_route_without_a_policy_fails_the_build(settings):
    settings.ROOT_URLCONF = __name__

    assert [fault.msg for fault in policy_covers_routes()] == ["The route 'forgotten' has no policy."]


def test_a_policy_without_a_route_fails_the_build(settings, monkeypatch):
    monkeypatch.setattr("canvass.config.policy.TABLE", {**policy_table(), "team:gone": object()})

    assert [fault.msg for fault in policy_covers_routes()] == ["The policy 'team:gone' has no route."]


def test_a_route_without_a_policy_is_shut_at_run_time_too(settings, client):
    settings.ROOT_URLCONF = __name__

    with pytest.raises(ImproperlyConfigured, match="forgotten"):
        client.get("/desk/forgotten")


def test_every_address_with_a_panel_below_the_desk_asks_for_a_role_there():
    inside = [route for route, names in routes().items() if "panel" in names]

    open_inside = [route for route in inside if policy_table()[route].door is not Door.PANEL]

    assert [route for route in open_inside if address(route).startswith("/desk/")] == []


@pytest.mark.parametrize("route", of_door(Door.STAFF, Door.PANEL))
def test_a_visitor_is_sent_to_log_in(route, client, panels):
    response = client.get(address(route))

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/desk/log-in?next=")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("route", of_door(Door.PANEL))
def test_a_role_opens_what_the_table_says_in_its_own_panel_and_nothing_elsewhere(route, role, holder):
    staff = holder(role)

    opened = {panel: let_in(route, staff, panel) for panel in (OWN, FOREIGN, ABSENT)}

    assert opened == {OWN: role in policy_table()[route].roles, FOREIGN: False, ABSENT: False}


@pytest.mark.parametrize("route", of_door(Door.PANEL))
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_panel_looks_exactly_like_an_absent_one(route, method, client, holder):
    client.force_login(holder(*Role))

    foreign, absent = (getattr(client, method)(address(route, panel)) for panel in (FOREIGN, ABSENT))

    assert (foreign.status_code, foreign.content) == (404, absent.content)
    assert absent.status_code == 404


@pytest.mark.django_db(databases=STORES)
@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("route", sorted(policy_table()))
def test_a_get_changes_nothing(route, method, client, holder, panels):
    ann = holder(*Role)
    client.force_login(ann)
    real = things_to_open(panels[OWN], ann)
    before = everything_stored()

    getattr(client, method)(address(route, **real))

    assert everything_stored() == before


def things_to_open(panel: Panel, staff: Staff) -> dict[str, object]:
    """A member with a letter and a link, a colleague and a profile field, so that pages show something."""
    form = joining.SignUp("member@example.org", {"role": "Manager"})
    joining.sign_up(panel, form, network="192.0.2.0/24", by=VISITOR, now=NOON)
    member = Member.objects.get(panel=panel)
    joining.confirm(member, by=VISITOR, now=NOON)
    return {
        "key": member.key,
        "token": links.make(links.Purpose.ME, member.key, now=clock.now(settings.DATA.path)),
        "letter": Letter.objects.order_by("pk")[0].pk,
        "staff": staff.pk,
        "name": "role",
    }


def everything_stored() -> dict[str, str]:
    """A fingerprint of every table of every store."""
    prints = {}
    for alias in STORES:
        connection = connections[alias]
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                rows = sorted(repr(row) for row in cursor.fetchall())
                prints[f"{alias}.{table}"] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return prints
