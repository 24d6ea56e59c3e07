"""``py-export sources``: which agents' logs are on this machine, where, and how many; never what is in them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wcwidth import wcswidth

from py_export.commands.common import listen, parser_for, print_json
from py_export.commands.databases import opener
from py_export.commands.places import Place, places
from py_export.commands.speech import Speaker
from py_export.errors import ReadError
from py_export.notices import Notices
from py_export.readers import sqlite
from py_export.readers.cursor import database as cursor
from py_export.readers.input import DATABASE, Input

_AIDER_STARTS = re.compile(rb"^# aider chat started at ", re.MULTILINE)


def run(argv: list[str], speaker: Speaker) -> int:
    """Print one line per place that holds logs."""
    parser = parser_for("sources", speaker)
    parser.add_argument("--json", action="store_true", help=speaker.words("cli.flag.json"))
    args = parser.parse_args(argv)
    listen(args, speaker)
    home = Path.home()
    found = [row | {"label": speaker.words(f"reader.{row['source']}")} for row in _found(home)]
    if args.json:
        print_json(found)
        return 0
    if not found:
        sys.stdout.write(speaker.words("cli.sources.none") + "\n")
    lines = [(row["label"], _count(row, speaker), row["path"]) for row in found]
    widths = [max((wcswidth(line[column]) for line in lines), default=0) + 2 for column in range(2)]
    for *cells, path in lines:
        padded = (cell + " " * (width - wcswidth(cell)) for cell, width in zip(cells, widths, strict=True))
        sys.stdout.write(f"{''.join(padded)}{path}\n")
    return 0


def _found(home: Path) -> Iterator[dict[str, Any]]:
    """Yield what each place holds; a folder that two settings name is told once."""
    told: set[Path] = set()
    for place in places(os.environ, home, sys.platform, Path.cwd()):
        files = [path for path in _files(place) if path.resolve() not in told]
        told.update(path.resolve() for path in files)
        row = _row(place, files, home)
        if row is not None:
            yield row


def _files(place: Place) -> list[Path]:
    found: list[Path] = []
    for pattern in place.patterns:
        try:
            found += (path for path in place.folder.glob(pattern) if path.is_file())
        except OSError:  # a folder that may not be looked into holds nothing for us
            continue
    return sorted(path for path in found if not (place.without and path.name.startswith(place.without)))


def _row(place: Place, files: list[Path], home: Path) -> dict[str, Any] | None:
    counts = [(path, _sessions(place.source, path)) for path in files]
    counts = [(path, count) for path, count in counts if count != 0]
    if not counts:
        return None
    known = [count for _, count in counts if count is not None]
    try:
        stats = [path.stat() for path, _ in counts]
    except OSError:  # gone meanwhile
        return None
    where = counts[0][0] if len(place.patterns) == 1 and "*" not in place.patterns[0] else place.folder
    return {
        "source": place.source,
        "path": _shown(where, home),
        "files": len(counts),
        "sessions": sum(known) if len(known) == len(counts) else None,
        "bytes": sum(stat.st_size for stat in stats),
        "updatedAt": max(stat.st_mtime_ns for stat in stats) // 1_000_000,
    }


def _sessions(source: str, path: Path) -> int | None:
    """Return how many sessions a file holds; None where that cannot be told. Most files hold one."""
    try:
        if source == "aider":
            return len(_AIDER_STARTS.findall(path.read_bytes()))
        with path.open("rb") as file:
            if file.read(len(DATABASE)) != DATABASE:
                return 1
        given = Input(DATABASE, connect=opener(path), size=path.stat().st_size)
        if source == "cursor":
            return cursor.count(given) if cursor.matches(given) else 1
        table = {"hapi-db": "sessions", "opencode": "session"}[source]
        with sqlite.opened(given) as database:
            return sum(1 for _ in database.rows(table, ["id"], notices=Notices()))
    except (OSError, ReadError):
        return None


def _count(row: dict[str, Any], speaker: Speaker) -> str:
    if row["sessions"] is None:
        return speaker.words("cli.sources.files", count=row["files"])
    return speaker.words("cli.sources.sessions", count=row["sessions"])


def _shown(path: Path, home: Path) -> str:
    """Return a path with the home folder, which names the person, as ``~``."""
    try:
        return str(Path("~") / path.relative_to(home))
    except ValueError:
        return str(path)
