"""Records as a later version, or a careless program, may write them."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from py_export.model import Json

STRANGE: list[Json] = [
    None, True, False, 0, -1, 2.5, 1e300, 10**30, "", " ", "text", "<command-name>", "\ud800", [], {}, [[]], [None],
    ["x"], {"type": "text"}, {"text": []}, [{"type": "tool_result"}], {"type": []}, {"a": {"b": {"c": []}}},
]  # fmt: skip


def drifted(records: list[dict[str, Any]], chance: random.Random) -> bytes:
    """Return records of which some have fields lost, renamed, exchanged or of another type, as a later version may."""
    found = copy.deepcopy(records)
    for _ in range(chance.randint(1, 12)):
        holder, key = chance.choice(list(_places(found)))
        what = chance.randrange(5)
        if what == 0:
            holder[key] = copy.deepcopy(chance.choice(STRANGE))
        elif what == 1 and isinstance(holder, dict):
            holder[f"{key}_v2"] = holder.pop(key)
        elif what == 2:
            del holder[key]
        elif what == 3:
            other, its = chance.choice(list(_places(found)))
            holder[key] = copy.deepcopy(other[its])
        elif isinstance(holder, list):
            chance.shuffle(holder)
        if not found:
            return b""
    data = b"".join(json.dumps(record).encode() + b"\n" for record in found)
    cuts = chance.randrange(4)
    return data[: chance.randrange(len(data) + 1)] if cuts == 0 else data


def records_of(path: Path) -> list[dict[str, Any]]:
    """Return the records of a log, but for lines that are none."""
    found = []
    for line in path.read_bytes().split(b"\n"):
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def _places(value: Json) -> Iterator[tuple[Any, Any]]:
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in list(keys):
        yield value, key
        yield from _places(value[key])
