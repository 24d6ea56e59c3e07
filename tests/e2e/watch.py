"""What a browser did while a test ran: every request, every console error, every violation of the policy."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

_LOCAL = ("blob", "data", "about")


class Watch:
    """
    Attached to a context before its first page opens.

    Attributes:
        requests: The address of every request over HTTP, in order.
        allowed: The origins that the test's pages may talk to; each server's is added when its page opens.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.requests: list[str] = []
        self.allowed: set[str] = set()
        self._complaints: list[str] = []
        self._expected: list[str] = []
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)

    def expect(self, pattern: str) -> None:
        """Let the browser complain in words that match: a test of a failure makes one."""
        self._expected.append(pattern)

    def paths(self, containing: str = "") -> list[str]:
        """Return the paths requested so far that contain a text."""
        return [path for each in self.requests if containing in (path := urlsplit(each).path)]

    def check(self) -> None:
        """Fail on a request to elsewhere or a complaint that was not expected."""
        elsewhere = [each for each in self.requests if _origin(each) not in self.allowed]
        assert elsewhere == []
        complaints = [each for each in self._complaints if not any(re.search(one, each) for one in self._expected)]
        assert complaints == []

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith(_LOCAL):
            self.requests.append(request.url)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complaints.append(f"{message.text} [{message.location.get('url', '')}]")

    def _on_error(self, error: WebError) -> None:
        self._complaints.append(str(error.error))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
