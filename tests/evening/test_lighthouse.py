"""How soon a page is there on a slow phone network, as Lighthouse reckons it.

Needs Node; ``tests/run`` installs Lighthouse where npm is there. Without it the sizes that
``tests/web/test_page_sizes.py`` checks are what keeps pages quick.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from fixtures.served import Demo

pytestmark = pytest.mark.browser

LONGEST_LCP = 2500
"""Milliseconds until the largest part of the page is painted, on slow 4G."""

_PROGRAM = Path(__file__).resolve().parents[2] / ".venv/lighthouse/node_modules/.bin/lighthouse"
_TRIES = 3


@pytest.fixture
def lighthouse() -> Path:
    """The program, where Node and it are installed."""
    if not shutil.which("node") or not _PROGRAM.exists():
        pytest.skip("no Lighthouse here: install Node with npm and run sh tests/run again")
    return _PROGRAM


def measure_lcp(program: Path, chromium: Path, url: str, folder: Path) -> float:
    """Return the milliseconds until the largest contentful paint, simulated on slow 4G."""
    report = folder / "report.json"
    flags = ["--headless=new", "--disable-gpu", "--disable-quic", "--no-first-run"]
    flags += ["--no-sandbox"] if os.geteuid() == 0 else []
    subprocess.run(
        [
            program,
            url,
            "--quiet",
            "--output=json",
            f"--output-path={report}",
            "--only-audits=largest-contentful-paint",
            "--form-factor=mobile",
            "--throttling-method=simulate",
            # The network is what is measured: the machine of the tests is slow enough itself.
            "--throttling.cpuSlowdownMultiplier=1",
            f"--chrome-flags={' '.join(flags)}",
        ],
        env=os.environ | {"CHROME_PATH": str(chromium)},
        cwd=folder,
        capture_output=True,
        timeout=180,
        check=True,
    )
    told = json.loads(report.read_text(encoding="utf-8"))
    return float(told["audits"]["largest-contentful-paint"]["numericValue"])


def test_the_page_that_everybody_opens_first_is_there_soon_on_a_slow_network(
    lighthouse: Path, chromium: Path, served: Demo, tmp_path: Path
) -> None:
    url = served.links.join
    # Whatever else the machine does makes a page slower, never faster.
    measured: list[float] = []
    while len(measured) < _TRIES and (not measured or min(measured) > LONGEST_LCP):
        measured.append(measure_lcp(lighthouse, chromium, url, tmp_path))
    assert min(measured) <= LONGEST_LCP
