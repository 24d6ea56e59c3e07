"""What a person sees of a long job on a terminal: which file it is at, how far, and for how long already."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Self

from py_export.commands.inputs import STANDARD
from py_export.commands.speech import Speaker
from py_export.markdown import one_line

_PATIENCE = 0.4
"""Seconds before anything is shown: most jobs are done by then, and nothing flickers."""

_PAUSE = 0.1


class Progress:
    """
    One job, shown on standard error where that is a terminal, and nowhere else; nothing of it stays there.

    A thread of its own draws, so that a step which takes long is seen to go on.
    """

    def __init__(self, speaker: Speaker, inputs: Sequence[str], *, output_is_shown: bool = False) -> None:
        """``output_is_shown``: the document itself goes to the terminal."""
        self._speaker = speaker
        self._inputs = inputs
        self._ended = threading.Event()
        self._step, self._done, self._bytes = "", 0, 0
        typed = STANDARD in inputs and sys.stdin.isatty()
        shown = sys.stderr.isatty() and not (speaker.as_json or typed or output_is_shown)
        self._thread = threading.Thread(target=self._show, daemon=True) if shown else None

    def __enter__(self) -> Self:
        if self._thread is not None:
            self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def inputs(self, names: Iterable[str] | None = None) -> Iterator[str]:
        """Yield each input's name as its turn comes; as ``names`` say it, where others do the work."""
        for done, name in enumerate(self._inputs if names is None else names):
            self._done = done
            self._say("cli.progress.reading", self._speaker.words("cli.progress.input") if name == STANDARD else name)
            yield name

    def written(self, name: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield a document's chunks as they come, counting their bytes."""
        self._say("cli.progress.writing", name)
        for chunk in chunks:
            self._bytes += len(chunk)
            yield chunk

    def _say(self, key: str, name: str) -> None:
        self._step, self._bytes = self._speaker.words(key, name=one_line(name)), 0

    def _show(self) -> None:
        if self._ended.wait(_PATIENCE):
            return
        # Nothing else needs rich, and importing it takes longer than most conversations take to convert.
        from rich import progress as bars  # noqa: PLC0415 - as above
        from rich.console import Console  # noqa: PLC0415 - as above
        from rich.filesize import decimal  # noqa: PLC0415 - as above

        columns: list[bars.ProgressColumn] = [bars.SpinnerColumn(), bars.TimeElapsedColumn()]
        if len(self._inputs) > 1:
            columns += [bars.BarColumn(bar_width=20), bars.MofNCompleteColumn()]
        columns.append(bars.TextColumn("{task.description}", markup=False))
        # What the program says meanwhile is printed above; on another stream than this one it is not rich's to print.
        shared = sys.stdout.isatty()
        console = Console(stderr=True)
        with bars.Progress(
            *columns, console=console, transient=True, auto_refresh=False, redirect_stdout=shared
        ) as progress:
            task = progress.add_task("", total=len(self._inputs))
            while True:
                size = f" ({decimal(self._bytes)})" if self._bytes else ""
                progress.update(task, completed=self._done, description=self._step + size, refresh=True)
                if self._ended.wait(_PAUSE):
                    return
