"""Ports for servers of tests: each is handed out once, and nothing else on the machine is given it meanwhile.

The system gives a port from its own range to whoever asks for any, and to every outgoing connection. One of
that range that is free now may be taken a moment later, or while a server that held it starts again; web
workers even share a port without a word, and each gets half of the other's visitors. So ports are taken from
below that range, from a place that is this process's own.
"""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

LOWEST = 10_000
RANGE_OF_THE_SYSTEM = Path("/proc/sys/net/ipv4/ip_local_port_range")
USUAL_RANGE = "32768 60999"
SHARE = 64  # ports from one process's place to the next one's; neighbours have neighbouring process ids


def free_port() -> int:
    """A port that nobody listens on at any address, and that this process has not handed out before."""
    return next(port for port in _PORTS if _is_free(port))


def _ports() -> Iterator[int]:
    text = RANGE_OF_THE_SYSTEM.read_text() if RANGE_OF_THE_SYSTEM.exists() else USUAL_RANGE
    number = int(text.split()[0]) - LOWEST
    place = os.getpid() * SHARE
    while True:
        yield LOWEST + place % number
        place += 1


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", port))
        except OSError:
            return False
        return True


_PORTS = _ports()
