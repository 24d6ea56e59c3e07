"""Look into JSON that may hold anything: every function takes any value and none raises."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from py_export.model import Json
from py_export.readers.names import is_name
from py_export.times import LAST, parse, parse_offset

JS_SPACE = "\t\n\v\f\r \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000\ufeff"
"""What JavaScript's ``trim`` removes and its ``\\s`` matches; Python's own sets differ."""

_DIGITS = re.compile(r"[0-9]{1,17}")
_CLOCK = re.compile(r"[0-9]{9,17}(?:\.[0-9]{1,9})?")
"""Seconds or milliseconds since 1970 as a text; a date without hyphens has eight digits."""

_SECONDS_BELOW = 1_000_000_000_000


def mapping(value: Json) -> dict[str, Any]:
    """Return the value where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: Json) -> list[Any]:
    """Return the value where it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def items(value: Json) -> list[Any]:
    """Return a list as it is, nothing as an empty one, and anything else as a list of itself."""
    return value if isinstance(value, list) else [] if value is None else [value]


def first(record: dict[str, Any], *keys: str) -> Json:
    """Return the value of the first of ``keys`` (a field's names, new and old) that is neither absent nor null."""
    for key in keys:
        value = record.get(key)
        if value is not None:
            return value
    return None


def beside(record: dict[str, Any], known: Collection[str]) -> dict[str, Any]:
    """
    Return what a record says beside what is ``known`` of its kind: what a later version may have renamed.

    Numbers and flags say nothing by themselves, and come and go with versions.
    """
    return {
        key: value
        for key, value in record.items()
        if key not in known and isinstance(value, (str, list, dict)) and value
    }


def says(value: Json, mute: Collection[str] = ()) -> bool:
    """Return whether a text that is not blank stands anywhere in a value, but for members that are ``mute``."""
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            left += [item for key, item in one.items() if key != "type" and key not in mute]
        elif isinstance(one, list):
            left += one
        elif string(one) is not None:
            return True
    return False


def string(value: Json) -> str | None:
    """Return a string that says something, else None."""
    return value if isinstance(value, str) and value.strip(JS_SPACE) else None


def identifier(value: Json) -> str | None:
    """Return an id: a string that is not empty, or an integer as one."""
    if isinstance(value, str):
        return value or None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def text(value: Json) -> str | None:
    """
    Return what a value says where text is due; None where it has to be kept in another way.

    It may be a string, a number, ``{"text": ...}``, or a list of those, which blank lines join.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if (
        isinstance(value, dict)
        and isinstance(value.get("text"), str)
        and value.get("type") in (None, "text", "input_text", "output_text")
    ):
        inner: str = value["text"]
        return inner
    if isinstance(value, list) and value:
        parts = [None if isinstance(item, list) else text(item) for item in value]
        if None not in parts:
            return "\n\n".join(part for part in parts if part)
    return None


def count(value: Json) -> int | None:
    """Return a number that counts something: an integer from 0 on, as a float without a fraction or as digits too."""
    number = integer(numeral(value))
    return number if number is not None and number >= 0 else None


def integer(value: Json) -> int | None:
    """Return an integer, or a float without a fraction as one; booleans are none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) else None


def flag(value: Json) -> bool:
    """Return whether a flag is set, however it was written: true, 1, "true"."""
    return value.lower() not in ("", "false", "0", "no") if isinstance(value, str) else truthy(value)


def truthy(value: Json) -> bool:
    """Return whether JavaScript takes the value for true: empty lists and objects are."""
    return True if isinstance(value, (list, dict)) else bool(value)


def numeral(value: Json) -> Json:
    """Return the integer that a string of digits writes; anything else as it is."""
    return int(value) if isinstance(value, str) and _DIGITS.fullmatch(value) else value


def milliseconds(value: Json) -> int | None:
    """Return a time in Unix milliseconds, where it is one that can be printed."""
    number = integer(value)
    return number if number is not None and -LAST <= number <= LAST else None


def moment(value: Json) -> int | None:
    """Return a time written in ISO 8601, in Unix seconds or in milliseconds, as milliseconds; all may be texts."""
    if isinstance(value, str):
        if "T" in value or _CLOCK.fullmatch(value) is None:
            return parse(value)
        value = float(value) if "." in value else int(value)
    if isinstance(value, float) and abs(value) <= LAST and not value.is_integer():
        return round(value * 1000) if 0 <= value < _SECONDS_BELOW else int(value)
    number = milliseconds(value)
    return milliseconds(number * 1000) if number is not None and 0 <= number < _SECONDS_BELOW else number


def offset(value: Json) -> int | None:
    """Return the minutes east of UTC of a time as ``moment`` takes it, where it is written with them."""
    return parse_offset(value) if isinstance(value, str) and parse(value) is not None else None


def type_name(value: Json) -> str:
    """Return what a record calls itself where that looks like a name, else its JSON type: never content."""
    name = value.get("type") if isinstance(value, dict) else None
    if is_name(name):
        return name
    kinds = {dict: "object", list: "list", str: "string", bool: "boolean", type(None): "null"}
    return kinds.get(type(value), "number")


def one_line(value: str) -> str:
    """Return the text with every run of white space as one space."""
    return " ".join(value.split())
