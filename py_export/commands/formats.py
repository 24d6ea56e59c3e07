"""``py-export formats``: the tables of readers and writers."""

from __future__ import annotations

import sys
from typing import Any

from py_export.commands.common import listen, parser_for, print_json
from py_export.commands.speech import Speaker
from py_export.options import json_schema
from py_export.readers import READERS, Reader
from py_export.writers import WRITERS, Writer


def run(argv: list[str], speaker: Speaker) -> int:
    """Print what can be read and written."""
    parser = parser_for("formats", speaker)
    parser.add_argument("--json", action="store_true", help=speaker.words("cli.flag.json"))
    args = parser.parse_args(argv)
    listen(args, speaker)
    readers = [_reader(reader, speaker) for reader in READERS]
    writers = [_writer(writer, speaker) for writer in WRITERS]
    if args.json:
        print_json({"readers": readers, "writers": writers})
        return 0
    for title, rows in (("cli.formats.readers", readers), ("cli.formats.writers", writers)):
        sys.stdout.write(speaker.words(title) + "\n")
        for row in rows:
            sys.stdout.write(f"  {row['id']:<18}{row['label']}\n")
    return 0


def _reader(reader: Reader, speaker: Speaker) -> dict[str, Any]:
    return {
        "id": reader.id,
        "label": speaker.words(f"reader.{reader.id}"),
        "extensions": list(reader.extensions),
        "mediaTypes": list(reader.media_types),
    }


def _writer(writer: Writer, speaker: Speaker) -> dict[str, Any]:
    return {
        "id": writer.id,
        "label": speaker.words(f"format.{writer.id}"),
        "extension": writer.extension,
        "mediaType": writer.media_type,
        "kind": writer.kind,
        "options": json_schema(writer.options),
    } | ({"where": list(writer.where)} if writer.where else {})
