"""The page as a person uses it: every action by role and visible words, nothing by class or id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from py_export.l10n import translate
from tests.cards import card_of
from tests.e2e.server import Server
from tests.e2e.watch import Watch


@dataclass(frozen=True, slots=True)
class Saved:
    """A file that the browser saved."""

    name: str
    data: bytes


class App:
    """One page on one server, in one language."""

    def __init__(self, page: Page, server: Server, watch: Watch, locale: str = "en") -> None:
        self.page = page
        self.server = server
        self.watch = watch
        self.locale = locale
        watch.allowed.add(server.origin)
        # From the first listener on no picker opens, and that takes a moment: a press may be faster.
        page.on("filechooser", lambda _chooser: None)

    def word(self, key: str, **params: str | int) -> str:
        """Return the page's own words for a key."""
        return translate(f"ui.{key}", self.locale, **params)

    def open(self) -> App:
        """Open the address that the server printed."""
        self.page.goto(self.server.url)
        return self

    def open_session(self, title: str) -> App:
        """Open a session from the list."""
        self.page.get_by_role("link", name=title).first.click()
        expect(self.page.get_by_role("heading", name=title, level=1)).to_be_visible()
        return self

    def back_to_list(self) -> None:
        """Go back to the list by its link."""
        self.page.get_by_role("main").get_by_role("link", name=self.word("to_list")).click()
        expect(self.page.get_by_role("heading", name=self.word("sessions"), level=1)).to_be_visible()

    @property
    def menu_button(self) -> Locator:
        """The overflow button of the open session's header."""
        return self.page.get_by_role("main").get_by_role("button", name=self.word("actions"), exact=True)

    @property
    def line(self) -> Locator:
        """The open session's command line."""
        return self.page.get_by_role("combobox", name=self.word("command_line"))

    def open_line(self) -> Locator:
        """Go to the command line, which on a narrow screen is behind a button."""
        expect(self.page.get_by_role("article").first).to_be_visible()
        if self.line.is_visible():
            self.line.focus()
        else:
            self.page.get_by_role("button", name=self.word("command_line"), exact=True).click()
        expect(self.line).to_be_focused()
        return self.line

    @property
    def dialog(self) -> Locator:
        """The export dialog."""
        return self.page.get_by_role("dialog", name=self.word("export"))

    def open_dialog(self) -> Locator:
        """Open the export dialog as a person does: the overflow button, then "Export conversation"."""
        self.menu_button.click()
        self.page.get_by_role("menuitem", name=self.word("export")).click()
        expect(self.dialog).to_be_visible()
        return self.dialog

    def format_name(self, to: str) -> str:
        """Return what the page calls a format."""
        return translate(f"format.{to}", self.locale)

    def choose(self, to: str) -> None:
        """Choose a format in the open dialog."""
        self.choose_in(self.dialog, to)

    def choose_in(self, dialog: Locator, to: str) -> None:
        """Choose a format in a dialog."""
        card, several = card_of(to)
        # The whole card is the label and lies over the radio: a click there is a click on the card.
        dialog.get_by_role("radio", name=self.word(f"card_{card}"), exact=True).check(force=True)
        if several:
            variants = dialog.get_by_role("group", name=self.word("variant"), exact=True)
            variants.get_by_role("radio", name=self.word(f"variant_{to}"), exact=True).check(force=True)

    @property
    def download_button(self) -> Locator:
        """The dialog's main button while it offers to download."""
        return self.dialog.get_by_role("button", name=self.word("download"), exact=True)

    @property
    def preview(self) -> Locator:
        """The preview's text."""
        return self.dialog.get_by_role("region", name=self.word("preview")).and_(self.dialog.locator("pre"))

    def export(self, to: str) -> Saved:
        """Export the open session in a format, from the menu to the saved file."""
        self.open_dialog()
        self.choose(to)
        return self.export_chosen()

    def export_chosen(self) -> Saved:
        """Export as it is chosen in the open dialog, and return the saved file."""
        with self.page.expect_download() as download:
            self.download_button.click()
        expect(self.dialog.get_by_role("button", name=self.word("exporting"))).to_be_hidden()
        return saved(download.value.suggested_filename, download.value.path())

    def dismiss(self) -> None:
        """Close the dialog where it stayed open to list notices."""
        if self.dialog.is_visible():
            self.page.keyboard.press("Escape")
        expect(self.dialog).to_be_hidden()

    def error(self, key: str, **params: str | int) -> None:
        """Expect the dialog to say what went wrong, in the page's words."""
        sentence = re.escape(self.word(f"error_{key}", **params)).replace(r"\{", "{").split("{")[0]
        expect(self.dialog.get_by_role("alert")).to_have_text(re.compile(sentence))


def hold(where: Page | BrowserContext, pattern: str) -> list[Route]:
    """Keep requests that match waiting, and return them as they come."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    where.route(pattern, keep)
    return held


def saved(name: str, path: Path) -> Saved:
    """Return a saved file with its bytes."""
    return Saved(name, path.read_bytes())
