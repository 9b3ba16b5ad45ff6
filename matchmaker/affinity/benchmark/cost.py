"""Counting processor seconds and memory."""

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, ParamSpec, TypeVar

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")

_STATUS: Final = Path("/proc/self/status")
_UNIT: Final = 1 if sys.platform == "darwin" else 1024
"""What one unit of ``ru_maxrss`` is in bytes."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Processor seconds of all threads of the process, and seconds on the clock."""

    cpu_seconds: float
    seconds: float

    def ratio_to(self, other: "Cost") -> float:
        """Return how many times as many processor seconds this took as the other."""
        return self.cpu_seconds / max(other.cpu_seconds, 1e-9)


@dataclass(frozen=True, kw_only=True)
class Measured(Generic[_Result]):
    """What a call returned, and what it took."""

    value: _Result
    cost: Cost


def measure(
    function: Callable[_Arguments, _Result],
    *args: _Arguments.args,
    **kwargs: _Arguments.kwargs,
) -> Measured[_Result]:
    """Call a function with every matrix product on one thread, and tell what it took.

    One thread for all that is compared: the processor seconds of products that share two
    processors with other programs say little.
    """
    with threadpool_limits(1):
        clock, cpu = time.perf_counter(), time.process_time()
        value = function(*args, **kwargs)
        cost = Cost(cpu_seconds=time.process_time() - cpu, seconds=time.perf_counter() - clock)
    return Measured(value=value, cost=cost)


def measure_apart(function: Callable[..., _Result], *args: Any) -> tuple[_Result, int]:
    """Call a function in a fresh process; return its result and the process's peak bytes.

    Function, arguments and result must be picklable.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(_call, function, *args).result()


def _call(function: Callable[..., _Result], *args: Any) -> tuple[_Result, int]:
    value = function(*args)
    return value, find_peak_bytes()


def find_peak_bytes() -> int:
    """Return the most memory this process has held.

    Where the kernel tells it by program: what ``getrusage`` reports on Linux begins with the
    peak of the process that started this one.
    """
    if _STATUS.is_file():
        for line in _STATUS.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT
