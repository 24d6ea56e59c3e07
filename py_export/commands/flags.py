"""The flags of a format, one per option, made from the JSON Schema of its options model."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from py_export.commands.failures import CannotRead
from py_export.commands.speech import Speaker
from py_export.errors import InvalidOption
from py_export.options import json_schema
from py_export.writers import Writer

_PREFIX = "option_"
_FILE = "json-file"
"""An option that is JSON: on the command line, the name of the file that holds it."""


def add_flags(parser: argparse.ArgumentParser, writer: Writer, speaker: Speaker) -> None:
    """Add one flag per option of the format."""
    schema = json_schema(writer.options)
    group = parser.add_argument_group(speaker.words("cli.group.options", format=writer.id))
    for name, described in schema["properties"].items():
        kind = _resolved(described, schema)
        flag = "--" + name.replace("_", "-")
        words = speaker.words(f"cli.option.{name}").replace("%", "%%")
        chosen: dict[str, Any] = {"dest": _PREFIX + name, "default": None, "help": words}
        if kind.get("type") == "boolean":
            group.add_argument(flag, action=argparse.BooleanOptionalAction, **chosen)
        elif "enum" in kind:
            group.add_argument(flag, choices=[str(value) for value in kind["enum"]], **chosen)
        elif kind.get("type") == "array":
            group.add_argument(flag, action="append", metavar="VALUE", **chosen)
        elif kind.get("format") == _FILE:
            group.add_argument(flag, metavar="FILE", **chosen)
        else:
            group.add_argument(flag, metavar=str(kind.get("type", "value")).upper(), **chosen)


def chosen_options(args: argparse.Namespace, writer: Writer) -> dict[str, Any]:
    """
    Return the options that were chosen, by flag or by ``--option name=value``, for the options model to judge.

    Raises:
        InvalidOption: ``--option`` without a name and a value, or with a name that the format does not know.
        CannotRead: A file that an option names.
    """
    known = json_schema(writer.options)["properties"]
    found = {
        name.removeprefix(_PREFIX): value
        for name, value in vars(args).items()
        if name.startswith(_PREFIX) and value is not None
    }
    pairs: Sequence[str] = args.option or ()
    for pair in pairs:
        name, equals, value = pair.partition("=")
        name = name.strip().replace("-", "_")
        if not equals or name not in known:
            raise InvalidOption(option=name, reason=", ".join(known))
        found[name] = value
    for name, described in known.items():
        if described.get("format") == _FILE and name in found:
            found[name] = _content(found[name])
    return found


def _content(name: str) -> str:
    """Return what a file holds. Raises ``CannotRead``."""
    try:
        return Path(name).read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise CannotRead(name=name, reason=error.strerror or type(error).__name__) from None


def _resolved(described: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow a reference, and take the one kind of an optional value."""
    if "$ref" in described:
        found: Mapping[str, Any] = schema["$defs"][described["$ref"].rpartition("/")[2]]
        return found
    kinds = [kind for kind in described.get("anyOf", ()) if kind.get("type") != "null"]
    return _resolved(kinds[0], schema) if len(kinds) == 1 else described
