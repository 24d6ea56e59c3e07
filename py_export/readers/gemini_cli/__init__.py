"""
Gemini CLI's sessions in every form it writes: a session's JSON, its log (JSON Lines), and what it shares of a chat.

The log is replayed: a later record of a turn takes an earlier one's place, whose words are kept in the message's
source where they differ. Turns that were taken back (`/rewind`) stay as a branch, turns that a compression replaced
stay before its summary. A checkpoint or a shared chat (`/chat save`, `/chat share`, JSON and Markdown) holds no times,
models, figures or ids; calls and results are joined in order. Its own id is made from its bytes.

Output tokens include the model's thoughts, input tokens what tools added to a prompt; what the cache held stands apart.
Of a prompt that names files, what the person saw is shown; the files' contents that the model got stand in the source.
A sub-agent's log is put below the call that started it where a folder or a zip holds both. In the Markdown a text
that looks like one of its headings cannot be told from one. Where it is known, the context that the command line puts
before a chat is hidden. Unknown records and parts are kept and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from py_export import jsontext
from py_export.errors import ReadError, Unreadable
from py_export.model import Event, Json, Message, Session, Source, SubAgent, ToolCall, Unknown
from py_export.notices import Notices
from py_export.readers import assembled, lines
from py_export.readers.files import Group, head
from py_export.readers.gemini_cli.log import Log, Node, listed, replay
from py_export.readers.gemini_cli.share import contents, is_shared
from py_export.readers.input import Input
from py_export.readers.records import gemini, values
from py_export.readers.records.gemini import Conversation
from py_export.transforms import measure

FORMAT = "gemini-cli"

_BEGINS = re.compile(rb'\s*\{\s*"sessionId"\s*:\s*"([^"\\]+)"')


def matches(given: Input) -> bool:
    """Return whether it is a session with its project's hash, a list of the API's contents, or its Markdown."""
    if any(map(_is_session, given.first_records)) or _is_session(given.object):
        return True
    return is_shared(given)


def read(given: Input, notices: Notices) -> list[Session]:
    """
    Read one session.

    Raises:
        Unreadable: There is no turn in it, and nothing is said of a session.
    """
    shared = contents(given)
    if shared is not None:
        return [_share(given, shared, notices)]
    found = _session(given, notices)
    before = given.name.rpartition("/")[2].removesuffix("l")
    for name in sorted(given.files):
        if name == before:
            notices.add("sessions_resumed", name)
        elif name.rpartition("/")[0].rpartition("/")[2] == found.id and _is_session(_first(head(given.files, name))):
            _nest(found, _session(Input(given.files[name], name=name), notices), notices)
    if given.files:
        found.usage, found.counts = measure.usage(found.messages), measure.counts(found.messages)
        found.duration_ms = measure.duration(found.messages)
    return [found]


def gather(files: Mapping[str, bytes]) -> Iterable[Group]:
    """
    Yield each session's log with what belongs to it.

    That is the logs of its sub-agents, in a folder named by its id or else named in one of its calls, and the document
    that the log goes on from, which is named like it but for the last letter.
    """
    groups: dict[str, Group] = {}
    sessions: dict[str, str] = {}
    children: dict[str, str] = {}
    for name in files:
        record = _first(head(files, name))
        if not _is_session(record) or "messages" in record:
            continue
        (children if record.get("kind") == "subagent" else sessions)[name] = record["sessionId"]
        before = name.removesuffix("l")
        begins = _BEGINS.match(head(files, before)) if before != name and before in files else None
        if begins is not None and begins[1].decode("utf-8", "replace") == record["sessionId"]:
            groups[name] = Group(name, {before.rpartition("/")[2]: before})
    for name, parent in _parents(files, sessions, children):
        group = groups.setdefault(parent, Group(parent))
        group.files[f"{sessions[parent]}/{name.rpartition('/')[2]}"] = name
    return groups.values()


def _parents(
    files: Mapping[str, bytes], sessions: Mapping[str, str], children: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield each sub-agent's log with that of the session it is of: by its folder, else by who speaks of it."""
    places = {f"{name.rpartition('/')[0]}/{identity}".lstrip("/"): name for name, identity in sessions.items()}
    left: dict[str, bytes] = {}
    for name, identity in children.items():
        parent = places.get(name.rpartition("/")[0])
        if parent is None:
            left[name] = jsontext.encode(identity)
        else:
            yield name, parent
    for parent in sessions if left else ():
        data = files[parent]
        for name in [name for name, identity in left.items() if identity in data]:
            del left[name]
            yield name, parent


def _is_session(record: dict[str, Any]) -> bool:
    if not isinstance(record.get("sessionId"), str) or "type" in record:
        return False
    named = any(isinstance(record.get(name), str) for name in ("projectHash", "startTime"))
    return named and isinstance(record.get("messages", []), list)


def _first(data: bytes) -> dict[str, Any]:
    line = data.strip().partition(b"\n")[0]
    if not (line.startswith(b"{") and line.rstrip().endswith(b"}")):  # to say where a long line is cut takes long
        return {}
    try:
        return values.mapping(jsontext.decode(line))
    except ReadError:
        return {}


def _session(given: Input, notices: Notices) -> Session:
    whole = "messages" in given.object
    log = listed(given.object) if whole else replay(lines.records(given.data, notices))
    if not log.order and not log.about:
        raise Unreadable("line 1", reason="no record of a session")
    messages, leaf = _messages(log, notices)
    messages += (_unknown(where, record, notices) for where, record in log.other)
    about = log.about
    if not log.order:  # turns under another name: what is said of a session is no list of records
        found = {key: value for key, value in about.items() if _holds_records(value)}
        messages += (_unknown(key, value, notices) for key, value in found.items())
        about = {key: value for key, value in about.items() if key not in found}
    directories = values.sequence(about.get("directories"))
    return assembled.session(
        values.string(about.get("sessionId")) or _own_id(given),
        Source("gemini-cli", FORMAT),
        messages,
        title=assembled.first_line(values.string(about.get("summary")) or ""),
        created_at=values.moment(about.get("startTime")),
        updated_at=values.moment(about.get("lastUpdated")),
        workspace=values.string(directories[0]) if directories else None,
        leaf_id=None if leaf is None else leaf.id,
        metadata=about,
    )


def _holds_records(value: Json) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _messages(log: Log, notices: Notices) -> tuple[list[Message], Message | None]:
    """Return the turns as messages, each naming the one that it follows, and the last that was not taken back."""
    talk = Conversation(notices)
    made: dict[int, Message] = {}
    for number, node in enumerate(log.order, 1):
        message = _message(node, talk, number)
        if message is not None:
            gemini.hide_thanks(next(reversed(made.values()), None), message)
            made[id(node)] = message
    messages = list(made.values())
    assembled.distinct(messages)
    for node in log.order:
        if id(node) in made:
            above = _made(node.before, made)
            made[id(node)].parent_id = None if above is None else above.id
    return messages, _made(log.leaf, made)


def _message(node: Node, talk: Conversation, number: int) -> Message | None:
    if node.compaction:
        return Message(id=f"compaction-{number}", role="event", blocks=[Event("compact")], source=node.record)
    identity = values.identifier(node.record.get("id")) or f"message-{number}"
    message = gemini.turn(talk, node.record, identity, node.where)
    if message is not None and node.told:
        message.source = [*node.told, node.record]
    return message


def _made(node: Node | None, made: dict[int, Message]) -> Message | None:
    """Return the message of a turn, or of the nearest before it that is one."""
    while node is not None and id(node) not in made:
        node = node.before
    return None if node is None else made[id(node)]


def _unknown(where: str, record: Json, notices: Notices) -> Message:
    notices.add("unknown_record", where)
    return Message(id=where, role="event", blocks=[Unknown(record)], source=record)


def _nest(session: Session, child: Session, notices: Notices) -> None:
    """Put a sub-agent's messages below the call that names it; where none does they stay, marked."""
    calls = {
        values.identifier(record.get("agentId")): values.identifier(record.get("id"))
        for message in session.messages
        for source in values.items(message.source)
        for record in values.items(values.mapping(source).get("toolCalls"))
        if isinstance(record, dict)
    }
    wanted = calls.get(child.id)
    found = next(
        (
            block
            for message in session.messages
            for block in message.blocks
            if isinstance(block, ToolCall) and wanted is not None and block.id == wanted
        ),
        None,
    )
    for message in child.messages:
        message.sub_agent = SubAgent(child.id, None if found is None else found.id)
        message.id = f"{child.id}:{message.id}"
        message.parent_id = None if message.parent_id is None else f"{child.id}:{message.parent_id}"
    if found is None:
        notices.add("sub_agent_unlinked", child.id, count=len(child.messages))
        session.messages += child.messages
    else:
        found.messages += child.messages


def _share(given: Input, shared: list[Json], notices: Notices) -> Session:
    talk = Conversation(notices)
    messages: list[Message] = []
    for number, record in enumerate(shared):
        message = gemini.content(talk, record, f"turn-{number + 1}", f"messages[{number}]")
        if message is not None:
            message.seq = number + 1
            gemini.hide_thanks(messages[-1] if messages else None, message)
            messages.append(message)
    metadata = {name: value for name, value in given.object.items() if name != "history"}
    return assembled.session(_own_id(given), Source("gemini-cli", FORMAT), messages, metadata=metadata)


def _own_id(given: Input) -> str:
    return f"gemini-cli-{sha256(given.data).hexdigest()[:16]}"
