"""The page as a person uses it, in any engine: the same few steps, by role and visible words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import py_export
from py_export.l10n import translate
from py_export.writers import find_writer
from tests.browsers.driver import Driver, Element, Target, until
from tests.cards import card_of
from tests.e2e.app import Saved
from tests.e2e.server import Server
from tests.e2e.workers import OBSERVE

MANY = 5_000
"""Messages of the large session: enough to be stopped in the middle of."""

PATIENCE_S = 90
"""How long the first use of the engine may take: WebKitGTK needs some seconds, and many more on a busy machine."""

QUIET_LOOKS = 10
"""The server's log is at rest when so many looks find nothing new."""


@dataclass(slots=True)
class App:
    """
    The page on a server, in one language.

    Attributes:
        expected: What the console may say all the same: a test that takes the network away hears of it.
    """

    driver: Driver
    server: Server
    locale: str = "en"
    expected: list[str] = field(default_factory=list)

    def word(self, key: str, **params: str | int) -> str:
        """Return the page's own words for a key."""
        return translate(f"ui.{key}", self.locale, **params)

    def open(self) -> App:
        """Go to the list: by the address that the server printed, or by the page's own link where the page is open."""
        if self.driver.evaluate("() => location.origin") == self.server.origin:
            self.driver.evaluate("() => { location.hash = '#/'; }")
        else:
            self.driver.open(self.server.url)
            self.driver.evaluate(f"() => {{ {OBSERVE} }}")
        self.see("heading", "sessions")
        self.driver.gone(Target(css="[aria-busy=true]"))
        return self

    def see(self, role: str, key: str) -> Element:
        """Wait for what has a role and is named by the page's words."""
        return self.driver.see(Target(role, self.word(key)))

    def open_session(self, title: str) -> App:
        """Open a session from the list."""
        self.driver.click(Target("link", title))
        self.driver.see(Target("heading", title, css="h1"))
        return self

    def open_dialog(self, button: Target | None = None) -> None:
        """Open the export dialog by a button's menu: the open session's, unless another is named."""
        self.driver.click(button or Target("button", self.word("actions"), within=Target(css="main")))
        self.driver.click(Target("menuitem", self.word("export")))
        self.driver.see(self.dialog)

    @property
    def dialog(self) -> Target:
        """The export dialog."""
        return Target("dialog", self.word("export"))

    def press(self, key: str) -> None:
        """Press a button of the dialog."""
        self.driver.click(Target("button", self.word(key), within=self.dialog))

    def choose(self, to: str) -> None:
        """Choose a format."""
        card, several = card_of(to)
        self._check(Target("radio", self.word(f"card_{card}"), within=self.dialog))
        if several:
            variants = Target("group", self.word("variant"), within=self.dialog)
            self._check(Target("radio", self.word(f"variant_{to}"), within=variants))

    def _check(self, radio: Target) -> None:
        self.driver.click(radio)
        until(lambda: self.driver.see(radio).checked)

    def format_name(self, to: str) -> str:
        """Return what the page calls a format."""
        return translate(f"format.{to}", self.locale)

    def previews(self, whole: str) -> None:
        """Wait until the preview is the beginning of a text."""
        sheet = Target("region", self.word("preview"), within=self.dialog)
        until(lambda: any(whole.startswith(each.text or "-") for each in self.driver.find(sheet)), PATIENCE_S)

    def download(self) -> Saved:
        """Press Download, and return the saved file."""
        before = len(self.driver.saved())
        self.press("download")
        until(lambda: len(self.driver.saved()) > before, PATIENCE_S)
        [file] = self.driver.saved()[before:]
        return Saved(file.name, file.read_bytes())

    def export(self, to: str, button: Target | None = None) -> Saved:
        """Export in a format, from the menu to the saved file."""
        self.open_dialog(button)
        self.choose(to)
        saved = self.download()
        self.dismiss()
        return saved

    def dismiss(self) -> None:
        """Close the dialog where it stayed open to list notices."""
        if self.driver.find(self.dialog):
            self.driver.press("Escape")
        self.driver.gone(self.dialog)

    def open_file(self, file: Path, title: str) -> App:
        """Open a file from the disk, and the session in it."""
        self.driver.choose_files(Target("button", self.word("open_files"), within=Target(css="main")), file)
        self.driver.see(Target("heading", self.word("files"), css="h2"), PATIENCE_S)
        return self.open_session(title)

    @contextmanager
    def nothing_leaves(self) -> Iterator[None]:
        """Expect that whatever is done meanwhile asks the server for parts of the program, and for nothing else."""
        self._settle()
        heard, asked = len(self.server.lines), len(self.driver.requests() or [])
        yield
        self._settle()
        log = [json.loads(line) for line in self.server.lines[heard:]]
        assert {(each["method"], each["route"]) for each in log} <= {("GET", "page")}
        version = self.driver.evaluate("() => document.querySelector('meta[name=application-version]').content")
        for request in (self.driver.requests() or [])[asked:]:
            method, url = request.split(" ", 1)
            parts = urlsplit(url)
            where = f"{parts.scheme}://{parts.netloc}"
            assert (method, where) == ("GET", self.server.origin), request
            # The worker's address says which version of it the page wants.
            assert parts.query in ("", f"v={version}"), request

    def _settle(self) -> None:
        """Wait until the server has nothing more to say of what was asked before."""
        seen = [-1]

        def quiet() -> bool:
            seen.append(len(self.server.lines))
            return len(seen) > QUIET_LOOKS and len(set(seen[-QUIET_LOOKS:])) == 1

        until(quiet)

    def payload(self, title: str) -> bytes:
        """Return the payload that the server sends."""
        return self.server.get(f"/api/sessions/{self.server.sessions()[title]}/export")


def written(payload: bytes, to: str, **options: str) -> Saved:
    """Return the file that the library makes of a payload."""
    [session] = py_export.read(payload)
    return Saved(py_export.filename(session, find_writer(to)), py_export.convert(payload, to, options=options))
