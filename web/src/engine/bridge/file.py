"""What is open: what it holds, the beginning of what it would become, and which messages a selection takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from py_export.model import Session
from py_export.notices import Notices
from py_export.options import parse
from py_export.packed import files
from py_export.transforms.branch import ALL
from py_export.writers import find_writer
from py_export_bridge.beginning import beginning
from py_export_bridge.held import Held
from py_export_bridge.opened import Files, Handles
from py_export_bridge.prepared import Prepared
from py_export_bridge.reports import add, answer, copy, described, said

if TYPE_CHECKING:  # most exports hide nothing, and do not wait for what finds it
    from py_export.transforms.redact import Redactor


class File:
    """
    One file that is open, or several: read once, at first use; then looked at, previewed and exported as wanted.

    A session is named by its number, from 0; where there is only one, none need be.
    """

    def __init__(self, handles: Handles, request: str) -> None:
        self._files = Files(handles, json.loads(handles.names))
        self._request: dict[str, Any] = json.loads(request)
        self._read: Held | None = None
        self._chosen: tuple[str, Session, Notices] | None = None
        self._changes: tuple[tuple[Session, str], list[dict[str, Any]]] | None = None

    @property
    def held(self) -> Held:
        """The sessions. Raises ``ReadError`` where bytes without a name cannot be read."""
        if self._read is None:
            self._read = Held(self._files, self._request)
        return self._read

    @property
    def at(self) -> int | None:
        """When the files were opened, in Unix milliseconds."""
        at: int | None = self._request.get("exportedAt")
        return at

    def about(self) -> str:
        """Return ``{sessions, files, notices}`` as the protocol has them, or a failure, as JSON."""
        return answer(self._about)

    def numbers(self, selection: str, session: int | None = None) -> str:
        """Return ``{numbers}``, the messages that a selection takes in its order, or a failure, as JSON."""
        return answer(lambda: {"numbers": self._numbers(json.loads(selection), session)})

    def header(self, session: int) -> str:
        """Return what a page shows of a session beside its messages, or a failure, as JSON."""
        return answer(lambda: self._header(session))

    def messages(self, session: int, first: int, last: int) -> str:
        """Return ``{messages, of}``, some of a session's messages by number from 1, or a failure, as JSON."""
        return answer(lambda: self._messages(session, first, last))

    def preview(self, request: str, limit: int) -> str:
        """
        Return the beginning of a document, or a failure, as JSON.

        The beginning is ``{text, complete, bytes, exact, filename, mediaType, messages, notices}``: the first ``limit``
        characters, the whole document where it is ``complete``; ``bytes`` is its size, estimated unless ``exact``.
        Of a patch it has ``changes``, too: the files with their lines.
        Of several sessions it is the first one's, unless they become one document: then it is this one's, of so many
        ``sessions`` where it is not of all, and its size is said where it is known. What is no text has none, and is
        not made: it would take too long.
        """
        return answer(lambda: self._preview(json.loads(request), limit))

    def secrets(self, request: str) -> str:
        """Return ``{hits, notices}``, what an export would hide, or a failure, as JSON."""
        from py_export_bridge.hiding import secrets  # noqa: PLC0415 - few ask before they export

        return answer(lambda: secrets(self, json.loads(request)))

    def prepare(self, request: dict[str, Any], session: int | None) -> Prepared:
        """Return what a request asks to be written of a session, with what was noticed where it lies."""
        writer = find_writer(request["to"])
        options = parse(writer.options, request.get("options"))
        selected, notices = self._select(session, request.get("select") or {}, options.timezone, request.get("redact"))
        return Prepared(selected, writer, options, notices)

    def prepare_anew(self, request: dict[str, Any], session: int, redactor: Redactor | None) -> Prepared:
        """Return what a request asks to be written of one session of several, and keep nothing of it."""
        writer = find_writer(request["to"])
        options = parse(writer.options, request.get("options"))
        notices = Notices()
        selected = _selected(self.held.session(session), request.get("select") or {}, options.timezone, notices)
        if redactor is not None:
            selected, _ = redactor.redact(selected, notices)
        return Prepared(selected, writer, options, notices)

    def selected(self, number: int | None, wanted: dict[str, Any], timezone: str) -> Session:
        """Return what is selected of a session, nothing of it hidden."""
        return _selected(self.held.session(number), wanted, timezone, Notices())

    def places(self, number: int | None) -> dict[str, int]:
        """Return the number of each message that is shown, by its id."""
        shown = (message for message in self.held.session(number).messages if not message.hidden)
        return {message.id: place for place, message in enumerate(shown, 1)}

    def _about(self) -> dict[str, Any]:
        heard = Notices()
        add(heard, self.held.noticed())
        return {"sessions": self.held.about, "files": self.held.files(), "notices": said(heard)}

    def _select(
        self, number: int | None, wanted: dict[str, Any], timezone: str, hide: dict[str, Any] | None = None
    ) -> tuple[Session, Notices]:
        """Select and hide, or return what came of the same last: a preview follows every key stroke."""
        key = json.dumps([number, wanted, timezone, hide])
        if self._chosen is None or self._chosen[0] != key:
            notices = self.held.noticed_at([number])
            session = _selected(self.held.session(number), wanted, timezone, notices)
            if hide is not None:
                session, _ = redactor_of(hide).redact(session, notices)
            self._chosen = (key, session, notices)
        return self._chosen[1], copy(self._chosen[2])

    def _numbers(self, wanted: dict[str, Any], number: int | None) -> list[int]:
        chosen, _ = self._select(number, wanted, "UTC")
        places = self.places(number)
        return [places[message.id] for message in chosen.messages if message.id in places]

    def _header(self, number: int) -> dict[str, Any]:
        # Few exports look at messages one by one.
        from py_export.view import as_json, header_view  # noqa: PLC0415 - as above

        session = self.held.session(number)
        shown = self.held.about[number]["messages"]
        header: dict[str, Any] = json.loads(as_json(header_view(session)))
        return header | {"messageCount": shown, "viewCount": shown}

    def _messages(self, number: int, first: int, last: int) -> dict[str, Any]:
        from py_export.view import message_view  # noqa: PLC0415 - as above

        session = self.held.session(number)
        shown = [message for message in session.messages if not message.hidden]
        return {"messages": [json.loads(message_view(one)) for one in shown[first - 1 : last]], "of": len(shown)}

    def _preview(self, request: dict[str, Any], limit: int) -> dict[str, Any]:
        numbers = request.get("sessions") or [None]
        writer = find_writer(request["to"])
        if request.get("together") and len(numbers) > 1 and not writer.binary:
            from py_export_bridge.several import preview  # noqa: PLC0415 - most looks are at one session

            return preview(self, request, numbers, limit)
        session, _, options, notices = prepared = self.prepare(request, numbers[0])
        if writer.binary:
            return {"text": "", "complete": False, "bytes": 0, "exact": False, **described(prepared)}
        parts = files(session, writer, options, notices)
        _, document = next(parts)
        found = beginning(document, limit)
        size = found.size
        size += sum(len(data) for _, chunks in parts for data in chunks) if found.complete else 0
        return {
            "text": found.text[:limit],
            "complete": found.complete and len(found.text) <= limit,
            "bytes": size if found.complete else prepared.whole(found.head, size, found.told - 1),
            # A zip's own size is known when it is made.
            "exact": found.complete and not options.packed,
            **described(prepared, request.get("pattern")),
            **({"changes": self._changed(prepared)} if writer.kind == "diff" else {}),
        }

    def _changed(self, prepared: Prepared) -> list[dict[str, Any]]:
        """Return which files a patch changes; the same once more, where only its layout is another."""
        from py_export_bridge.changed import changed  # noqa: PLC0415 - few exports are patches

        key = (prepared.session, getattr(prepared.options, "root", ""))
        if self._changes is None or self._changes[0][0] is not key[0] or self._changes[0][1] != key[1]:
            self._changes = (key, changed(prepared.session, prepared.options))
        return self._changes[1]


def redactor_of(wanted: dict[str, Any]) -> Redactor:
    """Return what hides as a request asks. Raises ``InvalidOption``."""
    from py_export_bridge import hiding  # noqa: PLC0415 - as above

    return hiding.redactor_of(wanted)


def _selected(session: Session, wanted: dict[str, Any], timezone: str, notices: Notices) -> Session:
    if not wanted:
        return session
    # What selects stays out of the way of the many exports that select nothing.
    from py_export.transforms.filter import Context  # noqa: PLC0415
    from py_export.transforms.select import Selection, select  # noqa: PLC0415

    first, last = wanted.get("range") or (None, None)
    selection = Selection(
        range=None if first is None and last is None else (first, last),
        branch=wanted.get("branch", ALL),
        filter=wanted.get("filter", ""),
        context=Context(timezone=timezone),
        roles=wanted.get("roles"),
        order=wanted.get("order"),
    )
    return select(session, selection, notices)
