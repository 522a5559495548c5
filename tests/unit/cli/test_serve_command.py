"""`canvass serve` as whoever runs an installation starts it: what it says, and where its links lead."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.ports import free_port
from tests.waiting import PATIENCE, wait_until

from canvass.cli.serve import default_base_url

CANVASS = str(Path(sys.executable).parent / "canvass")


def surroundings(**more: str) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("CANVASS_")}
    return plain | more


@contextmanager
def serving(folder: Path, *words: str, **more: str) -> Iterator[tuple[str, Path]]:
    """The first line of a server that runs, and the file of its stderr."""
    line = [CANVASS, "--data", str(folder), "serve", *words]
    faults = folder.with_suffix(".err")
    with faults.open("w") as err:
        process = subprocess.Popen(
            line, env=surroundings(**more), stdout=subprocess.PIPE, stderr=err, text=True
        )
    try:
        yield process.stdout.readline(), faults
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8123"),
        ("0.0.0.0", "http://127.0.0.1:8123"),
        ("::", "http://[::1]:8123"),
        ("::1", "http://[::1]:8123"),
    ],
)
def test_links_lead_to_the_host_and_port_that_were_told(host, address, monkeypatch):
    monkeypatch.setenv("CANVASS_BASE_URL", "unset after this test")
    monkeypatch.delenv("CANVASS_BASE_URL")

    default_base_url(host, 8123)

    assert os.environ["CANVASS_BASE_URL"] == address


def test_links_lead_where_the_installation_says_if_it_says_so(monkeypatch):
    monkeypatch.setenv("CANVASS_BASE_URL", "https://polls.example.org")

    default_base_url("127.0.0.1", 8123)

    assert os.environ["CANVASS_BASE_URL"] == "https://polls.example.org"


def test_it_says_where_it_serves_and_how_to_stop_it(tmp_path):
    port = free_port()

    with serving(tmp_path / "data", "--port", str(port)) as (said, faults):
        assert said == f"Serving on http://127.0.0.1:{port}. Stop with Ctrl-C.\n"
        assert faults.read_text() == ""


@pytest.mark.parametrize("wait", [0.0, 0.02, 0.04, 0.08, 0.3])  # seconds
def test_one_interrupt_is_enough_however_early_it_comes(wait, tmp_path):
    with serving(tmp_path / "data", "--port", str(free_port())):
        time.sleep(wait)


@pytest.mark.parametrize(
    ("host", "more", "warned"),
    [("0.0.0.0", {}, 1), ("0.0.0.0", {"CANVASS_BASE_URL": "https://polls.example.org"}, 0)],
)
def test_on_all_addresses_it_asks_for_the_address_that_people_use(host, more, warned, tmp_path):
    port = str(free_port())

    with serving(tmp_path / "data", "--host", host, "--port", port, **more) as (said, faults):
        pass

    assert said.startswith(f"Serving on http://127.0.0.1:{port}.")
    assert faults.read_text().count("set CANVASS_BASE_URL to the address that people use") == warned


def test_a_server_that_was_killed_leaves_no_worker_on_its_port(tmp_path):
    port = free_port()
    line = [CANVASS, "--data", str(tmp_path / "data"), "serve", "--port", str(port)]
    process = subprocess.Popen(
        line, env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        wait_until(lambda: answers(port))
    finally:
        process.kill()
        process.communicate()

    wait_until(lambda: not answers(port))


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_second_server_on_a_folder_is_refused_before_it_says_anything(tmp_path):
    line = [CANVASS, "--data", str(tmp_path / "data"), "serve", "--port", str(free_port())]

    with serving(tmp_path / "data", "--port", str(free_port())):
        second = subprocess.run(line, env=surroundings(), capture_output=True, text=True, timeout=PATIENCE)

    assert (second.returncode, second.stdout) == (2, "")
    assert "Canvass is already running on this data folder" in second.stderr
