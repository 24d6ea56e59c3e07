"""Firefox, driven by WebDriver BiDi: the protocol that every release speaks, Debian's ESR too."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from typing_extensions import override

from tests.browsers import actions
from tests.browsers.bidi import Bidi
from tests.browsers.driver import VIEWPORT, Driver, Json
from tests.browsers.firefox_preferences import preferences
from tests.browsers.process import Process, clean_environment

# Through text: BiDi's own serialisation is another one for each type.
_CALL = "async (given) => JSON.stringify(await ({function})(...JSON.parse(given))) ?? null"


class Firefox(Driver):
    """The machine's own Firefox, with a profile of its own."""

    makers = (".mozilla.com", ".mozilla.net", ".mozilla.org")

    def __init__(self, program: Path, folder: Path, proxy: int) -> None:
        super().__init__(folder)
        self._saved: list[Path] = []
        self._complaints: list[str] = []
        self._requests: list[str] = []
        profile = folder / "profile"
        profile.mkdir()
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});\n"
            for name, value in preferences(self.downloads, proxy)
        ]
        (profile / "user.js").write_text("".join(lines), encoding="utf-8")
        environment = clean_environment(folder, MOZ_CRASHREPORTER_DISABLE="1", TZ="UTC")
        flags = ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", str(profile)]
        self._process = Process([program, *flags], environment)
        try:
            self._bidi = Bidi(self._process.said(r"WebDriver BiDi listening on (ws://\S+)") + "/session")
            self._prepare()
        except BaseException:
            self._process.close()
            raise

    def _prepare(self) -> None:
        self._context = self._bidi.send("browsingContext.getTree")["contexts"][0]["context"]
        self.resize(*VIEWPORT)
        self._bidi.on("log.entryAdded", self._on_log)
        self._bidi.on("network.beforeRequestSent", self._on_request)
        self._bidi.on("browsingContext.downloadEnd", self._on_download)

    @override
    def open(self, url: str) -> None:
        self._bidi.send("browsingContext.navigate", context=self._context, url=url, wait="complete")

    @override
    def reload(self) -> None:
        self._bidi.send("browsingContext.reload", context=self._context, wait="complete")

    @override
    def resize(self, width: int, height: int) -> None:
        viewport = {"width": width, "height": height}
        self._bidi.send("browsingContext.setViewport", context=self._context, viewport=viewport)

    @override
    def evaluate(self, function: str, *arguments: Json) -> Json:
        answer = self._bidi.send(
            "script.callFunction",
            functionDeclaration=_CALL.replace("{function}", function),
            arguments=[{"type": "string", "value": json.dumps(arguments)}],
            target={"context": self._context},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        text = answer["result"].get("value")
        return None if text is None else json.loads(text)

    @override
    def click_at(self, x: float, y: float, button: int = 0) -> None:
        self._bidi.send("input.performActions", context=self._context, actions=actions.click(x, y, button))

    @override
    def press(self, *keys: str) -> None:
        self._bidi.send("input.performActions", context=self._context, actions=actions.press(keys))

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
        try:
            self._bidi.send("browser.close")
            self._bidi.close()
        finally:
            self._process.close()

    @override
    def _choose(self, files: Sequence[Path]) -> None:
        target = {"context": self._context}
        found = self._bidi.send("script.evaluate", expression="window.chooser", target=target, awaitPromise=False)
        element = {"sharedId": found["result"]["sharedId"]}
        self._bidi.send("input.setFiles", context=self._context, element=element, files=[str(file) for file in files])

    def _hear(self) -> None:
        """Let the events in that are waiting: they are heard while a command is."""
        self._bidi.send("session.status")

    def _on_log(self, entry: dict[str, Json]) -> None:
        if entry["level"] in ("error", "warn"):
            self._complaints.append(str(entry["text"]))

    def _on_request(self, event: dict[str, Json]) -> None:
        request = event["request"]
        if request["url"].startswith("http"):
            self._requests.append(f"{request['method']} {request['url']}")

    def _on_download(self, download: dict[str, Json]) -> None:
        if download["status"] == "complete":
            self._saved.append(Path(download["filepath"]))
