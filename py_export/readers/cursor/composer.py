"""A composer: one conversation of Cursor's, from its row and its bubbles'."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from py_export import jsontext
from py_export.errors import ReadError
from py_export.model import Header, Json, Message, Session, Source, ToolCall, Usage
from py_export.notices import Notices
from py_export.readers.cursor import bubbles
from py_export.readers.cursor.titles import first_words
from py_export.readers.records import values
from py_export.readers.records.draft import Draft
from py_export.readers.timeline import turns
from py_export.transforms import measure

_LISTS = ("conversation", "fullConversationHeadersOnly")
_TOOLS = 15
"""The capability by which the first version kept tool calls apart from their bubbles."""


class Composer:
    """
    One conversation on its way to a session.

    Attributes:
        id: Its id.
        about: Its row.
        drafts: Its messages, once filled.
    """

    def __init__(self, name: str, about: dict[str, Any], notices: Notices) -> None:
        self.id = values.identifier(about.get("composerId")) or name
        self.about = about
        self.drafts: list[Draft] = []
        self._notices = notices

    def fill(self, rows: dict[str, Any]) -> None:
        """Put the bubbles in order: as the headers list them, else as they lie in the row itself, else by time."""
        listed = [_named(header) for header in values.items(self.about.get("fullConversationHeadersOnly"))]
        inline = values.items(self.about.get("conversation"))
        if inline and not (listed and rows):
            found: list[tuple[str, Json, dict[str, Any]]] = [
                (f"bubble-{number}", bubble, {}) for number, bubble in enumerate(inline, 1)
            ]
        elif listed:
            found = self._listed(listed, rows, {_id(bubble): bubble for bubble in inline})
        else:
            found = [(name, bubble, {}) for name, bubble in self._by_time(rows)]
        kept_apart = self._calls
        for name, bubble, header in found:
            data = kept_apart.get(name) or kept_apart.get(_id(bubble) or "")
            if data is not None and isinstance(bubble, dict) and not bubble.get("toolFormerData"):
                bubble = {**bubble, "toolFormerData": data}  # noqa: PLW2901 - completed
            self.drafts.append(bubbles.draft(bubble, header, name, f"{self.id}: {name}", self._notices))

    def session(self) -> Session:
        """Return the session."""
        messages = self.messages()
        head = self._header()
        if head.title is None:
            head.title = first_words(messages)
        head.usage = self._usage(messages)
        head.counts = measure.counts(messages)
        head.duration_ms = measure.duration(messages)
        head.model = measure.model(messages) or head.model
        times = [message.created_at for message in messages if message.created_at is not None]
        head.created_at = head.created_at if head.created_at is not None else min(times, default=None)
        head.updated_at = head.updated_at if head.updated_at is not None else max(times, default=None)
        return Session(**{name: getattr(head, name) for name in Header.__struct_fields__}, messages=messages)

    def messages(self) -> list[Message]:
        """Return the messages; what says nothing is hidden, as in Cursor."""
        messages = turns.flow(self.drafts)
        hidden = sum(message.hidden for message in messages)
        if hidden:
            self._notices.add("hidden_messages", self.id, hidden)
        return messages

    def calls(self) -> dict[str, ToolCall]:
        """Return the tool calls by their ids."""
        blocks = (block for draft in self.drafts for block in draft.blocks)
        return {block.id: block for block in blocks if isinstance(block, ToolCall) and block.id is not None}

    @cached_property
    def _calls(self) -> dict[str, Any]:
        for capability in values.items(self.about.get("capabilities")):
            record = values.mapping(capability)
            if record.get("type") == _TOOLS:
                held = values.mapping(record.get("data")).get("bubbleDataMap")
                if isinstance(held, str):
                    held = _decoded(held)
                return values.mapping(held)
        return {}

    def _listed(
        self, listed: list[dict[str, Any]], rows: dict[str, Any], inline: dict[str | None, Json]
    ) -> list[tuple[str, Json, dict[str, Any]]]:
        """Return the listed bubbles; a header names one by its row's key, else by the id that the row itself has."""
        wanted = {header["bubbleId"] for header in listed if isinstance(header.get("bubbleId"), str)}
        left = {name: value for name, value in rows.items() if name not in wanted}
        decoded = {name: self._bubble(name, value) for name, value in left.items()} if wanted - rows.keys() else {}
        own = {_id(bubble, ""): name for name, bubble in decoded.items()}
        found: list[tuple[str, Json, dict[str, Any]]] = []
        missing = 0
        nameless: list[int] = []
        for header in listed:
            name = header.get("bubbleId")
            if not isinstance(name, str):
                missing += not header
                nameless += [len(found)] if header else []
            elif name in rows:
                found.append((name, self._bubble(name, rows[name]), header))
            elif name in own:
                found.append((own[name], decoded[own[name]], header))
                left.pop(own[name], None)
            elif name in inline:
                found.append((name, inline[name], header))
            else:
                missing += 1
        if nameless:  # headers of no known form: they name the rows that are left
            rest = self._by_time(left)
            places = nameless if len(rest) == len(nameless) else [nameless[0]] * len(rest)
            for place, (own_name, bubble) in reversed(list(zip(places, rest, strict=True))):
                found.insert(place, (own_name, bubble, {}))
            missing += max(0, len(nameless) - len(rest))
            left = {}
        if missing:
            self._notices.add("message_missing", self.id, missing)
        if left:
            self._notices.add("unlisted_left_out", self.id, len(left))
        return found

    def _by_time(self, rows: dict[str, Any]) -> list[tuple[str, Json]]:
        """Return rows' bubbles in the order of their times."""
        found = [(name, self._bubble(name, value)) for name, value in rows.items()]
        return sorted(found, key=lambda one: (bubbles.time(values.mapping(one[1]), {}) or 0, one[0]))

    def _bubble(self, name: str, value: Any) -> Json:  # noqa: ANN401 - of a column that may hold anything
        data = value if isinstance(value, bytes) else str(value).encode()
        try:
            return jsontext.decode(data)
        except ReadError:
            self._notices.add("record_unreadable", f"{self.id}: {name}")
            return data.decode("utf-8", "replace")

    def _header(self) -> Header:
        about = self.about
        head = Header(
            id=self.id,
            title=values.string(about.get("name")),
            source=Source("cursor", "cursor"),
            created_at=values.moment(about.get("createdAt")),
            updated_at=values.moment(about.get("lastUpdatedAt")),
            model=bubbles.model(values.mapping(about.get("modelConfig")).get("modelName")),
            workspace=_workspace(about),
        )
        placed = {"createdAt": head.created_at, "lastUpdatedAt": head.updated_at}
        head.metadata = {
            key: value
            for key, value in about.items()
            if key not in (*_LISTS, "composerId", "name") and not (key in placed and placed[key] == value)
        }
        return head

    def _usage(self, messages: list[Message]) -> Usage | None:
        """Return the tokens that bubbles state, and the cost that the composer states."""
        cents = [
            spent
            for used in values.mapping(self.about.get("usageData")).values()
            if isinstance(spent := values.mapping(used).get("costInCents"), (int, float))
            and not isinstance(spent, bool)
        ]
        found = measure.usage(messages)
        if cents:
            found = found or Usage()
            found.cost_usd = sum(cents) / 100
        return found


def _named(header: Json) -> dict[str, Any]:
    """Return a header; where it is a bare value, that is the bubble's id."""
    return header if isinstance(header, dict) else {} if header is None else {"bubbleId": header}


def _id(bubble: Json, default: str | None = None) -> str | None:
    found = values.mapping(bubble).get("bubbleId")
    return found if isinstance(found, str) else default


def _workspace(about: dict[str, Any]) -> str | None:
    uri = values.mapping(about.get("workspaceIdentifier")).get("uri")
    place = values.string(values.first(values.mapping(uri), "fsPath", "path")) or values.string(uri)
    repositories = (
        values.string(values.mapping(one).get("repoPath")) for one in values.items(about.get("trackedGitRepos"))
    )
    return place or next(filter(None, repositories), None)


def _decoded(text: str) -> Json:
    try:
        return jsontext.decode(text.encode("utf-8", "replace"))
    except ReadError:
        return None
