"""The ``matchmaker`` command: thin callers of the stories."""

import sys

OLDEST_PYTHON = (3, 11)


def main():  # type: ignore[no-untyped-def]  # must stay readable for a Python that is too old
    """Run the command line; exit status 2 where something must be put right first."""
    if sys.version_info < OLDEST_PYTHON:
        needed, found = (".".join(map(str, v)) for v in (OLDEST_PYTHON, sys.version_info[:2]))
        sys.stderr.write("matchmaker needs Python " + needed + "; this is " + found + ".\n")
        sys.exit(2)
    from matchmaker.cli.commands import run

    run()
