"""The real server in forks of a process that has imported everything: one for each port it reads."""

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from tests.forking import forking

import canvass.config.asgi

TARGET = f"{canvass.config.asgi.__name__}:application"


def serve(port: str) -> None:
    Granian(TARGET, port=int(port), interface=Interfaces.ASGI, log_level=LogLevels.warning).serve()


if __name__ == "__main__":
    forking(serve)
