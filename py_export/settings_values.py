"""Each setting: what it may be, and how it is told where it is not. A token is none of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from py_export import filename_pattern
from py_export.errors import InvalidOption, InvalidSettings
from py_export.l10n import LOCALES
from py_export.notices import Notices
from py_export.options import json_schema, parse
from py_export.times import zone_info
from py_export.transforms.redact.kinds import CUSTOM, KINDS
from py_export.writers import WRITERS, Writer

THEMES = ("auto", "light", "dark")
MODES = ("off", "ask", "on")
HIDDEN = tuple(kind for kind in KINDS if kind != CUSTOM)
MOST_PATTERNS = 100
LONGEST_PATTERN = 1000
"""Characters of a regular expression."""


def validated(values: Mapping[str, Any], notices: Notices) -> dict[str, Any]:
    """
    Return the settings that are known, in their order; each other one is a notice.

    Raises:
        InvalidSettings: A value is not what it should be; the place says which.
    """
    for name in values:
        if name not in SETTINGS:
            _unknown(f"settings.{_told(name)}", notices)
    return {
        name: check(values[name], f"settings.{name}", notices) for name, check in SETTINGS.items() if name in values
    }


def _format(value: object, where: str, _notices: Notices) -> str:
    return _one_of(value, [writer.id for writer in WRITERS], where)


def _options(value: object, where: str, notices: Notices) -> dict[str, Any]:
    found = _object(value, where)
    known = {writer.id for writer in WRITERS}
    for name in found:
        if name not in known:
            _unknown(f"{where}.{_told(name)}", notices)
    kept: dict[str, Any] = {}
    for writer in WRITERS:
        name = writer.id
        if name not in found:
            continue
        chosen = _object(found[name], f"{where}.{name}")
        options = _options_of(writer, chosen, f"{where}.{name}", notices)
        if options:
            kept[name] = options
    return kept


def _options_of(writer: Writer, chosen: dict[str, Any], where: str, notices: Notices) -> dict[str, Any]:
    """Return the options that a person may choose; those that follow from a selection are none."""
    properties = json_schema(writer.options)["properties"]
    known_options = {name: option for name, option in properties.items() if not option.get("readOnly")}
    for name in chosen:
        if name not in known_options:
            _unknown(f"{where}.{_told(name)}", notices)
    given = {name: chosen[name] for name in known_options if name in chosen}
    for name, one in given.items():
        if isinstance(one, list | dict):
            raise InvalidSettings(f"{where}.{name}", reason="not a single value")
    try:
        parsed = parse(writer.options, given)
    except InvalidOption as error:
        # Its own sentence quotes the value, which here could be anything.
        name = str(error.params["option"])
        known = known_options.get(name, {}).get("enum") or [str(known_options.get(name, {}).get("type", "?"))]
        raise InvalidSettings(f"{where}.{name}", reason=", ".join(map(str, known))) from None
    return {name: getattr(parsed, name) for name in given}


def _locale(value: object, where: str, _notices: Notices) -> str:
    return _one_of(value, LOCALES, where)


def _theme(value: object, where: str, _notices: Notices) -> str:
    return _one_of(value, THEMES, where)


def _timezone(value: object, where: str, _notices: Notices) -> str:
    name = _text(value, where, 64)
    try:
        zone_info(name)
    except ValueError:
        raise InvalidSettings(where, reason="no time zone has that name") from None
    return name


def _filename(value: object, where: str, _notices: Notices) -> str:
    pattern = _text(value, where, filename_pattern.LONGEST)
    try:
        filename_pattern.check(pattern)
    except InvalidOption as error:
        raise InvalidSettings(where, reason=str(error.params["reason"])) from None
    return pattern


def _redaction(value: object, where: str, notices: Notices) -> dict[str, Any]:
    found = _object(value, where)
    for name in found:
        if name not in ("mode", "kinds", "patterns"):
            _unknown(f"{where}.{_told(name)}", notices)
    kept: dict[str, Any] = {}
    if "mode" in found:
        kept["mode"] = _one_of(found["mode"], MODES, f"{where}.mode")
    if "kinds" in found:
        kinds = _list(found["kinds"], f"{where}.kinds", len(HIDDEN))
        named = {_one_of(kind, HIDDEN, f"{where}.kinds[{number}]") for number, kind in enumerate(kinds)}
        kept["kinds"] = [kind for kind in HIDDEN if kind in named]
    if "patterns" in found:
        patterns = _list(found["patterns"], f"{where}.patterns", MOST_PATTERNS)
        kept["patterns"] = [_pattern(one, f"{where}.patterns[{number}]") for number, one in enumerate(patterns)]
    return kept


def _pattern(value: object, where: str) -> str:
    pattern = _text(value, where, LONGEST_PATTERN)
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        raise InvalidSettings(where, reason="not a regular expression") from None
    return pattern


def _shortcuts(value: object, where: str, _notices: Notices) -> bool:
    if not isinstance(value, bool):
        raise InvalidSettings(where, reason="not true or false")
    return value


SETTINGS: Mapping[str, Callable[[Any, str, Notices], Any]] = {
    "format": _format,
    "options": _options,
    "locale": _locale,
    "theme": _theme,
    "timezone": _timezone,
    "filename": _filename,
    "redaction": _redaction,
    "shortcuts": _shortcuts,
}
"""Every setting, in the order of the document, with what checks it."""


def _object(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidSettings(where, reason="not an object")
    return value


def _list(value: object, where: str, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise InvalidSettings(where, reason=f"not a list of at most {most}")
    return value


def _text(value: object, where: str, most: int) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= most:
        raise InvalidSettings(where, reason=f"not a text of 1 to {most} characters")
    return value


def _one_of(value: object, known: tuple[str, ...] | list[str], where: str) -> str:
    if not isinstance(value, str) or value not in known:
        raise InvalidSettings(where, reason=", ".join(known))
    return value


def _unknown(where: str, notices: Notices) -> None:
    notices.add("setting_unknown", where)


def _told(name: str) -> str:
    """Return a name that a file gave, as far as it may be told: it could be anything."""
    return name if re.fullmatch(r"[A-Za-z][\w-]{0,39}", name, re.ASCII) else "…"
