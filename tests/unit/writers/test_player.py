"""The player: valid HTML of which a session can make no part, its data whole, and readable without a script."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import given, settings

from py_export import Session, convert, write
from py_export.model import Message, Text
from py_export.writers.scenes import parts
from tests.golden.recording_cases import CASES
from tests.unit.nasty import TEXTS
from tests.unit.writers.hostile import HOSTILE, everywhere
from tests.unit.writers.html_tree import FORBIDDEN
from tests.unit.writers.test_html_valid import complaints, java

__all__ = ["java"]

NOSCRIPT = re.compile(r"<noscript>(.*?)</noscript>", re.DOTALL)


def played(session: Session, **options: Any) -> str:  # noqa: ANN401
    return b"".join(write(session, "player", options={"tools": "full", **options})).decode()


def tree(document: str, *, scripting: bool) -> Any:  # noqa: ANN401 - an element tree
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parsed = parser.parse(document, scripting=scripting)
    assert [code for _, code, _ in parser.errors] == []
    return parsed


def data(document: str) -> Any:  # noqa: ANN401
    (script,) = [one for one in tree(document, scripting=True).iter("script") if one.get("type")]
    return json.loads(script.text)


def shape(document: str, *, scripting: bool) -> list[tuple[str, frozenset[str]]]:
    return [(str(one.tag), frozenset(one.keys())) for one in tree(document, scripting=scripting).iter()]


@pytest.mark.parametrize("said", HOSTILE)
def test_a_session_makes_no_element_and_no_attribute(said: str) -> None:
    document, harmless = played(everywhere(said)), played(everywhere("harmless"))
    known = set(shape(harmless, scripting=False))
    assert set(shape(document, scripting=False)) <= known
    assert shape(document, scripting=True) == shape(harmless, scripting=True)
    assert not FORBIDDEN.search(document)
    assert len(re.findall("</script", document)) == len(re.findall("</script", harmless)) == 2


@pytest.mark.parametrize("said", HOSTILE)
def test_what_a_session_says_stands_in_the_data(said: str) -> None:
    session = Session(id="s", messages=[Message(id="1", role="user", blocks=[Text(f"begin {said} end")])])
    (scene,) = [one for one in data(played(session))["scenes"] if one["type"] == "said"]
    words = "".join(part.get("text", "") + part.get("code", "") for part in scene["parts"])
    assert words.startswith("begin ")
    assert "end" in words


@settings(max_examples=100)
@given(TEXTS)
def test_parts_lose_no_letter(said: str) -> None:
    kept = "".join(part.get("text", "") + part.get("code", "") + part.get("language", "") for part in parts(said))
    outside = re.sub(r"(?m)^ *(`{3,}|~{3,}).*$", "", said)
    assert [one for one in outside if one.isalnum() and one not in kept] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\n\nb", [{"text": "a\n\nb"}]),
        ("```py\nx\n```", [{"code": "x", "language": "py"}]),
        ("- a\n  ```\n  x\n   y\n  ```\n- b", [{"text": "- a"}, {"code": "x\n y"}, {"text": "- b"}]),
        ("````\n```\nx\n```\n````", [{"code": "```\nx\n```"}]),
        ("~~~\n```\n~~~\nb", [{"code": "```"}, {"text": "b"}]),
        ("```\nnever closed", [{"code": "never closed"}]),
        ("not ``` a fence ```", [{"text": "not ``` a fence ```"}]),
    ],
)
def test_words_and_code_are_parted_as_fences_part_them(text: str, found: list[dict[str, str]]) -> None:
    assert parts(text) == found


def test_the_policy_lets_run_what_the_file_holds_and_nothing_else() -> None:
    document = played(everywhere("x"))
    (policy,) = re.findall('Content-Security-Policy" content="([^"]*)"', document)
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (held,) = re.findall(f"<{tag}>(.*?)</{tag}>", document, re.DOTALL)
        digest = b64encode(sha256(held.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}';" in unescape(policy)
    assert unescape(policy).startswith("default-src 'none'; ")
    assert "http" not in policy


def test_without_a_script_the_whole_conversation_stands_there() -> None:
    document = convert(CASES["rich-full"][0].read_bytes(), "player", options={"tools": "full"}).decode()
    text = "".join(tree(document, scripting=False).find(".//noscript").itertext())
    spoken = [
        part.get("text") or part.get("code")
        for scene in data(document)["scenes"]
        if scene["type"] == "said"
        for part in scene["parts"]
    ]
    assert spoken
    assert [one for one in spoken if one not in text] == []
    outputs = [scene["output"] for scene in data(document)["scenes"] if "output" in scene]
    assert outputs
    assert [one for one in outputs if one not in text] == []


def test_the_checker_finds_nothing(java: Path, tmp_path: Path) -> None:
    for name, (session, options) in CASES.items():
        (tmp_path / f"{name}.html").write_bytes(convert(session.read_bytes(), "player", options=options))
    for number, said in enumerate(HOSTILE):
        (tmp_path / f"hostile-{number}.html").write_text(played(everywhere(said)), encoding="utf-8")
    assert complaints(java, tmp_path) == []
