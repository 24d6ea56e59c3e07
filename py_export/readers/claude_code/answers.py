"""The records of one API message made one: Claude Code writes a record per block, while the answer streams in."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from py_export.readers.records.draft import Draft


class _Answer(Struct, eq=False):
    draft: Draft
    request: str | None


class Answers:
    """Knows the API messages that may go on: those since the user last spoke, of each agent apart."""

    def __init__(self) -> None:
        self._open: dict[str | None, dict[str, _Answer]] = {}
        self._requests: dict[str, str | None] = {}

    @property
    def ids(self) -> Iterable[str]:
        """The ids of all API messages so far."""
        return self._requests.keys()

    def join(self, draft: Draft, request: str | None) -> Draft:
        """
        Return the draft that holds the record: an earlier one of the same API message, else its own.

        A message is named by its id and its request's; a proxy may leave the request out, or give every message the
        same id. Its usage is the last record's: the figures of the earlier ones are what was known by then.
        """
        thread = draft.agent_id if draft.side else ""
        identity = draft.message.api_id
        if identity is None:
            if draft.message.role == "user" and draft.blocks and not draft.message.hidden:
                self._open.pop(thread, None)
            return draft
        if self._requests.setdefault(identity, request) != request and request is not None:
            draft.message.api_id = f"{identity} {request}"
        answers = self._open.setdefault(thread, {})
        known = answers.get(identity)
        if known is None or (None not in (known.request, request) and known.request != request):
            answers[identity] = _Answer(draft, request)
            return draft
        _extend(known.draft, draft)
        return known.draft


def _extend(first: Draft, more: Draft) -> None:
    message, later = first.message, more.message
    message.blocks += later.blocks
    message.usage = later.usage or message.usage
    message.model = later.model or message.model
    message.hidden = message.hidden and later.hidden
    first.sources += more.sources
    first.results += more.results
