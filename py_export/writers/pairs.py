"""
Markdown, pair by pair, as MaiChat exports a history: a fenced meta block, then a numbered section for each pair.

A heading holds the pair's number, its topic, its model and its local time in the zone that the meta block names; every
text stands between fences longer than any run of backticks inside, verbatim. Attachments, events, and what else is no
text have no place here and are counted in notices.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from py_export.l10n import translate
from py_export.markdown import fence, plain, quote
from py_export.model import Session
from py_export.notices import Notices
from py_export.options import HistoryOptions
from py_export.writers.history import Told, labels, local, meta_for_people, told


def write(session: Session, options: HistoryOptions, notices: Notices) -> Iterator[str]:
    """Yield the document, its meta block first, then pair by pair."""
    head = json.dumps(meta_for_people(session, options), indent=2, ensure_ascii=False)
    yield fence(head).replace("\n", "json meta\n", 1) + "\n"
    for one in told(session, options, notices):
        yield "\n" + "\n".join(_section(one, options)) + "\n"


def _section(one: Told, options: HistoryOptions) -> Iterator[str]:
    yield f"## {one.number}. {' — '.join(_heading(one, options))}"
    yield labels(one.pair, options)
    if one.question is not None:
        yield f"\n### {translate('history.user', options.locale)}"
        yield fence(one.question)
    if one.answer is not None or one.error:
        yield f"\n### {translate('history.assistant', options.locale)}"
    if one.error:
        yield _error(one.error, options)
    if one.answer is not None:
        yield fence(one.answer)


def _heading(one: Told, options: HistoryOptions) -> Iterator[str]:
    yield plain(one.pair.topic_path)
    if one.pair.model:
        yield plain(one.pair.model)
    if one.created_at is not None:
        yield translate("history.local", options.locale, time=local(one.created_at, options))
    if one.pair.failed:
        yield translate("history.failed", options.locale)


def _error(text: str, options: HistoryOptions) -> str:
    """Return what went wrong, quoted: on one line where it is one, else between fences."""
    if len(text.splitlines()) == 1:
        return quote(translate("history.error", options.locale, text=plain(text)))
    return quote(translate("history.error", options.locale, text="").rstrip() + "\n\n" + fence(text))
