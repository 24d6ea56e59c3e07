"""The command line of a session as a person uses it, and what the library says that it should show."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

import py_export
from py_export.transforms.select import Selection
from tests.e2e.app import App
from tests.e2e.screens import CLAUDE

LAST = "r1"
"""A filter that lets a part of each long session through."""


def payload_of(app: App, title: str) -> bytes:
    """Return the payload that the server sends."""
    return app.server.get(f"/api/sessions/{app.server.sessions()[title]}/export")


def let_through(app: App, title: str, text: str) -> list[int]:
    """Return the numbers of the messages that the library lets through."""
    [session] = py_export.read(payload_of(app, title))
    shown = [message.id for message in session.messages if not message.hidden]
    kept = py_export.select(session, Selection(filter=text)).messages
    return [shown.index(message.id) + 1 for message in kept if not message.hidden]


def shown(page: Page) -> list[int]:
    """Return the numbers of the messages that the page shows."""
    ids = [article.get_attribute("id") or "" for article in page.get_by_role("feed").get_by_role("article").all()]
    return [int(each.removeprefix("message-")) for each in ids if each]


def run(app: App, line: str) -> Locator:
    """Type a line and press Enter."""
    field = app.open_line()
    field.fill(line)
    field.press("Enter")
    return field


def options(app: App, *, selected: bool | None = None) -> Locator:
    """Return the completions; the page has other options too, those of its selects."""
    return app.page.get_by_role("listbox", name=app.word("completions")).get_by_role("option", selected=selected)


def narrowed(app: App, count: int) -> None:
    """Expect the page to say that so many messages are shown."""
    of = len(let_through(app, CLAUDE, ""))
    expect(app.page.get_by_text(app.word("messages_shown", count=count, of=of))).to_be_visible()
