"""The ground floor never asks what time it is: moments are arguments. (Imports are held by import-linter.)"""

import re
from pathlib import Path

import canvass

ROOMS = ("instrument", "statistics", "tables", "figures", "documents", "formats", "warehouse", "words")
CLOCK = re.compile(r"\.(now|today|utcnow|fromtimestamp)\(\s*\)|\.(now|today)\((UTC|tz)")


def test_no_room_of_the_ground_floor_reads_the_clock():
    home = Path(canvass.__file__).parent
    files = [file for room in ROOMS for file in (home / room).rglob("*.py")]

    readers = [str(file.relative_to(home)) for file in files if CLOCK.search(file.read_text())]

    assert len(files) > 60
    assert readers == []


def test_a_reader_of_the_clock_would_be_found():
    assert all(CLOCK.search(text) for text in ("date.today()", "datetime.now(UTC)", "datetime.now()"))
