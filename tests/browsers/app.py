"""The page as a person uses it, in any engine: the same few steps, by role and visible words."""

from __future__ import annotations

from dataclasses import dataclass

import py_export
from py_export.l10n import translate
from py_export.writers import find_writer
from tests.browsers.driver import Driver, Element, Target
from tests.e2e.app import Saved
from tests.e2e.poll import until
from tests.e2e.server import Server


@dataclass(slots=True)
class App:
    """The page on a server, in one language."""

    driver: Driver
    server: Server
    locale: str = "en"

    def word(self, key: str, **params: str | int) -> str:
        """Return the page's own words for a key."""
        return translate(f"ui.{key}", self.locale, **params)

    def open(self) -> App:
        """Open the address that the server printed."""
        self.driver.open(self.server.url)
        self.see("heading", "sessions")
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
        radio = Target("radio", self.format_name(to), within=self.dialog)
        self.driver.click(radio)
        until(lambda: self.driver.see(radio).checked)

    def format_name(self, to: str) -> str:
        """Return what the page calls a format."""
        return translate(f"format.{to}", self.locale)

    def previews(self, whole: str) -> None:
        """Wait until the preview is the beginning of a text."""
        sheet = Target("region", self.word("preview"), within=self.dialog)
        until(lambda: whole.startswith(self.driver.see(sheet).text or "-"))

    def download(self) -> Saved:
        """Press Download, and return the saved file."""
        before = len(self.driver.saved())
        self.press("download")
        until(lambda: len(self.driver.saved()) > before)
        [file] = self.driver.saved()[before:]
        return Saved(file.name, file.read_bytes())

    def dismiss(self) -> None:
        """Close the dialog where it stayed open to list notices."""
        if self.driver.find(self.dialog):
            self.driver.press("Escape")
        self.driver.gone(self.dialog)

    def payload(self, title: str) -> bytes:
        """Return the payload that the server sends."""
        return self.server.get(f"/api/sessions/{self.server.sessions()[title]}/export")


def written(payload: bytes, to: str) -> Saved:
    """Return the file that the library makes of a payload."""
    [session] = py_export.read(payload)
    return Saved(py_export.filename(session, find_writer(to)), py_export.convert(payload, to))
