"""Serving: gunicorn and the background worker, watched until told to stop."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Final

import click

from matchmaker.affinity.shipped_files import check_files
from matchmaker.cli.console import fail, say_problems, screen
from matchmaker.cli.opening import open_database
from matchmaker.settings import Settings, read_settings

EVERYWHERE: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, not listened on

_SHORTEST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 30.0
_GRACE: Final = 20.0

_ARENAS: Final = "2"
"""glibc gives threads heaps of their own, and what one has freed no other uses: with hundreds of
threads that is tens of megabytes for nothing."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@say_problems
def serve(host: str, port: int) -> None:
    """Serve the web pages and run the background worker, until Ctrl-C."""
    settings = read_settings()
    if "MATCHMAKER_BASE_URL" not in os.environ:
        settings = replace(settings, base_url=find_local_url(host, port))
    check_files()
    with open_database(settings):
        pass
    listener = listen(host, port)
    screen.print(f"Serving {settings.base_url} (Ctrl-C stops).")
    raise SystemExit(supervise(settings, listener))


def find_local_url(host: str, port: int) -> str:
    """Return the address that opens what listens there, from this machine or its network."""
    address = find_own_address() if host in EVERYWHERE else host
    return f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"


def find_own_address() -> str:
    """Return the address by which others in the same network reach this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: the system only chooses the way it would take (RFC 5737 address).
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; ends with one sentence where the address can't be had."""
    # On any way out but the last line the socket is closed again.
    with ExitStack() as unless_kept:
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            listener = unless_kept.enter_context(socket.socket(family, socket.SOCK_STREAM))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port))
            listener.listen(2048)
        except PermissionError:
            fail(f"port {port} is reserved on this machine; choose one above 1023 with --port")
        except OSError as error:
            if error.errno in {98, 48}:
                fail(f"port {port} is taken by another program; choose another one with --port")
            fail(f"cannot listen on {host}, port {port}: {error.strerror}")
        unless_kept.pop_all()
    listener.set_inheritable(True)
    return listener


def supervise(settings: Settings, listener: socket.socket) -> int:
    """Run web and worker until a signal; return the web server's exit status.

    A worker that dies is started again, after a pause that grows while it keeps dying: pages
    are served meanwhile.
    """
    environment = environment_of(settings)
    web = subprocess.Popen(  # noqa: S603 - our own program
        _web_command(settings, listener), env=environment, pass_fds=[listener.fileno()]
    )
    stopping = _Stopping()
    worker, pause, started = _start_worker(environment), _SHORTEST_PAUSE, time.monotonic()
    while web.poll() is None and not stopping.asked:
        time.sleep(0.2)
        if worker.poll() is not None and not stopping.asked:
            lived = time.monotonic() - started
            pause = _SHORTEST_PAUSE if lived > _LONGEST_PAUSE else min(2 * pause, _LONGEST_PAUSE)
            time.sleep(pause)
            worker, started = _start_worker(environment), time.monotonic()
    return _stop(web, worker)


def environment_of(settings: Settings) -> dict[str, str]:
    """Return the environment in which our other processes read the same settings."""
    return (
        {"MALLOC_ARENA_MAX": _ARENAS}
        | os.environ
        | {
            "MATCHMAKER_DATA_DIR": str(settings.data_folder),
            "DATABASE_URL": settings.database_url,
            "MATCHMAKER_BASE_URL": settings.base_url,
        }
    )


class _Stopping:
    """Remembers that somebody asked us to stop."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._note)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


def _stop(web: subprocess.Popen[bytes], worker: subprocess.Popen[bytes]) -> int:
    for process in (web, worker):
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + _GRACE
    for process in (web, worker):
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
    return web.wait()


def _start_worker(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(worker_command(), env=environment)  # noqa: S603 - our own program


def worker_command(*options: str) -> list[str]:
    """Return the command that runs the background worker."""
    return [sys.executable, "-m", "matchmaker.worker", *options]


def _web_command(settings: Settings, listener: socket.socket) -> list[str]:
    memory = Path("/dev/shm")  # noqa: S108 - a heartbeat file must not wait for a disk
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "matchmaker.app:create_app()",
        f"--bind=fd://{listener.fileno()}",
        "--worker-class=gthread",
        "--workers=1",
        f"--threads={settings.threads}",
        "--preload",
        "--no-control-socket",
        "--log-level=warning",
        "--graceful-timeout=15",
        *([f"--worker-tmp-dir={memory}"] if memory.is_dir() else []),
    ]
