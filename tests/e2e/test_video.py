"""The video: filmed in the page, as long as its plan, never blank, stopped at once, refused where it cannot be made."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

import py_export
from py_export.convert import written
from py_export.options import parse
from py_export.writers import find_writer
from tests.e2e.app import App
from tests.e2e.looks import findings
from tests.e2e.poll import until
from tests.e2e.screens import CLAUDE, SHORT
from tests.tools import require

LIMIT_MS = 250
OFF_S = 0.1
"""How far a video may be off the length that was planned."""

FRAME = (320, 180)
"""The size in which pictures are looked at, in pixels."""

COLOURS = """(canvas) => {
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
  copy.drawImage(canvas, 0, 0);
  return new Set(new Uint32Array(copy.getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size;
}"""


def planned(app: App, title: str, options: dict[str, str]) -> tuple[str, float]:
    """Return the video's name, and its length in seconds, as the library plans it."""
    [session] = py_export.read(app.server.get(f"/api/sessions/{app.server.sessions()[title]}/export"))
    writer = find_writer("video")
    plan = json.loads(b"".join(written(session, writer, parse(writer.options, options), py_export.Notices())))
    return py_export.filename(session, writer), (plan["durationMs"] + plan["video"]["holdMs"]) / 1000


def probed(file: Path) -> dict[str, Any]:
    """Return what the decoder says of a video: its length and its picture."""
    shown = "format=duration,format_name:stream=codec_name,width,height"
    command = (require("ffprobe"), "-v", "error", "-show_entries", shown, "-of", "json", file)
    found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)  # noqa: S603
    return {**found["streams"][0], **found["format"]}


def frames(file: Path) -> list[bytes]:
    """Decode the whole video, and return its pictures in grey, two a second."""
    width, height = FRAME
    sized = ("-vf", f"fps=2,scale={width}:{height}", "-f", "rawvideo", "-pix_fmt", "gray", "-")
    command = (require("ffmpeg"), "-v", "error", "-i", file, *sized)
    raw = subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603
    return [raw[at : at + width * height] for at in range(0, len(raw), width * height)]


def choose_video(app: App, title: str) -> Locator:
    """Choose the video of a session, and return its figures, known."""
    app.open_session(title).open_dialog()
    app.choose("video")
    figures = app.dialog.get_by_role("definition")
    expect(figures.nth(1)).to_contain_text("B")
    return figures


@pytest.mark.parametrize(
    ("resolution", "theme", "size"), [("720p", "light", (1280, 720)), ("1080p", "dark", (1920, 1080))]
)
def test_a_video_is_as_long_as_its_plan_and_none_of_its_pictures_is_blank(
    app: App, page: Page, tmp_path: Path, resolution: str, theme: str, size: tuple[int, int]
) -> None:
    figures = choose_video(app, SHORT)
    still = app.dialog.get_by_role("img", name=app.word("video_still"))
    assert still.evaluate(COLOURS) > 20
    app.dialog.get_by_label(app.word("option_resolution"), exact=True).select_option(resolution)
    app.dialog.get_by_label(app.word("option_theme"), exact=True).select_option(theme)
    until(lambda: page.evaluate("true") and still.evaluate("({ width, height }) => [width, height]") == [*size])
    expect(figures.nth(1)).to_contain_text("kB")
    if theme == "light":
        assert findings(page) == []

    said = page.evaluate_handle("""() => {
      const said = [];
      addEventListener("export-progress", ({ detail }) => { said.push([detail.done, detail.total]); });
      return said;
    }""")
    saved = app.export_chosen()
    name, seconds = planned(app, SHORT, {"resolution": resolution, "theme": theme})
    assert saved.name == name
    assert seconds * 1000 in [total for _, total in said.json_value()]
    file = tmp_path / "found.webm"
    file.write_bytes(saved.data)
    found = probed(file)
    assert (found["width"], found["height"]) == size
    assert found["codec_name"] in {"vp9", "vp8"}
    assert abs(float(found["duration"]) - seconds) <= OFF_S
    pictures = frames(file)
    assert len(pictures) >= int(seconds)
    for picture in pictures:
        # Paper, and letters that stand out from it.
        paper = max(set(picture), key=picture.count)
        assert (paper > 230) == (theme == "light")
        assert sum(abs(point - paper) > 40 for point in picture) > 100
    assert len(set(pictures)) > len(pictures) // 3, "what is said comes bit by bit"


def test_another_moment_is_another_picture(app: App) -> None:
    choose_video(app, CLAUDE)
    still = app.dialog.get_by_role("img", name=app.word("video_still"))
    seen = still.screenshot()
    app.dialog.get_by_role("slider", name=app.word("video_moment")).press("End")
    until(lambda: still.screenshot() != seen)


@pytest.mark.alone
def test_cancelled_while_it_is_filmed_a_video_leaves_nothing_behind(app: App, page: Page) -> None:
    downloads: list[str] = []
    page.on("download", lambda download: downloads.append(download.suggested_filename))
    choose_video(app, CLAUDE)
    app.download_button.click()
    expect(app.dialog.get_by_text(app.word("video_progress").split("{")[0]).first).to_be_visible()
    app.dialog.get_by_role("button", name=app.word("cancel"), exact=True).click()
    page.wait_for_timeout(LIMIT_MS)
    expect(app.dialog).to_be_hidden(timeout=1)
    assert [worker.url for worker in page.workers if "video.js" in worker.url] == []
    assert downloads == []
    assert app.export("markdown").data


def test_without_webcodecs_it_says_so_and_offers_what_plays_the_session_too(app: App, page: Page) -> None:
    page.evaluate("delete globalThis.VideoEncoder")
    app.open_session(SHORT).open_dialog()
    app.choose("video")
    note = app.dialog.get_by_role("note")
    expect(note).to_contain_text(app.word("video_absent"))
    expect(app.download_button).to_be_disabled()
    expect(app.dialog.get_by_role("slider")).to_be_hidden()
    note.get_by_role("button", name=app.format_name("player"), exact=True).click()
    expect(note).to_be_hidden()
    assert app.export_chosen().name.endswith(".html")
