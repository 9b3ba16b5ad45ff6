"""``python -m matchmaker.cli``: how the server starts its own worker."""

from matchmaker.cli import main

main()  # type: ignore[no-untyped-call]
