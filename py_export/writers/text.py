"""
Plain text, pair by pair, as MaiChat exports a history: a meta block, then each pair, a line of 80 dashes between two.

Texts are verbatim. Plain text has no escape: one that holds a line like the document's own is counted in a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from py_export.l10n import translate
from py_export.markdown import one_line
from py_export.model import Session
from py_export.notices import Notices
from py_export.options import HistoryOptions
from py_export.writers.history import Told, labels, local, meta_for_people, told

_BETWEEN = "-" * 80


def write(session: Session, options: HistoryOptions, notices: Notices) -> Iterator[str]:
    """Yield the document, its meta block first, then pair by pair."""
    keys = ("history.user", "history.failure", "history.assistant")
    sections = [f"[{translate(key, options.locale)}]" for key in keys]
    own = re.compile(f"^(?:{'|'.join(map(re.escape, [_BETWEEN, *sections]))})$", re.MULTILINE)
    fields = meta_for_people(session, options).items()
    yield "Meta:\n" + "".join(f"  {name}: {one_line(str(value))}\n" for name, value in fields) + "\n---\n"
    for one in told(session, options, notices):
        if one.number > 1:
            yield f"\n{_BETWEEN}\n"
        texts = zip(sections, (one.question, one.error, one.answer), strict=True)
        said = [(section, text) for section, text in texts if text is not None]
        if any(own.search(text) for _, text in said):
            notices.add("text_like_structure")
        yield f"\n{_head(one, options)}\n{labels(one.pair, options)}\n"
        yield "".join(f"\n{section}\n{text}\n" for section, text in said)


def _head(one: Told, options: HistoryOptions) -> str:
    parts = [one_line(one.pair.topic_path)]
    if one.pair.model:
        parts.append(one_line(one.pair.model))
    if one.created_at is not None:
        parts.append(local(one.created_at, options))
    failed = f" [{translate('history.failed', options.locale)}]" if one.pair.failed else ""
    return f"#{one.number} {' — '.join(parts)}{failed}"
