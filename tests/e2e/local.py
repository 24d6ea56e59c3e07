"""Files on a person's device: made for a test, dropped on the page, pasted into it, chosen in its picker."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Locator, expect

from py_export import Session, read
from tests.checkout import ROOT
from tests.e2e.app import App
from tests.e2e.server import DEMO
from tests.golden.database_cases import contents

GOLDEN = ROOT / "tests" / "golden"
AT = 1768910400000
"""2026-01-20T12:00:00Z, which is when the page's clock says that files were opened."""

RIVER = "The river gauge that lies at night"


def made(folder: Path) -> dict[str, Path]:
    """Make files of several kinds: a log, a database, a zip, a folder of logs, a payload, and some that are broken."""
    project = GOLDEN / "claude-code" / "project"
    texts: dict[str, bytes] = {
        "session.jsonl": (GOLDEN / "claude-code" / "session.jsonl").read_bytes(),
        "state.vscdb": contents("cursor/global.sql"),
        "short.json": (DEMO / "short.json").read_bytes(),
        "river.json": json.dumps(_river(), ensure_ascii=False).encode(),
        "cut.json": b'{"schemaVersion": 1,\n "messages": [',
        "other.json": b'{"alpha": 1, "beta": [2]}',
        "<img src=x onerror=alert(1)>.txt": b"nothing of ours",
    }
    for name, data in texts.items():
        (folder / name).write_bytes(data)
    with zipfile.ZipFile(folder / "logs.zip", "w") as archive:
        for path in sorted(project.rglob("*")):
            archive.write(path, path.relative_to(project.parent))
    logs = folder / "sessions"
    for path in (GOLDEN / "codex" / "sessions").rglob("*.jsonl"):
        target = logs / path.relative_to(GOLDEN / "codex" / "sessions")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return {path.name: path for path in folder.iterdir()}


def sessions(path: Path) -> list[Session]:
    """Return what the library reads of a file, dated as the page dates it."""
    return read(path.read_bytes(), exported_at=AT)


class Device:
    """A person with files in front of the page."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.page = app.page
        # Before the page has its words it shows nothing, and what is dropped on it goes to the browser.
        expect(self.page.get_by_role("banner")).to_be_visible()
        # Playwright's own clock would put its script into the sandboxed preview too, which the browser complains about.
        self.page.evaluate("at => { Date.now = () => at; }", AT)

    def drag(self, kind: str, paths: Sequence[Path]) -> None:
        """Let the browser itself believe that files are dragged over the page, or dropped on it."""
        data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
        session = self.page.context.new_cdp_session(self.page)
        session.send("Input.dispatchDragEvent", {"type": kind, "x": 150, "y": 300, "data": data})
        session.detach()

    def leave(self) -> None:
        """Take what is dragged out of the window. Of this the browser's own drag tells the page nothing."""
        self.page.evaluate("() => { document.body.dispatchEvent(new DragEvent('dragleave', { bubbles: true })); }")

    def drop(self, *paths: Path) -> None:
        """Drop files and folders on the page."""
        for kind in ("dragEnter", "dragOver", "drop"):
            self.drag(kind, paths)

    def choose(self, *paths: Path, folder: bool = False) -> None:
        """Choose files by the button."""
        name = self.app.word("open_folder" if folder else "open_files")
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()
        chooser.value.set_files(list(paths))

    def read(self) -> None:
        """Wait until the files are read."""
        heading = self.page.get_by_role("heading", name=self.app.word("local"), level=1)
        expect(heading).to_be_visible()
        expect(self.page.get_by_role("heading", name=self.app.word("files"), level=2)).to_be_visible(timeout=60_000)

    def file(self, name: str) -> Locator:
        """Return what is said of a file."""
        region = self.page.get_by_role("region", name=self.app.word("files"), exact=True)
        heading = self.page.get_by_role("heading", name=name, exact=True)
        return region.get_by_role("listitem").filter(has=heading)

    def tick(self, *titles: str) -> None:
        """Tick sessions."""
        for title in titles:
            self.page.get_by_role("checkbox", name=self.app.word("tick", title=title)).check()

    def open_several(self) -> Locator:
        """Open the dialog of what is ticked."""
        self.page.get_by_role("button", name=self.app.word("export_ticked"), exact=True).click()
        dialog = self.page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        return dialog


def _river() -> dict[str, object]:
    texts = [("user", "Why does it say 3.2 m?"), ("assistant", "Because `float` **rounds**.")]
    messages = [
        {
            "id": f"m{place}",
            "role": role,
            "createdAt": 1767600000000 + place,
            "blocks": [{"type": "text", "text": text}],
        }
        for place, (role, text) in enumerate(texts)
    ]
    session = {"id": "river-1", "title": RIVER, "createdAt": 1767600000000}
    return {"schemaVersion": 1, "generator": "py-export 0.1.0", "session": session, "messages": messages}
