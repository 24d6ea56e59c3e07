"""Settings files on the command line: brought to the present version, and as the default of what is not said."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from py_export import settings
from py_export.commands import output
from py_export.commands.failures import CannotRead
from py_export.commands.inputs import STANDARD, clock
from py_export.commands.speech import Speaker
from py_export.errors import ExportError, UsageError
from py_export.filenames import filename_of_settings
from py_export.notices import Notices
from py_export.options import json_schema
from py_export.writers import Writer


def convert_settings(args: argparse.Namespace, speaker: Speaker) -> int:
    """Read one settings file and write it again; return the exit code."""
    if len(args.inputs) != 1:
        raise UsageError(reason="settings: 1 INPUT")
    [name] = args.inputs
    notices = Notices()
    try:
        document = settings.read(_bytes(name), notices)
    except ExportError as error:
        speaker.error(error, name)
        return error.exit_code
    speaker.notices(notices)
    at = document.get("exportedAt")
    _put(
        args.output,
        args.filename or filename_of_settings(clock() if at is None else at),
        settings.text(document),
        speaker,
    )
    return 1 if args.strict and notices else 0


def defaults(place: str | None, speaker: Speaker) -> dict[str, Any]:
    """
    Return the settings of a file, nothing where none is named.

    Raises:
        ExportError: It cannot be read, or is none.
    """
    if place is None:
        return {}
    notices = Notices()
    values: dict[str, Any] = settings.read(_bytes(place), notices)["settings"]
    speaker.notices(notices, place)
    return values


def default_options(values: Mapping[str, Any], writer: Writer) -> dict[str, Any]:
    """Return what settings say of a format's options, the time zone of all of them among it."""
    own: dict[str, Any] = values.get("options", {}).get(writer.id, {})
    zone = values.get("timezone")
    chosen = json_schema(writer.options)["properties"]["timezone"]
    return own if zone is None or chosen.get("readOnly") else {"timezone": zone} | own


def _put(place: str | None, name: str, data: bytes, speaker: Speaker) -> None:
    if place == STANDARD or (place is None and not sys.stdout.isatty()):
        output.to_standard_output([data])
        return
    path = Path(name) if place is None else Path(place)
    if place is not None and (place.endswith(("/", "\\")) or path.is_dir()):
        output.Folder(path).add(name, [data])
    else:
        output.to_path(path, [data])
    if place is None:
        speaker.say("info", "written", speaker.words("cli.written", name=name))


def _bytes(name: str) -> bytes:
    """Return a file's bytes, no more than would be refused anyway."""
    most = settings.MOST_BYTES + 1
    try:
        if name == STANDARD:
            return sys.stdin.buffer.read(most)
        with Path(name).open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise CannotRead(name=name, reason=error.strerror or type(error).__name__) from None
