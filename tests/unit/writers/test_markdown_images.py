"""Images in Markdown: named, in the document, or in a folder beside it; the same bytes whoever asks, and when."""

from __future__ import annotations

import io
import zipfile
from base64 import b64encode
from hashlib import sha256

import pytest
from markdown_it import MarkdownIt

import py_export
from py_export.model import Block, File, Image, Message, Session, Text, ToolCall, ToolResult
from py_export.notices import Notices
from py_export.writers import find_writer

PNG, GIF = b"\x89PNG\r\n\x1a\n and pixels", b"GIF89a and pixels"
STYLES = ("hapi", "sidepanel", "trace", "cursor")
FIRST = f"images/001-{sha256(PNG).hexdigest()[:10]}.png"
SECOND = f"images/002-{sha256(GIF).hexdigest()[:10]}.gif"


def encoded(data: bytes) -> str:
    """Return base64."""
    return b64encode(data).decode()


def talk(*blocks: Block) -> Session:
    """Return a session of one message."""
    return Session(id="abc", title="T", exported_at=0, messages=[Message(id="1", role="user", blocks=list(blocks))])


def shown(session: Session, notices: Notices | None = None, **options: str) -> str:
    """Return the document, out of its zip where there is one."""
    written = b"".join(py_export.write(session, "markdown", options=options, notices=notices))
    return members(written)["t-abc-1970-01-01.md"].decode() if options.get("images") == "folder" else written.decode()


def members(data: bytes) -> dict[str, bytes]:
    """Return a zip's files, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sources(document: str) -> list[str]:
    """Return where a CommonMark parser finds each image."""
    tokens = [child for token in MarkdownIt("commonmark").parse(document) for child in token.children or ()]
    return [str(token.attrs["src"]) for token in tokens if token.type == "image"]


SESSION = talk(
    Text("look"),
    Image(name="one.png", media_type="image/png", data=encoded(PNG)),
    Image(url=f"data:image/gif;base64,{encoded(GIF)}"),
    ToolCall(name="Shot", status="completed", result=ToolResult([Image(data=encoded(PNG))])),
)


@pytest.mark.parametrize("tools", ["summary", "full"])
@pytest.mark.parametrize("style", STYLES)
def test_each_image_lies_once_beside_the_document_which_shows_it_wherever_it_was(style: str, tools: str) -> None:
    notices = Notices()
    options = {"images": "folder", "style": style, "tools": tools}
    data = b"".join(py_export.write(SESSION, "markdown", options=options, notices=notices))
    name, *rest = members(data)
    assert rest == [FIRST, SECOND]
    assert members(data)[FIRST] == PNG
    assert members(data)[SECOND] == GIF
    assert sources(members(data)[name].decode()) == [FIRST, SECOND, FIRST]
    assert "image_left_out" not in {notice.code for notice in notices}


@pytest.mark.parametrize("style", STYLES)
def test_an_embedded_image_is_in_the_document(style: str) -> None:
    written = b"".join(py_export.write(SESSION, "markdown", options={"images": "embed", "style": style}))
    png, gif = (f"data:image/{kind};base64,{encoded(data)}" for kind, data in (("png", PNG), ("gif", GIF)))
    parsed = sources(written.decode())
    assert parsed == [png, gif, png]


def test_where_nothing_is_asked_for_images_are_named_and_counted() -> None:
    notices = Notices()
    document = shown(SESSION, notices)
    assert sources(document) == []
    assert "> - Image: one.png (image/png, 19 bytes)\n" in document
    assert {notice.code: notice.count for notice in notices} == {"image_left_out": 2}
    assert document == shown(SESSION, images="names")


@pytest.mark.parametrize("way", ["embed", "folder"])
@pytest.mark.parametrize("data", ["QUJD", "no base64!", encoded(b"<svg onload=alert(1)>"), ""])
def test_what_is_no_image_by_its_bytes_stays_a_name(way: str, data: str) -> None:
    notices = Notices()
    document = shown(talk(Image(name="x.png", media_type="image/png", data=data)), notices, images=way)
    assert sources(document) == []
    assert "x.png" in document
    assert [notice.code for notice in notices] == ["image_left_out"]


def test_files_and_images_that_lie_elsewhere_stay_names() -> None:
    notices = Notices()
    session = talk(File(name="a.png", data=encoded(PNG)), Image(url="https://example.org/i.png"), Image(path="/i.png"))
    assert sources(shown(session, notices, images="folder")) == []
    assert [notice.code for notice in notices] == ["file_left_out"]


@pytest.mark.parametrize(
    "name", ["](javascript:x)", "a\n# b", "![", "\\](x)", "`", "<b>", "../../etc/passwd", "con.png"]
)
def test_a_name_is_no_markup_and_no_path(name: str) -> None:
    document = shown(talk(Image(name=name, data=encoded(PNG))), images="folder")
    assert sources(document) == [FIRST]
    assert "<a " not in MarkdownIt("commonmark").render(document)


def test_an_image_that_is_not_shown_does_not_travel() -> None:
    hidden = Message(id="2", role="user", hidden=True, blocks=[Image(data=encoded(GIF))])
    session = talk(ToolCall(name="Shot", result=ToolResult([Image(data=encoded(PNG))])))
    session.messages.append(hidden)
    data = b"".join(py_export.write(session, "markdown", options={"images": "folder", "tools": "none"}))
    assert list(members(data)) == ["t-abc-1970-01-01.md"]


def test_the_zip_is_the_same_each_time_and_named_as_the_document_is() -> None:
    options = py_export.options.parse(py_export.options.MarkdownOptions, {"images": "folder"})
    first, second = (b"".join(py_export.write(SESSION, "markdown", options=options)) for _ in range(2))
    assert first == second
    assert {one.compress_type for one in zipfile.ZipFile(io.BytesIO(first)).infolist()[1:]} == {zipfile.ZIP_STORED}
    writer = find_writer("markdown")
    assert py_export.filename(SESSION, writer, options) == "t-abc-1970-01-01.zip"
    assert writer.made(options) == ("zip", "application/zip")
    assert writer.made(None) == ("md", "text/markdown")


@pytest.mark.parametrize("way", ["embed", "folder"])
def test_a_trace_with_images_reads_back_as_one_without(way: str) -> None:
    plain, told = (
        py_export.read(shown(SESSION, style="trace", images=one).encode(), "trace-markdown")[0].messages
        for one in ("names", way)
    )
    assert told == plain
