"""The flags that say what of a session is hidden, and the report of what was."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from py_export.commands import output
from py_export.commands.inputs import STANDARD
from py_export.commands.speech import Speaker
from py_export.errors import InvalidOption
from py_export.model import Session
from py_export.notices import Notices

if TYPE_CHECKING:
    from py_export.transforms.redact import Redaction, Report


def add_redaction(parser: argparse.ArgumentParser, speaker: Speaker) -> None:
    """Add one flag per part of a redaction."""
    words = speaker.words
    group = parser.add_argument_group(words("cli.group.redaction"))
    group.add_argument("--redact", metavar="off|secrets|people|all|KIND,KIND", help=words("cli.flag.redact"))
    group.add_argument("--redact-pattern", action="append", metavar="REGEX", help=words("cli.flag.redact_pattern"))
    group.add_argument("--redact-keep", action="append", metavar="NAME", help=words("cli.flag.redact_keep"))
    group.add_argument("--redact-report", metavar="FILE|-", help=words("cli.flag.redact_report"))


def chosen_redaction(args: argparse.Namespace) -> Redaction | None:
    """
    Return what is to be hidden, None where nothing was said; patterns alone hide what they match and nothing else.

    Raises:
        InvalidOption: No kind has that name; a report to the place where the document goes.
    """
    if args.redact_report == STANDARD and args.output in (None, STANDARD):
        raise InvalidOption(option="redact-report", reason="-o FILE")
    if not (args.redact or args.redact_pattern or args.redact_report):
        return None
    from py_export.transforms import redact  # noqa: PLC0415 - most hide nothing

    return redact.Redaction.of(args.redact or redact.OFF, args.redact_pattern or (), args.redact_keep or ())


class Hiding:
    """Hides in one session after the other, and reports on all of them."""

    def __init__(self, redaction: Redaction | None, report: str | None) -> None:
        self._redactor = None
        if redaction is not None:
            from py_export.transforms.redact import Redactor  # noqa: PLC0415 - most hide nothing

            self._redactor = Redactor(redaction)
        self._place = report
        self._reports: list[tuple[str, Report]] = []

    def hidden(self, session: Session, notices: Notices) -> Session:
        """Return the session without what is to be hidden."""
        if self._redactor is None:
            return session
        session, report = self._redactor.redact(session, notices)
        if self._place is not None:
            self._reports.append((session.id, report))
        return session

    def report(self) -> None:
        """Write the report where it was asked for."""
        if self._place is None:
            return
        from py_export.transforms.redact import as_json  # noqa: PLC0415 - most hide nothing

        data = json.dumps(as_json(self._reports), indent=2, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        if self._place == STANDARD:
            output.to_standard_output([data])
        else:
            output.to_path(Path(self._place), [data])
