"""Every page of the policy table in a real browser: a new route is walked here unless a list names it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.architecture.test_policy import everything_stored
from tests.browser.conftest import overflow, press, violations
from tests.unit.analysis.conftest import answered, counted, no_files_left  # noqa: F401
from tests.unit.polls.conftest import HOUR, NOON, picture_home, poll  # noqa: F401
from tests.web.panel.conftest import member, sign_up  # noqa: F401
from tests.web.polls.conftest import as_role, desk, noon  # noqa: F401

from canvass.analysis import events
from canvass.coding import ledgers
from canvass.coding import services as coding
from canvass.coding.models import Study
from canvass.fieldwork import services as fieldwork
from canvass.fieldwork.links import LinkKeys, make_link
from canvass.fieldwork.mail_pump import MailPump
from canvass.panel import links
from canvass.panel.models import AddressChange, Letter, Member
from canvass.panel.services import readdressing
from canvass.panel.services.panels import make_panel
from canvass.polls.models import Poll
from canvass.team import services as team
from canvass.team.access import Door, Role, policy_table
from canvass.team.audit import HOST
from canvass.team.checks import routes
from canvass.team.models import Membership, Panel, Staff
from canvass.words.study import Level, acts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases="__all__")]
POLL_STATES = ("room", "history", "schedule", "unschedule", "open", "close", "withdraw", "mend")
POLL_LISTS = ("home", "index", "new", "upload", "report")
SEEN_ELSEWHERE = {
    "test_builder.py": frozenset(f"polls:{name}" for name in POLL_STATES + POLL_LISTS),
    "test_library.py": frozenset(
        {"library:home", "library:poll", "library:figure", "library:desk", "library:publish", "analysis:tab"}
    ),
    "test_components.py": frozenset({"web:components"}),
}
FILES = frozenset(
    {
        "web:static",
        "polls:picture",
        "library:feed",
        "library:picture",
        "library:picture_png",
        "library:numbers",
        "library:cite",
    }
)
# A mail as it is sent, and the part of a page that moves: shown inside a page, and no page by themselves.
PARTS = frozenset(
    {
        "coding:offers",
        "fieldwork:live",
        "fieldwork:mail_html",
        "fieldwork:invitation_html",
        "panel:mail_html",
    }
)


@pytest.fixture
def panel(transactional_db) -> Panel:
    make_panel("others", "The other panel", by=HOST, now=NOON)
    return make_panel("workers", "Workers' Panel", by=HOST, now=NOON)


@pytest.fixture
def desk(as_role, panel) -> Client:  # noqa: F811
    """An owner of two panels, who is asked which one to enter."""
    owner = as_role(Role.OWNER)
    Membership.objects.create(
        panel=Panel.objects.get(slug="others"), staff=Staff.objects.get(), role=Role.OWNER
    )
    return owner


@pytest.fixture
def things(desk, sign_up, member, poll, counted) -> dict[str, dict[str, object]]:  # noqa: F811
    """What the addresses name: for every route under "", and for one route or one app under its name."""
    alice, pending = member("alice", profile={"role": "Manager"}), sign_up("pam")
    open_ = poll("open", state="open")
    fieldwork.invite(open_, {}, on_opening=False, by=HOST, now=NOON)
    MailPump(now=lambda: NOON).run()
    ben = team.invite(alice.panel, "ben@example.org", [Role.POLL_AUTHOR], name="Ben", by=HOST, now=NOON)
    closed = counted("closed").poll.slug
    study, answer = a_study(Poll.objects.get(slug=closed))
    event = events.mark(alice.panel, "Strike", NOON.date(), None, name="Ann", by=HOST, now=NOON)
    own = {"token": links.make(links.Purpose.ME, alice.key, now=NOON), "key": alice.key}
    return {
        "": {"panel": "workers", "poll": open_.slug, "name": "role", "staff": ben.staff.pk},
        "panel": own | {"letter": Letter.objects.order_by("pk")[0].pk, "version": 1},
        "panel:confirm": {"token": links.make(links.Purpose.CONFIRM, pending.key, now=NOON)},
        "panel:confirm_address": {"token": wish(alice)},
        "team": {"token": ben.token},
        "fieldwork": {"member": alice.key, "round": 1, "mailing": 1}
        | {"token": make_link(LinkKeys(settings.KEYS), open_.pk, alice.key)},
        "polls": {"revision": 1},
        "analysis": {
            "poll": closed,
            "figure": "hours",
            "item": "hours",
            "event": event.pk,
            "instead_of": event.pk,
            "note": 1,
        },
        "coding": {
            "poll": closed,
            "study": study.slug,
            "answer": answer,
            "node": "c1",
            "comparison": "p1-p2",
            "kind": "project",
        },
        "library": {"poll": closed, "figure": "hours"},
        "web": {"name": "table"},
    }


def a_study(of: Poll) -> tuple[Study, str]:
    """A study of a poll's texts with one code, and the id of an answer that has it."""
    study = coding.start(of.panel, "Why", [(of, "why")], by=HOST, now=NOON)
    with ledgers.opened(study) as room:
        answer = room.reading.corpus.ids()[0]
    coding.do(study, acts.MakeNode("c1", Level.CODE, "Caseload"), by=HOST, now=NOON)
    coding.do(study, acts.CodeSegment(answer, "c1"), by=HOST, now=NOON)
    coding.do(study, acts.FreezeCodebook(1), by=HOST, now=NOON)
    for one, coder in (("p1", "staff:1"), ("p2", "staff:2")):
        coding.do(study, acts.OpenPass(one, coder, (answer,), 1, seed=1), by=HOST, now=NOON)
        coding.do(study, acts.ClosePass(one), by=HOST, now=NOON)
    return study, answer


def wish(who: Member) -> str:
    """The token of a link that confirms a member's new address."""
    readdressing.ask(who, "new@example.org", network="192.0.2.0/24", by=HOST, now=NOON)
    return links.make(links.Purpose.ADDRESS, AddressChange.objects.get().key, now=NOON)


def address(route: str, things: dict[str, dict[str, object]]) -> str:
    known = things[""] | things.get(route.split(":")[0], {}) | things.get(route, {})
    return reverse(route, kwargs={name: known[name] for name in routes()[route]})


def pages(desk: Client, things: dict[str, dict[str, object]], *doors: Door) -> list[str]:
    """The addresses behind these doors that answer a GET with a page."""
    elsewhere = FILES.union(PARTS, *SEEN_ELSEWHERE.values())
    found = []
    for route, policy in policy_table().items():
        if policy.door in doors and route not in elsewhere:
            path = address(route, things)
            answer = desk.get(path)
            if answer.status_code != 405 and answer["Content-Type"].startswith("text/html"):
                assert (path, answer.status_code) == (path, 200)
                found.append(path)
    return found


def faults(page: Page) -> list[str]:
    """What is wrong on a dark telephone, on a wide light screen, and on the narrowest one."""
    found = [f"390 {fault}" for fault in violations(page)]
    page.set_viewport_size({"width": 320, "height": 900})
    found += [f"320 runs {overflow(page)} pixels over the edge"] if overflow(page) else []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    return found + [f"1280 {fault}" for fault in violations(page)]


def walk(open_page, paths: list[str], *, team: bool) -> dict[str, list[str]]:
    found = {}
    for path in paths:
        page = open_page(path, width=390, color_scheme="dark", reduced_motion="reduce", team=team)
        found[path] = faults(page)
        page.close()
    return {path: some for path, some in found.items() if some}


def test_nothing_is_wrong_on_any_page_of_the_team(open_page, desk, things):
    paths = pages(desk, things, Door.STAFF, Door.PANEL)

    assert len(paths) > 25
    assert walk(open_page, paths, team=True) == {}


def test_nothing_is_wrong_on_any_page_of_members_and_visitors(open_page, desk, things):
    paths = pages(desk, things, Door.PUBLIC, Door.LINK)

    assert len(paths) > 15
    assert walk(open_page, paths, team=False) == {}


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_look_at_every_page_with_real_things_on_it_changes_nothing(method, desk, things):
    published = {"library:poll", "library:figure"}  # finished bytes, and nothing is published here
    routes_of_pages = sorted(policy_table().keys() - FILES - published)
    before = stored(desk)

    seen = {route: getattr(desk, method)(address(route, things)).status_code for route in routes_of_pages}

    assert {route: status for route, status in seen.items() if status not in (200, 302, 405)} == {}
    assert stored(desk) == before


def stored(desk: Client) -> dict[str, object]:
    """Everything in the stores, but a sentence that waits in the session to be said once."""
    tables = {name: rows for name, rows in everything_stored().items() if name != "default.django_session"}
    session = {name: value for name, value in desk.session.items() if name != "_messages"}
    return tables | {"session": session}


def test_what_is_said_to_be_seen_elsewhere_is_there():
    for file, seen in SEEN_ELSEWHERE.items():
        assert (Path(__file__).parent / file).is_file()
        assert seen <= policy_table().keys()
    assert policy_table().keys() >= FILES | PARTS


def test_the_way_back_shows_the_page_before(open_page, things):
    page = open_page("/desk/workers/team/", team=True)
    heading = page.get_by_role("heading", level=1).inner_text()
    press(page, "link", "Ben")

    page.go_back()

    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
