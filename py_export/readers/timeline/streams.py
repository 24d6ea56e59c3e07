"""Snapshots of one text that grew while it was written: the last one stands, and no words are lost."""

from __future__ import annotations

from py_export.model import Text, Thinking
from py_export.readers.records.draft import Draft


def merge(drafts: list[Draft]) -> list[Draft]:
    """
    Return the drafts with the snapshots of each stream made one, at the first one's place.

    A snapshot that says what its successor does not say stays where it is, hidden: a correction replaces what the
    chat shows, but the words were there. The same words again after the user has spoken are no snapshot but an answer.
    """
    if all(draft.stream is None for draft in drafts):
        return drafts
    kept: list[Draft] = []
    streams: dict[tuple[str, str], tuple[Draft, int]] = {}
    turn = 0
    for draft in drafts:
        turn += draft.message.role == "user" and not draft.transcript
        if draft.stream is None or not draft.blocks:
            kept.append(draft)
            continue
        before, since = streams.get(draft.stream, (None, turn))
        old, new = _text(before), _text(draft)
        if before is None or not (old and new) or (old == new and since != turn) or not (old in new or new in old):
            if before is not None and old != new and old:
                before.message.hidden = True
            streams[draft.stream] = (draft, turn)
            kept.append(draft)
            continue
        if old in new:
            before.message.blocks, before.message.hidden = draft.blocks, draft.message.hidden
        before.sources += draft.sources
    return kept


def _text(draft: Draft | None) -> str:
    if draft is None:
        return ""
    return "\n\n".join(block.text for block in draft.blocks if isinstance(block, (Text, Thinking)))
