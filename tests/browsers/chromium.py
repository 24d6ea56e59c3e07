"""Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import ConsoleMessage, Download, Playwright, ProxySettings, Request, WebError
from typing_extensions import override

from tests.browsers.driver import VIEWPORT, Driver, Json

_BUTTONS: tuple[Literal["left", "middle", "right"], ...] = ("left", "middle", "right")


class Chromium(Driver):
    """The machine's own Chromium."""

    makers = (".google.com", ".googleapis.com", ".gvt1.com")

    def __init__(self, playwright: Playwright, launch: Mapping[str, Any], folder: Path, proxy: int) -> None:
        super().__init__(folder)
        self._saved: list[Path] = []
        self._complaints: list[str] = []
        self._requests: list[str] = []
        outside: ProxySettings = {"server": f"http://127.0.0.1:{proxy}", "bypass": "127.0.0.1"}
        self._browser = playwright.chromium.launch(**launch, proxy=outside)
        width, height = VIEWPORT
        context = self._browser.new_context(
            viewport={"width": width, "height": height}, locale="en-US", timezone_id="UTC"
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)
        context.on("request", self._on_request)
        self._page = context.new_page()
        self._page.on("download", self._on_download)

    @override
    def open(self, url: str) -> None:
        self._page.goto(url)

    @override
    def reload(self) -> None:
        self._page.reload()

    @override
    def resize(self, width: int, height: int) -> None:
        self._page.set_viewport_size({"width": width, "height": height})

    @override
    def evaluate(self, function: str, *arguments: Json) -> Json:
        return self._page.evaluate(f"(given) => ({function})(...given)", list(arguments))

    @override
    def click_at(self, x: float, y: float, button: int = 0) -> None:
        self._page.mouse.click(x, y, button=_BUTTONS[button])

    @override
    def press(self, *keys: str) -> None:
        self._page.keyboard.press("+".join(keys))

    @override
    def saved(self) -> list[Path]:
        self._hear()
        return list(self._saved)

    @override
    def complaints(self) -> list[str]:
        self._hear()
        return list(self._complaints)

    @override
    def requests(self) -> list[str]:
        self._hear()
        return list(self._requests)

    @override
    def close(self) -> None:
        self._browser.close()

    @override
    def _choose(self, files: Sequence[Path]) -> None:
        chooser = self._page.evaluate_handle("() => window.chooser").as_element()
        assert chooser
        chooser.set_input_files(list(files))

    def _hear(self) -> None:
        """Let the events in that are waiting: they are heard while a command is."""
        self.evaluate("() => null")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complaints.append(message.text)

    def _on_error(self, error: WebError) -> None:
        self._complaints.append(str(error.error))

    def _on_request(self, request: Request) -> None:
        if request.url.startswith("http"):
            self._requests.append(f"{request.method} {request.url}")

    def _on_download(self, download: Download) -> None:
        # Playwright saves under a name of its own; `path` returns when the file is whole.
        file = Path(shutil.copy(download.path(), self.downloads / download.suggested_filename))
        self._saved.append(file)
