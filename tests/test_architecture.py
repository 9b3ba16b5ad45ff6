"""The rooms of the house and which way imports may point; and that the check itself bites."""

import ast
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "matchmaker"
LONGEST_FILE, LONGEST_FUNCTION = 300, 50
SAY_NOTHING = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the imports of a checkout, or of a copy of one."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--config=pyproject.toml"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        # The copy has to be what is looked at, not the package that is installed.
        env={"PYTHONPATH": str(folder), "PATH": str(Path(sys.executable).parent)},
    )


@pytest.fixture(scope="module")
def configuration() -> dict[str, Any]:
    whole: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    return dict(whole["importlinter"])


@pytest.fixture(scope="module")
def layers(configuration: dict[str, Any]) -> list[list[str]]:
    """The rooms of each layer, the highest first."""
    [contract] = [c for c in configuration["contracts"] if c["type"] == "layers"]
    assert contract["exhaustive"] is True
    assert contract["containers"] == ["matchmaker"]
    return [
        [room.strip(" ()") for room in layer.replace("|", " ").split()]
        for layer in contract["layers"]
    ]


def find_rooms() -> set[str]:
    """Every module and package that stands at the top of ours."""
    files = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__", "__main__"}
    return files | {path.parent.name for path in PACKAGE.glob("*/__init__.py")}


def test_imports_point_down_only() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_has_its_layer_and_no_other_top_level_module_exists(
    layers: list[list[str]],
) -> None:
    known = {room for layer in layers for room in layer}
    assert find_rooms() <= known


def test_every_story_is_kept_from_http(
    configuration: dict[str, Any], layers: list[list[str]]
) -> None:
    """A new story must be added to the contract: import-linter can't know it is one."""
    stories = {room for layer in layers if "registration" in layer for room in layer}
    stories |= {"card_exchange"}
    [contract] = [c for c in configuration["contracts"] if c["name"] == "Stories know no HTTP"]
    kept = {module.removeprefix("matchmaker.") for module in contract["source_modules"]}
    assert stories & find_rooms() <= kept


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package to be spoilt."""
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    ignored = shutil.ignore_patterns("__pycache__", "static", "translations")
    shutil.copytree(PACKAGE, tmp_path / "matchmaker", ignore=ignored)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("people/ids.py", "from matchmaker.storage import jobs"),
        ("cards/qr.py", "import flask"),
        ("registration.py", "from matchmaker import sign_in"),
        ("registration.py", "import werkzeug"),
        ("storage/jobs.py", "from matchmaker import registration"),
        ("storage/jobs.py", "from matchmaker.affinity import matcher"),
        ("web/words.py", "import sqlalchemy"),
        ("web/words.py", "from sklearn import base"),
        ("web/words.py", "from matchmaker import app"),
        ("helpers.py", "import json"),
    ],
)
def test_an_import_that_points_the_wrong_way_is_found(copy: Path, file: str, line: str) -> None:
    spoilt = copy / "matchmaker" / file
    before = spoilt.read_text() if spoilt.exists() else '"""Anything."""\n'
    spoilt.write_text(f"{before}\n{line}\n")
    done = lint_imports(copy)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout or spoilt.stem in done.stdout


def python_files() -> Iterator[Path]:
    return (path for path in PACKAGE.rglob("*.py") if "versions" not in path.parts)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_files_and_functions_stay_short() -> None:
    lengths = {
        path.relative_to(ROOT): len(path.read_text().splitlines()) for path in python_files()
    }
    assert {file: length for file, length in lengths.items() if length > LONGEST_FILE} == {}
    long = [
        f"{path.relative_to(ROOT)}: {function.name}"
        for path in python_files()
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_modules_are_named_after_what_they_hold() -> None:
    assert [path for path in python_files() if path.stem in SAY_NOTHING] == []


def test_stories_never_commit(layers: list[list[str]]) -> None:
    """Who opened the transaction commits it: once per request, job or command."""
    stories = {room for layer in layers if "registration" in layer for room in layer}
    stories |= {"card_exchange"}
    for path in python_files():
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        calls = (
            node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)
        )
        named = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
        assert room not in stories or not named & {"commit", "rollback"}, path
