"""Mails a second to a sink on loopback: the pump beside a plain loop of Django's EmailMessage.

    python -m bench.mail [MAILS]

Both send the same words to the same people over kept connections and write each mail's fate to the database;
the pump looks once more at standing, participation and the poll before each mail and can be killed at any
instant. Prints the machine's load, since other work on it makes all numbers smaller.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

PORT_WAIT = 10.0  # seconds for the sink to come up


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start_sink(port: int) -> subprocess.Popen[bytes]:
    sink = subprocess.Popen([sys.executable, "-m", "bench.mail.sink", str(port)])
    deadline = time.monotonic() + PORT_WAIT
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    return sink


def main(mails: int) -> None:
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="canvass-bench-") as folder:
        os.environ |= {
            "CANVASS_DATA": str(Path(folder)),
            "CANVASS_SMTP": f"smtp://127.0.0.1:{port}",
            "CANVASS_MAIL_FROM": "polls@example.org",
            "DJANGO_SETTINGS_MODULE": "canvass.config.settings",
        }
        import django

        django.setup()
        from bench.mail import ways

        poll = ways.a_poll_with_members(mails)
        sink = start_sink(port)
        try:
            print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
            plain = timed(
                "plain Django EmailMessage", min(mails, 2_000), lambda n: ways.plainly(poll, port, n)
            )
            filled = timed("outbox filled", mails, lambda _n: ways.fill(poll))
            pumped = timed("pump", mails, lambda _n: ways.pump())
            print(f"pump / plain: {pumped / plain:.1f}; filling: {filled:,.0f} rows/s")
            print(f"fates: {ways.fates()}; load after: {os.getloadavg()[0]:.1f}")
        finally:
            sink.terminate()
            sink.wait()


def timed(name: str, number: int, act: Callable[[int], object]) -> float:
    began = time.perf_counter()
    act(number)
    rate = number / (time.perf_counter() - began)
    print(f"{name}: {number:,} in {number / rate:.2f} s, {rate:,.0f}/s")
    return rate


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
