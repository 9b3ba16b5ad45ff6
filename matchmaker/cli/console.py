"""Speaking to whoever runs the command: sentences, progress, and the one way to fail."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Final, NoReturn, ParamSpec, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from matchmaker.affinity.shipped_files import DamagedData
from matchmaker.people.refusals import InvalidField, NotFound
from matchmaker.settings import SettingsError
from matchmaker.storage.migrate import NewerDatabase

EXIT_PUT_RIGHT: Final = 2
"""Exit status where the person at the keyboard must put something right first."""

screen = Console(highlight=False, soft_wrap=True)

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")

_PROBLEMS: Final = {
    ("slug", "not_a_slug"): "the short name may hold small letters, digits and hyphens only",
    ("slug", "taken"): "there is an event of that short name already",
    ("ends_at", "before_start"): "the event must end after it begins",
    ("time_zone", "unknown"): "the time zone must be a name such as Europe/Rome",
    ("email", "not_an_email"): "this does not look like an e-mail address",
    ("wifi_network", "length"): "the name of a wifi has 1 to 32 characters",
    ("wifi_password", "length"): "the password of a wifi has 8 to 63 characters",
}


def fail(sentence: str) -> NoReturn:
    """Print one sentence and end with exit status 2."""
    click.echo(f"matchmaker: {sentence}", err=True)
    raise SystemExit(EXIT_PUT_RIGHT)


def say_problems(
    function: Callable[_Arguments, _Result],
) -> Callable[_Arguments, _Result]:
    """Turn known problems of a command into one sentence."""

    @wraps(function)
    def guarded(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Result:
        try:
            return function(*args, **kwargs)
        except SettingsError as error:
            fail(str(error))
        except InvalidField as refused:
            words = _PROBLEMS.get((refused.field, refused.problem))
            fail(words or f"{refused.field}: {refused.problem}")
        except NotFound:
            fail("there is no such event; `matchmaker event list` shows all")
        except DamagedData as damaged:
            fail(f"{damaged}: install matchmaker again")
        except NewerDatabase:
            fail("the database was made by a newer version of matchmaker; install that one")

    return guarded


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar while something long goes on; yields a function that takes steps."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda steps: bar.advance(task, steps)
