"""Where members' addresses are not: in the files of the desk and of the ballots, journals included."""

from pathlib import Path

import pytest
from django.db import connections
from tests.mailserver import mail_server
from tests.unit.fieldwork.mailing import scene

from canvass import formats
from canvass.fieldwork import services as fieldwork
from canvass.fieldwork.mail_pump import MailPump
from canvass.panel import imports
from canvass.panel.services import importing, joining, membership
from canvass.team.audit import HOST, VISITOR, Actor

from .conftest import NOON

pytestmark = pytest.mark.django_db(databases=["default", "identity", "ballots"], transaction=True)


def files_of(store: str) -> bytes:
    """Every byte of a store's files: the database, its journal, its shared memory."""
    place = Path(connections[store].settings_dict["NAME"])
    return b"".join(file.read_bytes() for file in sorted(place.parent.glob(place.name + "*")))


def grumble(recipient: str) -> str | None:
    return f"550 5.1.1 <{recipient}>: no such reader" if recipient.startswith("bob") else None


def test_no_file_of_any_store_names_a_member_after_sign_up_import_mail_and_leaving(settings, tmp_path):
    place = scene()
    for kind in ("membership", "linking"):
        place.panel.wordings.create(kind=kind, version=1, text="I agree.", created_at=NOON)
    for name in ("alice", "bob"):
        form = joining.SignUp(f"{name}@findable.example")
        joining.sign_up(place.panel, form, network="192.0.2.0/24", by=VISITOR, now=NOON)
    for one in place.panel.members.all():
        joining.confirm(one, by=Actor.member(one.key), now=NOON)
    file = tmp_path / "members.csv"
    file.write_text("address\ncat@findable.example\ndan@findable.example\n")
    plan = imports.plan(place.panel, formats.read(file), today=NOON.date(), basis="paper form")
    importing.import_members(place.panel, plan, by=HOST, now=NOON)
    importing.export_members(place.panel, by=HOST, now=NOON)

    with mail_server(at_recipient=grumble) as server:
        settings.SMTP_URL = server.url
        fieldwork.invite(place.poll, {}, on_opening=False, by=HOST, now=NOON)
        MailPump(now=lambda: NOON).run()
    for one in place.panel.members.all()[:2]:
        membership.leave(one, by=HOST, now=NOON)

    assert sum("findable" in recipient for recipient in server.recipients) >= 3
    assert b"standing" in files_of("ballots")
    for store in ("default", "ballots", "identity"):
        assert b"findable" not in files_of(store).lower()
