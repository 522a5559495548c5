"""`canvass serve` and `canvass work`: the web, and the work in the background."""

import multiprocessing
import signal
import socket
import threading
from contextlib import ExitStack, closing
from pathlib import Path

import click

from canvass.cli.installation import open_installation, progress, refusals
from canvass.cli.refusal import Refused

HIGHEST_PORT = 65_535


@click.command(epilog="Example: canvass serve --port 8000")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, HIGHEST_PORT))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Serve the web pages and do the background work, until interrupted."""
    open_installation()
    run_server(host, port, workers)


@click.command(epilog="Example: canvass work")
def work() -> None:
    """Do the background work alone: open and close polls, send mail, compare the stores."""
    open_installation()
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _number, _frame: stop.set())
    progress("Working; stop with Ctrl-C")
    _background(stop)


def run_server(host: str, port: int, workers: int = 1) -> None:
    """Serve until interrupted. Refuses a busy port, a second server on the folder, workers on SQLite."""
    from django.conf import settings

    if workers > 1 and not settings.DATABASE_URL:
        raise Refused(
            "SQLite takes one web worker. Leave --workers out, "
            "or set CANVASS_DATABASE to a PostgreSQL address."
        )
    refuse_busy_port(host, port)
    with ExitStack() as stack:
        if not settings.DATABASE_URL:
            stack.enter_context(_lock(settings.DATA.path))
        stop = threading.Event()
        background = threading.Thread(target=_background, args=(stop,), name="background", daemon=True)
        background.start()
        try:
            _granian(host, port, workers)
        finally:
            stop.set()
            background.join(timeout=10)


def refuse_busy_port(host: str, port: int) -> None:
    """Raise Refused where nothing can listen on this address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(
                f"{host}:{port}: cannot be listened on ({error.strerror}). "
                "Stop what is using it, or choose another with --port."
            ) from error


def _lock(folder: Path) -> ExitStack:
    from canvass.datafolder.lock import held

    stack = ExitStack()
    with refusals():
        stack.enter_context(held(folder))
    return stack


def _background(stop: threading.Event) -> None:
    from canvass.config.background import work
    from canvass.config.pumps import PUMPS

    work(PUMPS, stop)


def _granian(host: str, port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    multiprocessing.set_start_method("spawn", force=True)  # a fork would inherit the parent's connections
    Granian(
        "canvass.config.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        backlog=2048,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    ).serve()
