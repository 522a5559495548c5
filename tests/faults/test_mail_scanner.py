"""A mail scanner opens every link of a mail, follows what it finds and sends each form it is given, once.

It must make no vote, no view and no unsubscribe.
"""

import json
import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest
from tests.ballotserver import Server
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
SETTING = """
import django; django.setup()
import json
from canvass.config.startup import prepare_stores; prepare_stores()
from django.conf import settings
from canvass.datafolder import clock
from canvass.fieldwork.invitations import Invitation, personal
from canvass.fieldwork.links import LinkKeys
from canvass.fieldwork.mailings import Round
from canvass.polls import queries
from tests.unit.fieldwork import mailing
mailing.NOON = clock.now(settings.DATA.path)
place = mailing.scene(text=mailing.TEXT{cut})
ann = place.add("ann")
words = Invitation(place.poll, queries.instrument_of(place.poll), Round.INVITATION, mailing.NOON).words
words = words.filled(personal(place.poll.pk, ann, LinkKeys(settings.KEYS), now=mailing.NOON))
print(json.dumps([words.text, words.html]))
"""
LOOKING = """
import django; django.setup()
import json
from canvass.fieldwork.models import Ballot, Participation
from canvass.panel.models import Letter, Standing
print(json.dumps([Ballot.objects.count(), Participation.objects.count(), Letter.objects.count(),
                  Standing.objects.get().state]))
"""
FORM = re.compile(r"<form[^>]*method=\"?post\"?.*?</form>", re.S | re.I)
FIELD = re.compile(r"<(?:input|button)[^>]*>", re.I)


def python(server: Server, code: str) -> list:
    env = os.environ | {"CANVASS_DATA": str(server.folder), "CANVASS_BASE_URL": server.base}
    env |= {
        "DJANGO_SETTINGS_MODULE": "canvass.config.settings",
        "PYTHONPATH": str(ROOT),
        "CANVASS_DATABASE": "",
    }
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}=(?:"([^"]*)"|([^\s>]+))', tag)
    return unescape(found[1] or found[2] or "") if found else ""


def filled(form: str) -> dict[str, list[str]]:
    """A form as it was sent: hidden fields, what is chosen already, and its first named button."""
    fields: dict[str, list[str]] = {}
    for tag in FIELD.findall(form):
        chosen = attribute(tag, "type") not in ("radio", "checkbox") or "checked" in tag
        if chosen and attribute(tag, "name") and not (tag.startswith("<button") and "go" in fields):
            fields.setdefault(attribute(tag, "name"), []).append(attribute(tag, "value"))
    return fields


def scan(links: set[str]) -> tuple[int, int]:
    """Open every link and those on the pages behind it, and send every form that a GET brought; how many."""
    seen, sent = set(), 0
    with httpx.Client(follow_redirects=True, timeout=60) as client:
        waiting = sorted(links)
        while waiting:
            address = waiting.pop()
            if address in seen:
                continue
            seen.add(address)
            page = client.get(address)
            for form in FORM.findall(page.text):
                client.post(urljoin(address, attribute(form, "action")) or address, data=filled(form))
                sent += 1
            near = (urljoin(address, unescape(link)) for link in re.findall(r'href="([^"#]+)"', page.text))
            waiting += [link for link in near if "/me/" in link]
    return len(seen), sent


@pytest.mark.parametrize("cut", ["", ".rpartition('  - id: why')[0]"], ids=["two questions", "one question"])
def test_a_scanner_makes_no_vote_no_view_and_no_unsubscribe(cut, tmp_path):
    server = Server(tmp_path, "", free_port())
    text, html = python(server, SETTING.replace("{cut}", cut))
    links = set(re.findall(r"http://\S+", text)) | {
        unescape(link) for link in re.findall(r'href="([^"]+)"', html)
    }
    server.start()
    try:
        seen, sent = scan(links)
    finally:
        server.kill()

    assert (len(links), seen >= 9, sent >= 7) == (5, True, True)
    assert python(server, LOOKING) == [0, 0, 0, "active"]
