"""The first command of the README, on a machine whose Python is too old."""

import os
import shutil
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "matchmaker" / "demo.sh"


def test_a_too_old_python_is_one_sentence_and_exit_status_2(tmp_path: Path) -> None:
    checkout, tools = tmp_path / "checkout", tmp_path / "tools"
    (checkout / "matchmaker").mkdir(parents=True)
    tools.mkdir()
    script = shutil.copy(SCRIPT, checkout / "matchmaker")
    for name in ("sh", "dirname"):
        os.symlink(shutil.which(name) or name, tools / name)
    old = tools / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    old.chmod(0o755)
    ended = subprocess.run(
        ["sh", script], env={"PATH": str(tools)}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert ended.stderr == "This needs Python 3.11 or newer; here is Python 3.9.2.\n"
    assert not (checkout / ".venv").exists()
