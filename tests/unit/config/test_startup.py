"""What must hold before anything is served."""

import pytest

from canvass.config import startup
from canvass.datafolder.folder import DataFolderError


def test_a_disk_without_room_is_refused_in_one_sentence(monkeypatch):
    monkeypatch.setattr(startup, "ROOM_NEEDED", 10**18)

    with pytest.raises(DataFolderError, match=r"MB are free .* needs \d+ MB\. Free some space"):
        startup.refuse_full_disk()


def test_a_disk_with_room_is_not():
    startup.refuse_full_disk()
