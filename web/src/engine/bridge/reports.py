"""What crosses to the page: JSON, and of an error its code, its place and what fills its sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import py_export
from py_export.errors import ExportError
from py_export.notices import Notice, Notices
from py_export_bridge.prepared import Prepared


def answer(work: Callable[[], dict[str, Any]]) -> str:
    """Return what ``work`` gives, or ``{failure: {code, where, params}}`` where it fails, as JSON."""
    try:
        return json.dumps(work())
    except ExportError as error:
        return json.dumps({"failure": failure(error)})


def failure(error: ExportError) -> dict[str, Any]:
    """Return an error as it crosses."""
    return {"code": error.code, "where": error.where, "params": error.params}


def described(prepared: Prepared, pattern: str | None = None) -> dict[str, Any]:
    """Return what is said of a document beside its bytes."""
    return {
        "filename": py_export.filename(prepared.session, prepared.writer, prepared.options, pattern),
        "mediaType": prepared.writer.made(prepared.options)[1],
        "messages": len(prepared.session.messages),
        "notices": said(prepared.notices),
    }


def said(notices: Notices) -> list[dict[str, Any]]:
    """Return notices as they cross."""
    return [{"code": each.code, "count": each.count, "where": each.where, "params": each.params} for each in notices]


def copy(notices: Notices) -> Notices:
    """Return notices that can be added to."""
    copied = Notices()
    add(copied, notices)
    return copied


def add(notices: Notices, others: Iterable[Notice]) -> None:
    """Add notices to others."""
    for each in others:
        notices.add(each.code, each.where, each.count, **each.params)
