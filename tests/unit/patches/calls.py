"""Tool calls as readers make them, and what a patch makes of them."""

from __future__ import annotations

from typing import Any

from py_export import Notices, write
from py_export.model import Message, Session, Text, ToolCall, ToolResult


def call(kind: str, given: Any, data: Any = None, said: str = "ok", **more: Any) -> ToolCall:  # noqa: ANN401 - JSON
    """Return a call that ended well."""
    found: Any = {"name": more.pop("name", kind), "kind": kind, "input": given, "status": "completed", **more}
    return ToolCall(result=ToolResult([Text(said)], data=data), **found)


def patch(*calls: ToolCall, workspace: str | None = "/w", **options: Any) -> tuple[str, dict[str, int]]:  # noqa: ANN401 - options
    """Return the patch of these calls, and its notices' codes with their counts."""
    message = Message(id="m", role="assistant", blocks=list(calls))
    notices = Notices()
    session = Session(id="s", workspace=workspace, messages=[message])
    document = b"".join(write(session, "patch", options=options, notices=notices)).decode()
    return document, {notice.code: notice.count for notice in notices}


def body(document: str) -> str:
    """Return a patch from its first hunk on."""
    return document[document.index("@@") :] if "@@" in document else ""
