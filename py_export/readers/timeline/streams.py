"""Snapshots of one text that grew while it was written: the last one stands, and no words are lost."""

from __future__ import annotations

from py_export.model import Text, Thinking
from py_export.readers.records.draft import Draft


def merge(drafts: list[Draft]) -> list[Draft]:
    """
    Return the drafts with the snapshots of each stream made one, at the first one's place.

    A snapshot that says what its successor does not say is kept before it, hidden: a correction replaces what the
    chat shows, but the words were there.
    """
    kept: list[Draft] = []
    places: dict[tuple[str, str], int] = {}
    replaced: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.stream is None or not draft.blocks:
            kept.append(draft)
            continue
        at = places.setdefault(draft.stream, len(kept))
        if at == len(kept):
            kept.append(draft)
            continue
        before = kept[at]
        old, new = _text(before), _text(draft)
        if old in new or new in old:
            if old in new:
                before.message.blocks, before.message.role = draft.blocks, draft.message.role
                before.message.hidden = draft.message.hidden
            before.sources += draft.sources
        else:
            before.message.hidden = True
            draft.message.created_at = before.message.created_at
            replaced.setdefault(at, []).append(before)
            kept[at] = draft
    if not replaced:
        return kept
    return [draft for at, last in enumerate(kept) for draft in (*replaced.get(at, ()), last)]


def _text(draft: Draft) -> str:
    return "\n\n".join(block.text for block in draft.blocks if isinstance(block, (Text, Thinking)))
