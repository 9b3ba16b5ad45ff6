"""Installed from a wheel, away from the checkout, the program finds all that ships with it."""

import os
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path, **environ: str) -> str:
    """Run a command away from the checkout and return what it said; it has to succeed."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "MATCHMAKER"))}
    done = subprocess.run(
        command,
        cwd=cwd,
        env=inherited | environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    # Where the build tool is at hand, nothing has to be fetched for this.
    isolation = ["--no-isolation"] if find_spec("hatchling") else []
    arguments = ["--wheel", *isolation, "--outdir", str(folder), str(ROOT)]
    run(sys.executable, "-m", "build", *arguments, cwd=folder)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment that has the wheel, and our own third-party packages."""
    home = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", str(home), cwd=home)
    python = home / "bin" / "python"
    paths = {"base": str(home), "platbase": str(home)}
    packages = Path(sysconfig.get_path("purelib", scheme="venv", vars=paths))
    install = ["install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    run(sys.executable, "-m", "pip", "--python", python, *install, str(wheel), cwd=home)
    # Behind what is installed here; an editable install's own hook does not work through this.
    lender = packages / "zz-lent-packages.pth"
    lender.write_text(sysconfig.get_path("purelib") + "\n")
    return python


@pytest.fixture
def away(tmp_path: Path) -> Path:
    """A folder that is not the checkout."""
    return tmp_path


def shipped(folder: Path) -> set[str]:
    """Every file below a folder, by its path."""
    found = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    # Caches that tools leave lying about: hidden folders, and Python's own.
    return {str(path) for path in found if not any(map(_is_leftover, path.parts))}


def _is_leftover(part: str) -> bool:
    # The script that installs from a checkout has nothing to do in what it installs.
    return part.startswith(".") or part in {"__pycache__", "demo.sh"} or part.endswith(".pyc")


def ask(python: Path, away: Path, code: str) -> str:
    return run(python, "-I", "-W", "error", "-c", code, cwd=away).strip()


def test_the_wheel_and_not_the_checkout_is_what_runs(python: Path, away: Path) -> None:
    where = ask(python, away, "import matchmaker; print(matchmaker.__file__)")
    assert Path(where).is_relative_to(python.parent.parent)
    assert not Path(where).is_relative_to(ROOT)


@pytest.mark.parametrize(
    ("name", "source"),
    [("templates", "templates"), ("data", "data"), ("static", "matchmaker/static")],
)
def test_what_ships_with_the_program_is_found(
    python: Path, away: Path, name: str, source: str
) -> None:
    code = f"from matchmaker.settings import find_shipped; print(find_shipped({name!r}))"
    found = Path(ask(python, away, code))
    assert found.is_relative_to(python.parent.parent)
    assert shipped(found) == shipped(ROOT / source) != set()


def test_every_module_and_migration_is_in_the_wheel(python: Path, away: Path) -> None:
    code = "import matchmaker.storage.migrate as m; print(m.newest_step(), m.__file__)"
    step, file = ask(python, away, code).split(maxsplit=1)
    installed = shipped(Path(file).parent.parent)
    assert shipped(ROOT / "matchmaker") <= installed
    assert f"storage/migrations/versions/step_{step}_" in "\n".join(installed)


def test_the_installed_command_makes_a_database(python: Path, away: Path) -> None:
    command = python.with_name("matchmaker")
    folder = away / "evening"
    environ = {"MATCHMAKER_DATA_DIR": str(folder)}
    assert "init-db" in run(command, "--help", cwd=away)
    run(command, "init-db", cwd=away, **environ)
    run(command, "init-db", cwd=away, **environ)
    assert (folder / "matchmaker.db").stat().st_size > 0


def test_the_wheel_carries_the_licence_and_nothing_of_the_tests(wheel: Path) -> None:
    listed = run(sys.executable, "-m", "zipfile", "-l", wheel, cwd=wheel.parent)
    assert "licenses/LICENSE" in listed
    assert "tests/" not in listed
    assert ".pyc" not in listed
