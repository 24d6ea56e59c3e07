"""Work on all cores: jobs that need nothing of each other, by processes of their own; what comes of them, in order."""

from __future__ import annotations

import os
import pickle
import signal
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Job = Callable[[], Any]

_FAILED = (EOFError, pickle.UnpicklingError, OSError)


def in_order(jobs: Sequence[Job]) -> Iterator[Any]:
    """
    Yield each job's result; what they are may be pickled, and each is done in a copy of this process.

    A process goes on while its results fit into a pipe: memory stays bounded. What fails there is done here again, so
    that its error is raised in its place. Where a process cannot be copied, or has one core, all is done here.
    """
    count = min(cores(), len(jobs))
    workers = [_Worker(jobs[first::count]) for first in range(count)] if count > 1 else []
    try:
        for at, job in enumerate(jobs):
            yield workers[at % count].result(job) if workers else job()
    finally:
        for worker in workers:
            worker.end()


def cores() -> int:
    """Return how many cores this process may use; one where it cannot be copied, or is a copy itself."""
    if _Worker.is_one or not (hasattr(os, "sched_getaffinity") and hasattr(os, "fork")):
        return 1
    return len(os.sched_getaffinity(0))


class _Worker:
    """A copy of this process that does some of the jobs. ``is_one`` is set in there."""

    is_one = False

    def __init__(self, jobs: Sequence[Job]) -> None:
        reading, writing = os.pipe()
        with (
            warnings.catch_warnings()
        ):  # newer Pythons warn of threads: ours shows progress, and holds nothing needed here
            warnings.simplefilter("ignore", DeprecationWarning)
            self._pid = os.fork()
        if self._pid == 0:  # nothing returns from here: what the other process has open and begun is not ours to end
            try:
                signal.signal(signal.SIGINT, signal.SIG_IGN)  # that one ends this one
                _Worker.is_one = True
                os.close(reading)
                _work(jobs, writing)
            finally:
                os._exit(0)
        os.close(writing)
        self._results = os.fdopen(reading, "rb")

    def result(self, job: Job) -> Any:  # noqa: ANN401 - a job's
        """Return what comes next, or do the job here."""
        try:
            return pickle.load(self._results)  # noqa: S301 - from a copy of this process
        except _FAILED:
            return job()

    def end(self) -> None:
        """End the process, whatever it is at."""
        self._results.close()
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


def _work(jobs: Sequence[Job], writing: int) -> None:
    with os.fdopen(writing, "wb") as out:
        for job in jobs:
            pickle.dump(job(), out, pickle.HIGHEST_PROTOCOL)
            out.flush()
