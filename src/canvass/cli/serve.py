"""`canvass serve` and `canvass work`: the web, and the work in the background."""

import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from ipaddress import ip_address
from pathlib import Path

import click

from canvass.cli.installation import open_installation, progress, refusals
from canvass.cli.refusal import Refused

HIGHEST_PORT = 65_535
WORKER_GRACE = 20  # seconds that a worker has to end what it is doing; one told while it starts hears nothing


@click.command(epilog="Example: canvass serve --port 8000")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, HIGHEST_PORT))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Serve the web pages and do the background work, until interrupted."""
    told = "CANVASS_BASE_URL" in os.environ
    address = default_base_url(host, port)
    open_installation()
    run_server(host, port, workers, ready=lambda: _say_where(address, asking=_is_all(host) and not told))


@click.command(epilog="Example: canvass work")
def work() -> None:
    """Do the background work alone: open and close polls, send mail, compare the stores."""
    open_installation()
    stop = threading.Event()
    _on_interrupt(stop)
    progress("Working; stop with Ctrl-C")
    _background(stop)


def default_base_url(host: str, port: int) -> str:
    """Where this computer finds the server; links begin with it unless CANVASS_BASE_URL is set."""
    reached = host
    if _is_all(host):
        reached = "::1" if ":" in host else "127.0.0.1"
    address = f"http://[{reached}]:{port}" if ":" in reached else f"http://{reached}:{port}"
    os.environ.setdefault("CANVASS_BASE_URL", address)
    return address


def _say_where(address: str, *, asking: bool) -> None:
    """asking: nobody has said which address people use, and this one is only for this computer."""
    if asking:
        click.echo(
            f"Links in mails lead to {address}, which only this computer can open: "
            "set CANVASS_BASE_URL to the address that people use.",
            err=True,
        )
    click.echo(f"Serving on {address}. Stop with Ctrl-C.")


def _is_all(host: str) -> bool:
    """Whether this stands for all addresses of the computer, as 0.0.0.0 and :: do."""
    with suppress(ValueError):
        return ip_address(host).is_unspecified
    return False


def run_server(host: str, port: int, workers: int = 1, *, ready: Callable[[], None]) -> None:
    """Serve until interrupted. Refuses a busy port, a second server on the folder, workers on SQLite.

    ready: called once nothing of this stands in the way any more, before the first request.
    """
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
        ready()
        stop = threading.Event()
        _on_interrupt(stop)
        background = threading.Thread(target=_background, args=(stop,), name="background", daemon=True)
        background.start()
        try:
            _granian(host, port, workers, stop)
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


def _on_interrupt(stop: threading.Event) -> None:
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _number, _frame: stop.set())


def _background(stop: threading.Event) -> None:
    from canvass.config.background import work
    from canvass.config.pumps import PUMPS

    work(PUMPS, stop)


def _granian(host: str, port: int, workers: int, stop: threading.Event) -> None:
    """Serve until interrupted; an interrupt from before it could listen for one is in `stop`."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    multiprocessing.set_start_method("spawn", force=True)  # a fork would inherit the parent's connections
    server = Granian(
        "canvass.config.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        backlog=2048,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=WORKER_GRACE,
    )

    @server.on_startup
    def interrupted_already() -> None:
        if stop.is_set():
            server.signal_handler_interrupt()

    server.serve()
