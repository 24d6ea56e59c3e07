"""WebKitGTK's MiniBrowser, driven by WebDriver, on a screen that only exists in memory."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from typing_extensions import override

from tests.browsers import actions
from tests.browsers.driver import VIEWPORT, Driver, Json, Target, script, until
from tests.browsers.process import Process, clean_environment

ANSWER_TIMEOUT_S = 60
SETTLED_NS = 300_000_000
"""How long a file must have been left alone to be whole."""

_CALL = """
const [given, done] = arguments;
(async () => ({function})(...JSON.parse(given)))().then(
  (value) => done({ value: JSON.stringify(value) ?? null }),
  (error) => done({ error: String(error) }),
);
"""

# WebDriver knows no console, and MiniBrowser prints none of a page that is driven, whose session is a private one.
_LISTEN = script("listen.js")

# In a container there is no sandbox to be had, no bus, and no graphics card.
_ENVIRONMENT = {
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
    "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
    "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "GDK_BACKEND": "x11",
    "DBUS_SESSION_BUS_ADDRESS": "disabled:",
    "TZ": "UTC",
}

_BARS = 3000
"""Pixels of the screen that MiniBrowser's own bars may take, the one of saved files above all."""

# Its bar would keep the window wider than a phone.
_NARROW = "button, entry { min-width: 0; margin: 0; padding: 0; }"


class WebKit(Driver):
    """The machine's own WebKitGTK, with a home of its own."""

    def __init__(self, driver: Path, browser: Path, screen: Path, folder: Path, proxy: int) -> None:
        super().__init__(folder)
        self._complaints: list[str] = []
        config = folder / "config"
        config.mkdir()
        # MiniBrowser asks nobody: it saves where the desktop says that downloads go.
        (config / "user-dirs.dirs").write_text(f'XDG_DOWNLOAD_DIR="{self.downloads}"\n', encoding="utf-8")
        (config / "gtk-3.0").mkdir()
        (config / "gtk-3.0" / "gtk.css").write_text(_NARROW, encoding="utf-8")
        environment = clean_environment(folder, XDG_CONFIG_HOME=str(config), **_ENVIRONMENT)
        width, height = VIEWPORT
        size = f"{width}x{height + _BARS}x24"
        self._screen = Process([screen, "-displayfd", "1", "-screen", "0", size, "-nolisten", "tcp"], environment)
        try:
            environment["DISPLAY"] = ":" + self._screen.said(r"^(\d+)$")
            port = _free_port()
            self._origin = f"http://127.0.0.1:{port}"
            self._process = Process([driver, f"--port={port}"], environment)
        except BaseException:
            self._screen.close()
            raise
        try:
            until(self._is_up)
            self._session = self._start(browser, proxy)
            self.resize(width, height)
        except BaseException:
            self._end()
            raise

    @override
    def open(self, url: str) -> None:
        self._note()
        self._send("POST", "/url", url=url)
        self.evaluate(_LISTEN)

    @override
    def reload(self) -> None:
        self._note()
        self._send("POST", "/refresh")
        self.evaluate(_LISTEN)

    @override
    def resize(self, width: int, height: int) -> None:
        self._size = width, height
        self._send("POST", "/window/rect", width=width, height=height)
        until(lambda: self.evaluate("() => innerWidth") == width)
        self._fit()

    @override
    def click(self, target: Target, button: int = 0) -> None:
        self._fit()
        super().click(target, button)

    def _fit(self) -> None:
        """Give the page its height again: below it MiniBrowser lists every file that it has saved, in a row each."""
        width, height = self._size
        lacking = height - self.evaluate("() => innerHeight")
        if lacking > 0:
            outer = self._send("GET", "/window/rect")["height"]
            self._send("POST", "/window/rect", width=width, height=outer + lacking)
            until(lambda: self.evaluate("() => innerHeight") == height)

    @override
    def evaluate(self, function: str, *arguments: Json) -> Json:
        call = _CALL.replace("{function}", function)
        answer = self._send("POST", "/execute/async", script=call, args=[json.dumps(arguments)])
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return None if answer["value"] is None else json.loads(answer["value"])

    @override
    def click_at(self, x: float, y: float, button: int = 0) -> None:
        self._send("POST", "/actions", actions=actions.click(x, y, button))

    @override
    def press(self, *keys: str) -> None:
        self._send("POST", "/actions", actions=actions.press(keys))

    @override
    def saved(self) -> list[Path]:
        files = list(self.downloads.iterdir())
        if any(file.suffix == ".wkdownload" for file in files):
            return []
        # It gives a file its name before it has written the last of it.
        now = time.time_ns()
        return sorted((file for file in files if now - _age(file) > SETTLED_NS), key=_age)

    @override
    def complaints(self) -> list[str]:
        self._note()
        return list(self._complaints)

    @override
    def requests(self) -> None:
        return None

    @override
    def close(self) -> None:
        with suppress(RuntimeError):
            self._send("DELETE", "")
        self._end()

    @override
    def _choose(self, files: Sequence[Path]) -> None:
        [chooser] = self._send("POST", "/execute/sync", script="return window.chooser", args=[]).values()
        self._send("POST", f"/element/{chooser}/value", text="\n".join(map(str, files)))

    def _note(self) -> None:
        """Take what the page has noted, before another page takes its place."""
        self._complaints += self.evaluate("() => window.complaints?.splice(0) ?? []")

    def _end(self) -> None:
        self._process.close()
        self._screen.close()

    def _is_up(self) -> bool:
        try:
            return bool(_ask("GET", f"{self._origin}/status")["ready"])
        except URLError:
            return False

    def _start(self, browser: Path, proxy: int) -> str:
        outside = f"127.0.0.1:{proxy}"
        wanted = {
            "webkitgtk:browserOptions": {"binary": str(browser), "args": ["--automation"]},
            "proxy": {"proxyType": "manual", "httpProxy": outside, "sslProxy": outside, "noProxy": ["127.0.0.1"]},
            "timeouts": {"script": ANSWER_TIMEOUT_S * 1000},
        }
        answer = _ask("POST", f"{self._origin}/session", {"capabilities": {"alwaysMatch": wanted}})
        return str(answer["sessionId"])

    def _send(self, method: str, path: str, **body: Json) -> Json:
        return _ask(method, f"{self._origin}/session/{self._session}{path}", body)


def _ask(method: str, url: str, body: Json = None) -> Json:
    """Ask the driver; raise RuntimeError with its own words where it refuses."""
    data = json.dumps(body or {}).encode() if method == "POST" else None
    request = Request(url, data, {"Content-Type": "application/json"}, method=method)  # noqa: S310 - the driver's own address
    try:
        with urlopen(request, timeout=ANSWER_TIMEOUT_S) as answer:  # noqa: S310
            return json.load(answer)["value"]
    except HTTPError as error:
        with error:
            raise RuntimeError(error.read().decode()) from None


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _age(file: Path) -> int:
    return file.stat().st_mtime_ns
