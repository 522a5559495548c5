"""The pump is killed by SIGKILL at random instants, again and again, while a real server takes its mail."""

import email
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.forking import Stock, kill, lives
from tests.mailserver import MailServer, mail_server
from tests.postgres import Cluster, postgres
from tests.waiting import wait_until

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

    @contextmanager
    def stock(self) -> Iterator[Stock]:
        """From which any number of pumps start at once."""
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": self.log}
        command = [sys.executable, "-m", "tests.faults.pumping"]
        stock = Stock(subprocess.Popen(command, env=self.env, text=True, cwd=ROOT, **pipes))
        try:
            yield stock
        finally:
            stock.end()


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


def test_no_kill_misses_a_member_or_mails_more_twice_than_were_in_flight(address, folder):
    instants = random.Random(20221123)
    with mail_server(at_data=lambda _recipient: "slow 0.01") as server:
        pump = Pump(folder, address, server)
        pump.python("-c", SETTING)
        with pump.stock() as stock:
            kills = kill_again_and_again(stock, server, instants)
            finish(stock, server)
        states = pump.python("-c", COUNTING).strip()

    assert kills == KILLS
    assert states == f"{{'accepted': {MEMBERS}}}"
    sent = Counter(server.recipients)
    assert len(sent) == MEMBERS
    assert sum(sent.values()) - MEMBERS <= KILLS * IN_FLIGHT
    assert_twice_is_the_same_mail(server)


def kill_again_and_again(stock: Stock, server: MailServer, instants: random.Random) -> int:
    """Each kill falls at a random instant after the pump has begun to send."""
    kills = 0
    for _ in range(KILLS):
        before = len(server.taken)
        pump = stock.fork()
        wait_until(lambda before=before: len(server.taken) > before)
        time.sleep(instants.uniform(0, 0.15))
        kills += lives(pump)
        kill(pump)
        time.sleep(0.1)  # the server takes what it was given before
    return kills


def finish(stock: Stock, server: MailServer) -> None:
    """In peace: until everybody has their mail, and nothing has come for three seconds."""
    pump = stock.fork()
    wait_until(lambda: len(set(server.recipients)) == MEMBERS)
    taken = -1
    while taken != len(server.taken):
        taken = len(server.taken)
        time.sleep(3)
    kill(pump)


def assert_twice_is_the_same_mail(server: MailServer) -> None:
    """One Message-ID a member, so that a mail program shows a mail sent twice once."""
    names: dict[str, set[str]] = {}
    for recipient, raw in server.taken:
        names.setdefault(recipient, set()).add(str(email.message_from_bytes(raw)["Message-ID"]))
    assert {len(found) for found in names.values()} == {1}
    assert len(set().union(*names.values())) == len(names)
