"""The command line program: finds the verb, runs it, turns what went wrong into an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from py_export.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:  # the name that type checkers know, without importing typing
    from py_export.commands.speech import Speaker

VERBS = {
    "convert": "convert",
    "formats": "formats",
    "import": "store",
    "inspect": "inspect",
    "serve": "serve",
    "sources": "sources",
}
"""Each verb and the module of ``py_export.commands`` that knows it (imported when asked for)."""

DONE = 0
IN_PART = 1
WRONG_USAGE = 2
NOT_READABLE = 3
NEWER_VERSION = 4
NOT_WRITTEN = 5
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    if given[:1] in (["--version"], ["-V"]):
        sys.stdout.write(f"py-export {__version__}\n")
        return DONE
    try:
        code = _run(given)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # who reads has had enough: no error to them, and nothing left to say it on
        _drop_output()
        return NOT_WRITTEN
    return code


def _drop_output() -> None:
    """Let what still waits to be written go nowhere, or it would fail once more at the end of the process."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(given: list[str]) -> int:
    from importlib import import_module  # noqa: PLC0415 - not for --version
    from io import TextIOWrapper  # noqa: PLC0415 - not for --version

    from py_export.commands.failures import CannotWrite  # noqa: PLC0415 - likewise
    from py_export.commands.speech import Speaker  # noqa: PLC0415 - likewise
    from py_export.errors import ExportError  # noqa: PLC0415 - likewise

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # as standard error has it: a name is no reason to fail
    speaker = Speaker()
    if not given or given[0] in ("-h", "--help"):
        (sys.stdout if given else sys.stderr).write(_help(speaker))
        return DONE if given else WRONG_USAGE
    verb, *rest = given
    if verb not in VERBS:
        speaker.say("error", "unknown_verb", speaker.words("cli.unknown_verb", verb=verb, known=", ".join(VERBS)))
        return WRONG_USAGE
    command = import_module(f"py_export.commands.{VERBS[verb]}")
    try:
        code: int = command.run(rest, speaker)
        sys.stdout.flush()
    except ExportError as error:
        speaker.error(error)
        return error.exit_code
    except BrokenPipeError:
        raise
    except OSError as error:  # a full disk behind standard output: each verb names the other places itself
        _drop_output()
        full = CannotWrite(name="-", reason=error.strerror or type(error).__name__)
        speaker.error(full)
        return full.exit_code
    except SystemExit as stop:  # argparse: 2 for wrong usage, 0 for --help
        return stop.code if isinstance(stop.code, int) else WRONG_USAGE
    return code


def _help(speaker: Speaker) -> str:
    width = max(map(len, VERBS)) + 2
    verbs = "".join(f"  {verb:<{width}}{speaker.words(f'cli.help.{verb}')}\n" for verb in VERBS)
    return speaker.words("cli.help") + "\n\n" + verbs + "\n" + speaker.words("cli.help_more") + "\n"
