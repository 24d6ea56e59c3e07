"""What must hold of any PDF of a conversation: nothing in it runs, all of it is there, it can be read by machines."""

from __future__ import annotations

import json
import re
import subprocess
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from py_export import convert, read, typesetting, write
from py_export.errors import DocumentTooLong, PackageNeeded
from py_export.notices import Notices
from tests.golden.session_pdf_cases import said
from tests.tools import require

HOSTILE = (
    '#panic("x")',
    '#import "@preview/cetz:0.4.0"',
    '#read("/etc/passwd")',
    "$ x^2 $ and $",
    "@label and <label>",
    "= No heading\n/ Term: no term\n+ no list",
    "\\#\\$ \\u{41} \\",
    "*a _b `c",
    "// no comment /* none */",
    "https://example.org/#panic()",
    '"; #panic() #let x = "',
    "#show: none\n#set page(width: 1pt)",
)


def session(*texts: str, **block: object) -> bytes:
    """Return a payload of messages, one for each text; ``block`` is a further one of the last."""
    messages: list[dict[str, Any]] = [
        {"id": str(at), "role": "assistant" if at % 2 else "user", "blocks": [{"type": "text", "text": text}]}
        for at, text in enumerate(texts)
    ]
    if block:
        messages[-1]["blocks"].append(block)
    head = {"schemaVersion": 1, "generator": "py-export", "exportedAt": 1767323045000}
    return json.dumps(head | {"session": {"id": "s", "title": texts[0]}, "messages": messages}).encode()


def pdf(data: bytes, **options: object) -> tuple[bytes, Notices]:
    """Return the PDF of a payload, and its notices."""
    notices = Notices()
    return convert(data, "session-pdf", options=options, notices=notices), notices


def squeezed(text: str) -> str:
    """Return a text without white space: where lines end is the page's affair."""
    return re.sub(r"\s+", "", text)


def facts_of(document: bytes) -> dict[str, str]:
    """Return what poppler says of a document as a whole."""
    info = subprocess.run([require("pdfinfo"), "-"], input=document, check=True, capture_output=True)  # noqa: S603
    return dict(re.findall(r"^([^:]+):\s+(.*)$", info.stdout.decode(), re.MULTILINE))


def test_nothing_that_people_wrote_is_markup() -> None:
    shown = squeezed(said(pdf(session("first", *HOSTILE))[0]))
    for text in HOSTILE:
        told = text.replace("\n", "").replace("\\#\\$", "#$").replace("+ no list", "•nolist")
        assert squeezed(told) in shown, text


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_code_or_in_a_name_is_markup(text: str) -> None:
    block = {
        "type": "tool_call",
        "name": text,
        "kind": "shell",
        "subject": text,
        "status": "error",
        "input": {text: text, "long": f"{text}\n{text}"},
        "result": {"blocks": [{"type": "text", "text": text}]},
    }
    shown = squeezed(said(pdf(session(text, f"````typst\n{text}\n````\n`{text}`", **block), tools="full")[0]))
    assert shown.count(squeezed(text)) >= len(("title", "fence", "result", "input", "input"))


def test_the_same_session_gives_the_same_bytes() -> None:
    data = session("one", "two **bold** `code` [link](https://example.org)")
    assert pdf(data)[0] == pdf(data)[0]


def test_it_is_tagged_and_titled_and_in_the_documents_language() -> None:
    document, _ = pdf(session("The *title*", "**text**"), locale="zh-CN")
    assert b"/MarkInfo" in document
    facts = facts_of(document)
    assert facts["Title"] == "The *title*"
    assert facts["Tagged"] == "yes"
    assert facts["JavaScript"] == "no"
    assert b"zh-CN" in document or b"(zh" in document


def test_every_table_has_a_head() -> None:
    def tags(document: bytes, tag: str) -> int:
        told = subprocess.run([require("pdfinfo"), "-struct", "-"], input=document, check=True, capture_output=True)  # noqa: S603
        return len(re.findall(rf"^\s*{tag}\b", told.stdout.decode(), re.MULTILINE))

    plain, shown = pdf(session("a"))[0], pdf(session("a", "|b|\n|-|\n|c|"))[0]
    assert (tags(plain, "Table"), tags(shown, "Table")) == (0, 1)
    assert tags(shown, "TH") == 1


def test_its_structure_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "one.pdf"
    path.write_bytes(pdf(session("a", "# b\n\n|c|d|\n|-|-|\n|e|f|\n", "c", "> d\n> - e"))[0])
    checked = subprocess.run([require("qpdf"), "--check", path], check=False, capture_output=True, text=True)  # noqa: S603
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_font_is_embedded_and_none_is_the_systems() -> None:
    text = "Latin Ελληνικά Русский `code` 中文 日本語かな 한국어 🎉 مرحبا של ไทย हिन्दी ⇒ ∀"
    document, notices = pdf(session("a", text))
    listed = subprocess.run([require("pdffonts"), "-"], input=document, check=True, capture_output=True)  # noqa: S603
    rows = listed.stdout.decode().splitlines()[2:]
    assert rows
    assert [row for row in rows if not re.search(r" yes +(yes|no) +(yes|no) +\d+ +\d+$", row)] == []
    assert "missing_glyph" not in notices


def test_a_character_that_no_font_has_is_counted_by_its_script_and_shown_as_missing() -> None:
    document, notices = pdf(session("a", "தமிழ் ok"))
    found = [(one.code, one.count, one.params) for one in notices]
    assert found == [("missing_glyph", 5, {"script": "tamil"})]
    assert [one.message("en") for one in notices] == [
        "5 characters (Tamil) are in none of the fonts and stand as \ufffd."
    ]
    words = "\ua960 \u1820 \U0001e900 \ue000"  # of old Korean, Mongolian, Adlam, and one of nobody's
    told = [one.message("zh-CN") for one in pdf(session("a", words))[1]]
    assert [name for name in ("韩文", "蒙古文", "其他文字", "符号") if sum(name in one for one in told) != 1] == []
    assert "ok" in said(document)
    assert "\ufffd" in said(document)


@pytest.mark.parametrize(
    "text", ["`a\ufeffb`", "```\n\ufeffusing x;\n```", "\ufeff\u6f22\u5b57", "\u0645\u0631\ufeff\u062d\u0628\u0627"]
)
def test_a_byte_order_mark_in_a_text_stops_no_document(text: str) -> None:
    document, notices = pdf(session("a", text))
    assert [one.code for one in notices] == []
    assert "\ufeff" not in said(document)


def test_a_mark_that_no_font_can_put_on_its_letter_does_not_stop_the_document() -> None:
    document, _ = pdf(session("a", "中\u0e48 🎉\u0301 ह\u0651 end"))
    assert "end" in said(document)


def test_a_run_without_a_space_is_broken_and_copied_whole() -> None:
    run, url = "x" * 500, "https://example.org/" + "y" * 300
    block = {"type": "code", "text": "z" * 500, "language": "python"}
    document, _ = pdf(session("a", f"{run} {url}\n\n|t|\n|-|\n|{'w' * 300}|\n", **block))
    boxes = subprocess.run([require("pdftotext"), "-bbox", "-", "-"], input=document, check=True, capture_output=True)  # noqa: S603
    width = float(re.findall(r'<page width="([\d.]+)"', boxes.stdout.decode())[0])
    assert max(map(float, re.findall(r'xMax="([\d.]+)"', boxes.stdout.decode()))) < width - 60
    shown = squeezed(said(document))
    assert run in shown
    assert url in shown
    assert "z" * 500 in shown
    assert "w" * 300 in shown


def words(document: bytes) -> tuple[float, list[tuple[str, float, float]]]:
    """Return a document's width, and its words with where each begins and ends across the page."""
    told = subprocess.run([require("pdftotext"), "-bbox", "-", "-"], input=document, check=True, capture_output=True)  # noqa: S603
    text = told.stdout.decode()
    found = re.findall(r'<word xMin="([\d.]+)" .*?xMax="([\d.]+)" .*?>(.*?)</word>', text)
    width = float(re.findall(r'<page width="([\d.]+)"', text)[0])
    return width, [(word, float(left), float(right)) for left, right, word in found]


def ink(document: bytes) -> int:
    """Return how much of a document's pages is dark."""
    drawn = subprocess.run(  # noqa: S603
        [require("pdftoppm"), "-gray", "-r", "150"], input=document, check=True, capture_output=True
    )
    return sum(point < 128 for point in drawn.stdout)


def test_no_letter_of_code_is_hidden_by_the_ground_of_those_behind_it() -> None:
    whole, broken = (ink(pdf(session("a", f"`{code}`"))[0]) for code in ("m" * 20 + " " + "m" * 20, "m" * 40))
    assert abs(whole - broken) < 40


def test_what_is_written_from_right_to_left_is_read_from_the_right() -> None:
    said_of = "# ספר\n\nשל world.\n\n- פריט\n\n> אמר\n\nEnglish עברית end.\n\n`code` אחת"
    width, found = words(pdf(session("a", said_of))[0])
    edges = {word if word.isascii() else word[::-1]: (left, right) for word, left, right in found}  # as they stand
    for word in ("ספר", "של", "פריט", "אמר", "code"):
        assert edges[word][1] > width - 2.6 / 2.54 * 72 - 15, word
    assert edges["world"][1] < edges["של"][0]
    assert edges["English"][0] < edges["end."][0] < width / 2


def test_markdown_that_nests_too_deep_is_shown_as_it_is() -> None:
    deep = "".join(f"{'  ' * level}- {level}\n" for level in range(40))
    document, notices = pdf(session("a", deep, "> " * 60 + "x"))
    assert next(one.count for one in notices if one.code == "text_shown_plain") == 2
    assert "- 39" in said(document)


def test_sub_agents_of_sub_agents_do_not_stop_the_document() -> None:
    block: dict[str, Any] = {"type": "text", "text": "deepest"}
    for level in range(40):
        message = {"id": f"m{level}", "role": "assistant", "blocks": [block]}
        block = {"type": "tool_call", "name": "Task", "kind": "task", "messages": [message]}
    assert "deepest" in said(pdf(session("a", "b", **block))[0])


def test_a_damaged_image_is_left_out_with_a_notice() -> None:
    data = b64encode(b"\x89PNG\r\n\x1a\n and no more").decode()
    document, notices = pdf(session("a", f"![x](data:image/png;base64,{data})", type="image", name="y", data=data))
    assert next(one.count for one in notices if one.code == "image_left_out") == 2
    assert document.startswith(b"%PDF")


def test_a_table_of_many_rows_and_one_of_many_columns_are_whole() -> None:
    tall = "|a|b|\n|-|-|\n" + "".join(f"|r{row}|x|\n" for row in range(300))
    wide = "|" + "c|" * 40 + "\n|" + "-|" * 40 + "\n|" + "".join(f"v{at}|" for at in range(40)) + "\n"
    shown = said(pdf(session("a", tall, wide))[0])
    assert "r299" in shown
    assert "v39" in shown


def test_a_document_that_is_too_long_is_refused_as_soon_as_that_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "MOST", 2_000_000)
    (long,) = read(session(*("word " * 50 for _ in range(40))))
    laid_out: list[bytes | str] = []
    with pytest.raises(DocumentTooLong) as caught:
        laid_out.extend(write(long, "session-pdf"))
    assert caught.value.exit_code == 5
    assert 0 < int(caught.value.params["fits"]) <= len(laid_out) < 15


def test_without_typst_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(PackageNeeded) as caught:
        pdf(session("a"))
    assert "py-export[pdf]" in caught.value.message()


def test_control_characters_are_shown_as_terminals_show_them() -> None:
    assert "^[[31m ^G \\u0007" in said(pdf(session("a", "`\x1b[31m \x07 \\u0007`"))[0])


def test_the_contents_list_the_questions_where_they_are_wanted() -> None:
    data = session("first question", "answer", "second question", "answer")
    assert re.findall(r"\d\. (\w+) question +1$", said(pdf(data)[0]), re.MULTILINE) == ["first", "second"]
    assert re.findall(r"\d\. (\w+) question", said(pdf(data, contents=False)[0])) == []


@pytest.mark.parametrize(("paper", "size"), [("a4", "595.276 x 841.89 pts (A4)"), ("letter", "612 x 792 pts (letter)")])
def test_pages_are_of_the_paper_that_is_asked_for(paper: str, size: str) -> None:
    assert facts_of(pdf(session("a"), paper=paper)[0])["Page size"] == size
