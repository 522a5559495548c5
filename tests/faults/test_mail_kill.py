"""The pump is killed by SIGKILL at random instants, again and again, while a real server takes its mail."""

import email
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.mailserver import MailServer, mail_server
from tests.postgres import Cluster, postgres

__all__ = ["postgres"]
KILLS = 25
MEMBERS = 1_240
IN_FLIGHT = 8
ROOT = Path(__file__).parents[2]
SETTING = """
import django; django.setup()
from canvass.config.startup import prepare_stores; prepare_stores()
from tests.unit.fieldwork.mailing import scene
from tests.faults.test_mail_kill import MEMBERS
from canvass.datafolder import clock
from canvass.fieldwork import services
from canvass.team.audit import HOST
from django.conf import settings
from datetime import timedelta
from tests.unit.fieldwork import mailing
mailing.NOON = clock.now(settings.DATA.path)
place = mailing.scene()
for number in range(MEMBERS): place.add(f"m{number}")
services.invite(place.poll, {}, on_opening=False, by=HOST, now=mailing.NOON)
"""
COUNTING = """
import django; django.setup()
from collections import Counter
from canvass.fieldwork.mailings import Outbox
print(dict(Counter(Outbox.objects.values_list("state", flat=True))))
"""


class Pump:
    """A pump process over a data folder of its own."""

    def __init__(self, folder: Path, address: str, server: MailServer) -> None:
        self.env = os.environ | {"CANVASS_DATA": str(folder), "CANVASS_DATABASE": address}
        self.env |= {"CANVASS_SMTP": server.url, "CANVASS_MAIL_FROM": "polls@example.org"}
        self.env |= {"DJANGO_SETTINGS_MODULE": "canvass.config.settings", "PYTHONPATH": str(ROOT)}
        self.log = (folder / "pump.log").open("ab")

    def python(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], env=self.env, capture_output=True, text=True, check=False, cwd=ROOT
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.faults.pumping"]
        return subprocess.Popen(command, env=self.env, stdout=self.log, stderr=self.log, cwd=ROOT)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest) -> str:
    if request.param == "sqlite":
        return ""
    cluster: Cluster = request.getfixturevalue("postgres")
    return cluster.database("mails")


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="canvass-mail-") as name:
        yield Path(name)


@pytest.mark.timeout(300)
def test_no_kill_misses_a_member_or_mails_more_twice_than_were_in_flight(address, folder):
    instants = random.Random(20221123)
    with mail_server(at_data=lambda _recipient: "slow 0.01") as server:
        pump = Pump(folder, address, server)
        pump.python("-c", SETTING)
        kills = kill_again_and_again(pump, server, instants)
        finish(pump, server)
        states = pump.python("-c", COUNTING).strip()

    assert kills == KILLS
    assert states == f"{{'accepted': {MEMBERS}}}"
    sent = Counter(server.recipients)
    assert len(sent) == MEMBERS
    assert sum(sent.values()) - MEMBERS <= KILLS * IN_FLIGHT
    assert_twice_is_the_same_mail(server)


def kill_again_and_again(pump: Pump, server: MailServer, instants: random.Random) -> int:
    """Each kill falls at a random instant after the pump has begun to send."""
    kills = 0
    for _ in range(KILLS):
        before = len(server.taken)
        process = pump.start()
        while len(server.taken) == before and process.poll() is None:
            time.sleep(0.01)
        time.sleep(instants.uniform(0, 0.15))
        kills += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        time.sleep(0.2)
    return kills


def finish(pump: Pump, server: MailServer) -> None:
    """In peace: until nothing has come for three seconds and everybody has their mail."""
    process = pump.start()
    still, taken, deadline = 0, 0, time.monotonic() + 90
    while still < 30 and time.monotonic() < deadline:
        time.sleep(0.1)
        still = still + 1 if len(server.taken) == taken and taken >= MEMBERS else 0
        taken = len(server.taken)
    process.terminate()
    process.wait()


def assert_twice_is_the_same_mail(server: MailServer) -> None:
    """One Message-ID a member, so that a mail program shows a mail sent twice once."""
    names: dict[str, set[str]] = {}
    for recipient, raw in server.taken:
        names.setdefault(recipient, set()).add(str(email.message_from_bytes(raw)["Message-ID"]))
    assert {len(found) for found in names.values()} == {1}
    assert len(set().union(*names.values())) == len(names)
