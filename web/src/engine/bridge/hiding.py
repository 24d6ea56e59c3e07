"""What is hidden of the sessions that are exported, and what a person is shown of it beforehand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from py_export.errors import ReadError
from py_export.notices import Notices
from py_export.options import Options, parse
from py_export.transforms.redact import KINDS, Redaction, Redactor, Report, Secret, as_json, group_of
from py_export_bridge.reports import said

if TYPE_CHECKING:
    from py_export_bridge.file import File

MOST = 500
"""Different secrets that are listed: more are hidden as well, but nobody judges them one by one."""

PLACES = 3

_MESSAGE = re.compile(r"messages\[([0-9]+)\]")


def redactor_of(wanted: dict[str, Any]) -> Redactor:
    """Return what hides as a request asks: ``{kinds, patterns, keep}``. Raises ``InvalidOption``."""
    kinds = ",".join(wanted.get("kinds") or ("off",))
    return Redactor(Redaction.of(kinds, wanted.get("patterns") or (), wanted.get("keep") or ()))


def secrets(file: File, request: dict[str, Any]) -> dict[str, Any]:
    """Return ``{hits, notices, report}``: what an export would hide, and what of it is kept; see the protocol."""
    wanted = request.get("redact") or {}
    keep = frozenset(wanted.get("keep") or ())
    redactor = redactor_of(wanted | {"keep": ()})  # what is kept stays hidden around the others
    timezone = parse(Options, {"timezone": (request.get("options") or {}).get("timezone", "UTC")}).timezone
    numbers = request.get("sessions") or [None]
    hits: dict[str, dict[str, Any]] = {}
    notices = Notices()
    reports: list[tuple[str, Report]] = []
    for number in numbers:
        try:
            session = file.selected(number, request.get("select") or {}, timezone)
        except ReadError:
            if len(numbers) == 1:
                raise
            continue  # its file is gone: the export says so
        _, report = redactor.redact(session, show=True)
        for secret in report.secrets:
            secret.kept = secret.key in keep
        reports.append((session.id, report))
        shown = file.places(number)
        places = [shown.get(message.id) for message in session.messages]
        for secret in report.secrets:
            hit = hits.setdefault(secret.name, _hit(secret))
            hit["count"] += secret.count
            hit["places"] += _places(secret, number or 0, places)
            del hit["places"][PLACES:]
        if report.unseen:
            notices.add("redaction_unseen", count=report.unseen)
    if len(hits) > MOST:
        notices.add("redaction_unlisted", count=len(hits) - MOST)
    listed = sorted(hits.values(), key=lambda hit: KINDS.index(hit["kind"]))
    return {"hits": listed[:MOST], "notices": said(notices), "report": as_json(reports)}


def _hit(secret: Secret) -> dict[str, Any]:
    return {
        "id": secret.key,
        "kind": secret.kind,
        "group": group_of(secret.kind),
        "placeholder": f"[redacted:{secret.name}]",
        "text": secret.shown[0].text,
        "count": 0,
        "places": [],
    }


def _places(secret: Secret, session: int, numbers: list[int | None]) -> Iterable[dict[str, Any]]:
    for shown in secret.shown:
        within = _MESSAGE.match(shown.place)
        message = numbers[int(within[1])] if within else None
        yield {
            "session": session,
            "message": message,
            "before": shown.before,
            "text": shown.text,
            "after": shown.after,
        }
