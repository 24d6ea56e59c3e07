"""What a rollout's token counter says: of the session by its last total, of an answer by the reading after it."""

from __future__ import annotations

from collections.abc import Sequence

from py_export.model import Usage
from py_export.readers.records import usage
from py_export.readers.records.draft import Draft
from py_export.transforms import measure


def settle(drafts: Sequence[Draft]) -> Usage | None:
    """
    Give each answer the tokens of the reading that follows it; return the session's.

    A total that is smaller than the one before it began anew: a program that went on from a file and forgot.
    """
    usage.settle(drafts)
    totals: list[Usage] = []
    answer: Draft | None = None
    for draft in drafts:
        if draft.tokens is None:
            if draft.message.role == "assistant" and draft.blocks and not draft.message.hidden:
                answer = draft
            continue
        total = draft.tokens[1]
        if total is not None:
            if totals and not _shrank(totals[-1], total):
                totals.pop()
            totals.append(total)
        if answer is not None and draft.message.usage is not None and answer.message.usage is None:
            answer.message.usage, draft.message.usage = draft.message.usage, None
            answer = None
        draft.tokens = None
    return measure.total(totals)


def _shrank(before: Usage, now: Usage) -> bool:
    return (now.output_tokens or 0) < (before.output_tokens or 0)
