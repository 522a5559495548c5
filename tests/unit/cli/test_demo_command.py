"""`canvass demo` as a newcomer runs it: a real server on a data folder of its own."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from tests.ports import free_port
from tests.waiting import PATIENCE, wait_until

from canvass.cli.demo.command import room_on_disk
from canvass.cli.refusal import Refused


def command(folder: Path, *words: str) -> list[str]:
    return [str(Path(sys.executable).parent / "canvass"), "--data", str(folder), *words]


def surroundings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("CANVASS_")}


def refused(folder: Path, *words: str) -> str:
    """What a start that ends with exit code 2 says."""
    done = subprocess.run(
        command(folder, *words), env=surroundings(), capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stdout == ""
    return done.stderr


class Running:
    """The demo, served; `said` is what it printed."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.folder, self.port = folder, free_port()
        self.log = folder.with_suffix(".log")
        self.start(*words)

    def start(self, *words: str) -> None:
        line = command(self.folder, *words, "demo", "--port", str(self.port))
        with self.log.open("w") as out:
            self.process = subprocess.Popen(line, env=surroundings(), stdout=out, stderr=subprocess.STDOUT)
        self._wait()

    @property
    def said(self) -> str:
        return self.log.read_text()

    def _wait(self) -> None:
        def answers() -> bool:
            assert self.process.poll() is None, self.said
            with suppress(httpx.TransportError):
                return bool(httpx.get(f"http://127.0.0.1:{self.port}/desk/", timeout=5).status_code)
            return False

        try:
            wait_until(answers, lambda: self.said)
        except AssertionError:
            self.process.kill()
            raise

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=PATIENCE)


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[Running]:
    running = Running(tmp_path_factory.mktemp("demo") / "data", "--today", "2026-03-02")
    yield running
    running.stop()


def test_it_prints_the_desk_a_log_in_and_a_members_link(demo):
    assert f"http://127.0.0.1:{demo.port}/desk/" in demo.said
    assert re.search(r"Log in as robin@example\.org with the password \S{16} ", demo.said)
    assert re.search(rf"http://127\.0\.0\.1:{demo.port}/b/\S{{48}}\n", demo.said)


@pytest.mark.parametrize("path", ["/library/wayfield/", "/join/wayfield/"])
def test_it_prints_where_readers_and_new_members_go(demo, path):
    address = f"http://127.0.0.1:{demo.port}{path}"

    page = httpx.get(address)

    assert f"{address}\n" in demo.said
    assert page.status_code == 200


def test_the_members_link_opens_the_cover_of_the_open_poll(demo):
    link = re.search(r"http://\S+/b/\S+", demo.said)
    assert link is not None

    page = httpx.get(link[0])

    assert page.status_code == 200
    assert "<h1>Time with children</h1>" in page.text
    assert "This is the demo" in page.text


def test_every_page_of_the_desk_says_that_it_is_the_demo(demo):
    page = httpx.get(f"http://127.0.0.1:{demo.port}/desk/", follow_redirects=True)

    assert "Demo: its people, polls and answers are made up." in page.text


def test_a_published_page_says_that_it_is_the_demo(demo):
    home = f"http://127.0.0.1:{demo.port}/library/wayfield/"
    first = re.search(r'href="(/library/wayfield/[^"/]+/)"', httpx.get(home).text)

    published = httpx.get(f"http://127.0.0.1:{demo.port}{first[1]}")

    assert "Demo: its people, polls and answers are made up." in published.text


def test_a_port_in_use_is_refused_in_one_sentence(demo, tmp_path):
    said = refused(tmp_path / "other", "demo", "--port", str(demo.port))

    assert said.count("\n") == 1
    assert f"127.0.0.1:{demo.port}" in said


def test_a_second_start_on_the_same_folder_is_refused_while_the_first_runs(demo):
    said = refused(demo.folder, "demo", "--port", str(free_port()))

    assert "Canvass is already running on this data folder" in said
    assert said.count("\n") == 1


def test_another_day_is_refused_on_a_demo_that_is_made(tmp_path):
    (tmp_path / "demo.json").write_text('{"today": "2026-03-02", "finished": true}')

    said = refused(tmp_path, "--today", "2026-04-01", "demo", "--port", str(free_port()))

    assert "holds the demo of 2026-03-02" in said


def test_a_folder_made_by_a_newer_version_is_refused_and_left_as_it_is(tmp_path):
    mark = tmp_path / "canvass.json"
    mark.write_text('{"format": 99}')

    said = refused(tmp_path, "demo", "--port", str(free_port()))

    assert said == (
        f"{tmp_path}: this data folder was made by a newer Canvass. "
        "Install that version or choose another folder with --data.\n"
    )
    assert mark.read_text() == '{"format": 99}'


def test_a_folder_that_cannot_be_written_is_refused_in_one_sentence(tmp_path):
    file = tmp_path / "a file"
    file.touch()

    said = refused(file / "data", "demo", "--port", str(free_port()))

    assert said.startswith(f"{file / 'data'}: the data folder cannot be made")
    assert said.count("\n") == 1


def test_a_demo_that_was_stopped_while_it_was_made_is_not_served(tmp_path):
    (tmp_path / "demo.json").write_text('{"today": "2026-03-02", "finished": false}')

    assert "was stopped while it was made" in refused(tmp_path, "demo", "--port", str(free_port()))


def test_a_disk_that_fills_up_ends_in_a_sentence(tmp_path):
    full = Path("/dev/full")

    with pytest.raises(Refused, match="the disk is full"), room_on_disk(tmp_path):
        full.write_bytes(b"one byte too many")


def test_another_fault_of_a_file_is_not_taken_for_a_full_disk(tmp_path):
    with pytest.raises(FileNotFoundError), room_on_disk(tmp_path):
        (tmp_path / "full").read_bytes()


def test_a_day_that_is_none_is_refused(tmp_path):
    assert "this is not a day" in refused(tmp_path, "--today", "soon", "demo")


def test_a_restart_serves_what_is_there_and_says_how_to_get_a_new_password(demo):
    library = f"http://127.0.0.1:{demo.port}/library/wayfield/"
    before = httpx.get(library).text
    demo.stop()

    demo.start()

    assert httpx.get(library).text == before
    assert "with the password" not in demo.said
    assert f"canvass --data {demo.folder} staff add robin@example.org" in demo.said
