"""The data folder refuses what it cannot keep safe, and keeps the rest whole."""

import json
import os
import stat
import threading
from datetime import UTC, datetime, timedelta

import pytest

from canvass.datafolder import clock
from canvass.datafolder.folder import DataFolder, DataFolderError, write_whole
from canvass.datafolder.keys import KeyMissing, KeyStore
from canvass.datafolder.lock import held


def test_a_folder_is_made_when_first_needed(tmp_path):
    folder = DataFolder(tmp_path / "new").prepare()

    assert json.loads((folder.path / "canvass.json").read_text()) == {"format": 1}
    assert stat.S_IMODE(folder.keys.stat().st_mode) == 0o700


def test_a_folder_of_a_newer_version_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "canvass.json").write_text('{"format": 99}')

    with pytest.raises(DataFolderError, match="made by a newer Canvass"):
        DataFolder(tmp_path).prepare()


def test_a_folder_whose_mark_is_damaged_is_refused(tmp_path):
    (tmp_path / "canvass.json").write_text("not json")

    with pytest.raises(DataFolderError, match="cannot be read"):
        DataFolder(tmp_path).prepare()


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(DataFolderError, match="cannot be made"):
        DataFolder(tmp_path / "file" / "below").prepare()


def test_a_failed_write_leaves_the_old_file_and_no_part(tmp_path, monkeypatch):
    target = tmp_path / "a.txt"
    write_whole(target, b"old")
    monkeypatch.setattr(os, "fsync", lambda _descriptor: (_ for _ in ()).throw(OSError(28, "No space left")))

    with pytest.raises(OSError, match="No space left"):
        write_whole(target, b"new")

    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_key_is_made_once_readable_by_its_owner_alone_and_gone_when_destroyed(tmp_path):
    keys = KeyStore(tmp_path)

    first = keys.get_or_make("poll/demo/hours")
    file = tmp_path / "poll" / "demo" / "hours.key"
    assert keys.get_or_make("poll/demo/hours") == first
    assert (len(first), stat.S_IMODE(file.stat().st_mode)) == (32, 0o600)

    assert keys.destroy("poll/demo/hours")
    assert not keys.destroy("poll/demo/hours")
    with pytest.raises(KeyMissing):
        keys.get("poll/demo/hours")


def test_a_destroyed_key_is_overwritten_where_it_lay(tmp_path):
    keys = KeyStore(tmp_path)
    key = keys.get_or_make("poll/demo/hours")

    with (tmp_path / "poll" / "demo" / "hours.key").open("rb", buffering=0) as held:
        keys.destroy("poll/demo/hours")

        assert held.read() not in (key, b"")


def test_threads_that_make_one_key_at_once_all_get_the_same(tmp_path):
    keys = KeyStore(tmp_path)
    seen: list[bytes] = []
    threads = [threading.Thread(target=lambda: seen.append(keys.get_or_make("link/1"))) for _ in range(8)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(seen)) == 1
    assert keys.names("link") == ["link/1"]


@pytest.mark.parametrize("name", ["../django", "a//b", "A", "", "poll/demo/../x"])
def test_a_name_that_leaves_the_folder_is_no_key(tmp_path, name):
    with pytest.raises(ValueError, match="not a key's name"):
        KeyStore(tmp_path).get_or_make(name)


def test_the_demo_shifts_the_one_clock(tmp_path):
    today = datetime(2022, 1, 18, 9, tzinfo=UTC)
    before = clock.offset(tmp_path)

    clock.set_today(tmp_path, today)

    began, now, ended = datetime.now(UTC), clock.now(tmp_path), datetime.now(UTC)
    assert before == timedelta(0)
    assert began <= now - clock.offset(tmp_path) <= ended
    assert now >= today


@pytest.mark.parametrize("microsecond", [0, 1, 499_999, 500_001, 999_999])
def test_the_shifted_clock_is_never_behind_the_day_that_was_asked_for(tmp_path, microsecond):
    today = datetime(2022, 1, 18, 9, tzinfo=UTC)
    machine = datetime(2026, 11, 25, 6, 30, 12, microsecond, tzinfo=UTC)

    offset = clock.set_today(tmp_path, today, machine_now=machine)

    assert timedelta(0) <= machine + offset - today < timedelta(seconds=1)


def test_a_second_server_on_one_folder_is_refused(tmp_path):
    with held(tmp_path), pytest.raises(DataFolderError, match="already running"), held(tmp_path):
        pass

    with held(tmp_path):
        pass
