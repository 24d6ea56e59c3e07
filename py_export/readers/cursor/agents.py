"""Composers of sub-agents, put below the calls that started them."""

from __future__ import annotations

from py_export.model import Message, Session, SubAgent, Text, ToolCall
from py_export.notices import Notices
from py_export.readers.cursor.calls import told
from py_export.readers.cursor.composer import Composer
from py_export.readers.records import values
from py_export.readers.timeline.agents import DEEPEST
from py_export.transforms import measure


def nested(composers: list[Composer], notices: Notices) -> list[Session]:
    """Return the sessions; a sub-agent whose call is not in the file is a session of its own."""
    by_id = {composer.id: composer for composer in composers}
    below: dict[str, list[tuple[ToolCall, Composer]]] = {}
    top: list[Composer] = []
    for composer in composers:
        call = _call(composer, by_id)
        if call is None or _depth(composer, by_id) > DEEPEST:
            top.append(composer)
            if values.mapping(composer.about.get("subagentInfo")):
                notices.add("sub_agent_unlinked", composer.id)
        else:
            below.setdefault(_parent(composer), []).append((call, composer))

    def fill(composer: Composer) -> None:
        for call, child in below.get(composer.id, ()):
            fill(child)
            messages = child.messages()
            if messages and _asks(messages[0]) == values.mapping(call.input).get("prompt"):
                messages[0].hidden = True  # the call says it already
                notices.add("hidden_messages", child.id)
            for message in measure.walk(messages):
                message.sub_agent = message.sub_agent or SubAgent(child.id, call.id)
            call.messages += messages

    for composer in top:
        fill(composer)
    return [composer.session() for composer in top]


def _asks(message: Message) -> str | None:
    return "\n\n".join(block.text for block in message.blocks if isinstance(block, Text)) or None


def _parent(composer: Composer) -> str:
    return values.identifier(values.mapping(composer.about.get("subagentInfo")).get("parentComposerId")) or ""


def _call(composer: Composer, by_id: dict[str, Composer]) -> ToolCall | None:
    """Return the call that started a sub-agent: the one it names, else the only one that names it."""
    parent = by_id.get(_parent(composer))
    if parent is None or parent is composer:
        return None
    calls = parent.calls()
    named = values.identifier(values.mapping(composer.about.get("subagentInfo")).get("toolCallId"))
    if named in calls:
        return calls[named]
    naming = [call for call in calls.values() if call.kind == "task" and composer.id in told(call)]
    return naming[0] if len(naming) == 1 else None


def _depth(composer: Composer, by_id: dict[str, Composer]) -> int:
    """Return how many sub-agents above; a circle is endless."""
    seen: set[str] = set()
    while composer.id not in seen:
        seen.add(composer.id)
        parent = by_id.get(_parent(composer))
        if parent is None:
            return len(seen) - 1
        composer = parent
    return DEEPEST + 1
