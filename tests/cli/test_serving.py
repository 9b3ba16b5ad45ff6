"""Serving on a port of one's choice: what is printed and linked is where it listens."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from matchmaker.cli.serve import find_local_url


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8111"),
        ("10.0.0.7", "http://10.0.0.7:8111"),
        ("::1", "http://[::1]:8111"),
    ],
)
def test_links_lead_to_where_it_listens(host: str, url: str) -> None:
    assert find_local_url(host, 8111) == url


def test_an_address_of_everywhere_becomes_one_that_phones_can_open() -> None:
    assert "0.0.0.0" not in find_local_url("0.0.0.0", 8111)  # noqa: S104 - looked for
    assert find_local_url("0.0.0.0", 8111).endswith(":8111")  # noqa: S104 - asked about


def test_served_pages_name_the_port_they_came_from(tmp_path: Path) -> None:
    port = find_free_port()
    environment = {k: v for k, v in os.environ.items() if k != "MATCHMAKER_BASE_URL"} | {
        "MATCHMAKER_DATA_DIR": str(tmp_path),
        "MATCHMAKER_ENCODER": "light",
        "DATABASE_URL": "",
        "PYTHONUNBUFFERED": "1",
    }
    program = [sys.executable, "-m", "matchmaker.cli"]
    subprocess.run([*program, "init-db"], env=environment, check=True)
    with subprocess.Popen(
        [*program, "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            assert server.stdout.readline().startswith(f"Serving http://127.0.0.1:{port} ")
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as page:
                assert page.status == 200
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=30) == 0
