"""``py-export inspect``: what files hold - sources, sessions, counts, times, notices - and never what was said."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from py_export.commands.common import add_inputs, listen, parser_for, print_json
from py_export.commands.inputs import Outcome, expanded, parts
from py_export.commands.speech import Speaker
from py_export.model import Message, Session, ToolCall
from py_export.notices import Notices
from py_export.readers.container import Part
from py_export.schema import plain
from py_export.times import iso


def run(argv: list[str], speaker: Speaker) -> int:
    """Print what each input holds."""
    parser = parser_for("inspect", speaker)
    add_inputs(parser, speaker)
    parser.add_argument("--json", action="store_true", help=speaker.words("cli.flag.json"))
    args = parser.parse_args(argv)
    listen(args, speaker)
    outcome = Outcome()
    found = []
    for name in expanded(args.inputs):
        notices = Notices()
        held = [_told(name, part) for part in parts(name, args.source, notices, speaker, outcome)]
        if held:  # what is said of a folder stands with its last file
            held[-1]["notices"] = [
                {"code": one.code, "count": one.count, "where": one.where, "message": one.message(speaker.locale)}
                for one in notices
            ]
        outcome.noticed = outcome.noticed or bool(notices)
        found += held
    if args.json:
        print_json(found)
    else:
        sys.stdout.writelines(f"{line}\n" for held in found for line in _lines(held, speaker))
    return outcome.exit_code(strict=args.strict)


def _told(name: str, part: Part) -> dict[str, Any]:
    return {
        "input": f"{name}/{part.name}" if part.name else name,
        "source": part.source,
        "bytes": part.size,
        "sessions": [_session(session) for session in part.sessions],
        "notices": [],
    }


def _session(session: Session) -> dict[str, Any]:
    messages = list(_with_sub_agents(session.messages))
    shown = [message for message in messages if not message.hidden]
    return {
        "id": session.id,
        "source": plain(session.source),
        "createdAt": session.created_at,
        "updatedAt": session.updated_at,
        "exportedAt": session.exported_at,
        "messages": len(shown),
        "hidden": len(messages) - len(shown),
        "roles": dict(sorted(Counter(message.role for message in shown).items())),
        "blocks": dict(sorted(Counter(block.type for message in shown for block in message.blocks).items())),
    }


def _with_sub_agents(messages: Iterable[Message]) -> Iterator[Message]:
    for message in messages:
        yield message
        for block in message.blocks:
            if isinstance(block, ToolCall):
                yield from _with_sub_agents(block.messages)


def _lines(held: dict[str, Any], speaker: Speaker) -> Iterator[str]:
    words = speaker.words
    yield words("cli.inspect.input", name=held["input"], source=held["source"], bytes=held["bytes"])
    for session in held["sessions"]:
        yield "  " + words("cli.inspect.session", id=session["id"])
        for name in ("messages", "hidden", "roles", "blocks", "createdAt", "updatedAt", "exportedAt"):
            value = session[name]
            if isinstance(value, dict):
                value = ", ".join(f"{key} {count}" for key, count in value.items())
            elif name.endswith("At") and value is not None:
                value = iso(value)
            if value is not None:
                yield f"    {words(f'cli.inspect.{name}')}: {value}"
    for notice in held["notices"]:
        yield "  " + words("cli.inspect.notice", message=notice["message"])
