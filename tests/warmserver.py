"""Servers that start at once: this process has imported everything, and forks one for each port it reads.

Each is the real server in a session of its own. Its process id is printed.
"""

import os
import signal
import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

import canvass.config.asgi

TARGET = f"{canvass.config.asgi.__name__}:application"


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who is killed leaves nothing behind
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            serve(int(line))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def serve(port: int) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    Granian(TARGET, port=port, interface=Interfaces.ASGI, log_level=LogLevels.warning).serve()
    os._exit(0)


if __name__ == "__main__":
    main()
