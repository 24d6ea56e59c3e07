"""What visits to the page fetch: requests and bytes, as the server's log has them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.app import App
from tests.e2e.screens import SHORT
from tests.e2e.server import Server
from tests.e2e.watch import Watch
from tests.guard.counts import Counts

_PATIENCE_MS = 90_000
"""No second counts here: a machine that has much else to do fetches the same."""


def visits(browser: Browser, server: Server) -> Iterator[tuple[str, Counts]]:
    """
    Yield what each part of two visits fetches, of a browser that begins with nothing.

    Without a service worker: it fetches what the page has fetched already, when it finds the time.
    """
    context = browser.new_context(locale="en-US", timezone_id="UTC")
    context.set_default_timeout(_PATIENCE_MS)
    context.add_init_script("delete Navigator.prototype.serviceWorker")
    try:
        app = App(context.new_page(), server, Watch(context))
        heard = len(server.lines)
        _open(app)
        yield "visit: the page", _since(server, heard)
        heard = len(server.lines)
        _export(app)
        yield "visit: the first export", _since(server, heard)
        app.page.close()
        heard = len(server.lines)
        again = _again(context, server)
        _export(again)
        yield "visit: page and export another time", _since(server, heard)
    finally:
        context.close()


def _again(context: BrowserContext, server: Server) -> App:
    app = App(context.new_page(), server, Watch(context))
    _open(app)
    return app


def _open(app: App) -> None:
    app.open()
    expect(app.page.get_by_role("link", name=SHORT)).to_be_visible()
    app.page.wait_for_load_state("networkidle")


def _export(app: App) -> None:
    app.open_session(SHORT)
    assert app.export("markdown").data
    app.page.wait_for_load_state("networkidle")


def _since(server: Server, line: int) -> Counts:
    said = [json.loads(each) for each in server.lines[line:] if each.startswith("{")]
    requests = [each for each in said if each.get("event") == "request"]
    return {"requests": len(requests), "bytes": sum(each["bytes"] for each in requests)}
