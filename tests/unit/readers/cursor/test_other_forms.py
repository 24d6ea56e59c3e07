"""Cursor's other forms: a workspace's chats, agents' transcripts, the command line's store, its own Markdown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from py_export import Notices, convert
from py_export.commands.folder import Neighbours
from py_export.errors import NotRecognised, Unreadable
from py_export.model import Text, ToolCall
from py_export.readers import Input, cursor, find_reader
from py_export.readers.container import read_parts
from tests.golden.database_cases import contents
from tests.unit.readers.databases import codes, read
from tests.unit.readers.databases import cursor as database

HEAD = "# A title\n_Exported on 28/9/2026 at 17:49:33 VET from Cursor (3.13.25)_\n\n---\n\n"


def _lines(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def _said(role: str, *blocks: object) -> dict[str, object]:
    return {"role": role, "message": {"content": list(blocks)}}


def _use(name: str, **given: str) -> dict[str, object]:
    return {"type": "tool_use", "name": name, "input": given}


def test_a_workspace_that_only_names_conversations_is_refused() -> None:
    with pytest.raises(Unreadable):
        read(database({"composer.composerData": {"allComposers": [{"composerId": "c", "name": "n"}]}}, "ItemTable"))


def test_the_older_key_of_chats_is_read_too() -> None:
    tabs = {"tabs": [{"tabId": "t", "bubbles": [{"type": "user", "text": "hello"}]}]}
    (session,) = read(database({"workbench.panel.chat.view.chat.chatdata": tabs}, "ItemTable"))
    assert (session.id, session.title) == ("t", "hello")


def test_chats_without_an_id_are_named_by_what_they_hold() -> None:
    ids = set()
    for words in ("one", "two"):
        tabs = {"tabs": [{"bubbles": [{"type": "user", "text": words}]}]}
        (session,) = read(database({"workbench.panel.aichat.view.aichat.chatdata": tabs}, "ItemTable"))
        ids.add(session.id)
    assert len({name[:8] for name in ids}) == 2


def test_results_find_their_calls_in_order_where_calls_have_no_ids() -> None:
    data = _lines(
        _said("user", {"type": "text", "text": "go"}),
        _said("assistant", _use("Read", path="a"), _use("Read", path="b")),
        _said("user", {"type": "tool_result", "tool_use_id": "x", "content": "of a"}),
        _said("user", {"type": "tool_result", "content": "of b"}),
    )
    (session,) = cursor.read(Input(data), Notices())
    calls = [block for message in session.messages for block in message.blocks if isinstance(block, ToolCall)]
    assert [(call.subject, call.result and call.result.blocks) for call in calls] == [
        ("a", [Text("of a")]),
        ("b", [Text("of b")]),
    ]


def test_calls_whose_results_are_left_out_were_done() -> None:
    (session,) = cursor.read(Input(_lines(_said("assistant", _use("Shell", command="ls")))), Notices())
    (call,) = session.messages[0].blocks
    assert isinstance(call, ToolCall)
    assert call.status == "completed"


def test_what_surrounds_a_prompt_is_hidden_and_kept() -> None:
    text = "<open_files>\na.py\n</open_files>\n<user_query>\nWhy?\n  Really.\n</user_query>\n<rules>be brief</rules>"
    notices = Notices()
    (session,) = cursor.read(Input(_lines(_said("user", {"type": "text", "text": text}))), notices)
    around, prompt = session.messages
    assert prompt.blocks == [Text("Why?\n  Really.")]
    assert around.hidden
    assert [block.text for block in around.blocks if isinstance(block, Text)] == [
        "<open_files>\na.py\n</open_files>\n\n<rules>be brief</rules>"
    ]
    assert session.title == "Why?"
    assert codes(notices) == {"hidden_messages": 1}


def test_sub_agents_of_a_folder_stand_below_their_call() -> None:
    files = {
        "agent-transcripts/s/s.jsonl": _lines(
            _said("assistant", _use("Task", prompt="List files")), {"type": "turn_ended"}
        ),
        "agent-transcripts/s/subagents/child.jsonl": _lines(
            _said("user", {"type": "text", "text": "List files"}), _said("assistant", {"type": "text", "text": "a.py"})
        ),
        "agent-transcripts/s/notes.txt": b"x",
    }
    notices = Notices()
    (part,) = read_parts(Input(files=files), None, notices)
    (session,) = part.sessions
    call = session.messages[0].blocks[0]
    assert isinstance(call, ToolCall)
    assert [message.blocks for message in call.messages] == [[Text("List files")], [Text("a.py")]]
    assert call.messages[0].hidden
    assert codes(notices) == {"hidden_messages": 1, "files_skipped": 1}


def test_a_single_transcript_finds_its_sub_agents_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "s" / "s.jsonl"
    below = tmp_path / "s" / "subagents" / "child.jsonl"
    below.parent.mkdir(parents=True)
    path.write_bytes(_lines(_said("assistant", _use("Task", prompt="List files"))))
    below.write_bytes(_lines(_said("user", {"type": "text", "text": "List files"})))
    (path.parent / "other.jsonl").write_bytes(_lines(_said("user", {"type": "text", "text": "another session"})))
    (session,) = cursor.read(Input(path.read_bytes(), Neighbours(path)), Notices())
    call = session.messages[0].blocks[0]
    assert isinstance(call, ToolCall)
    assert [message.blocks for message in call.messages] == [[Text("List files")]]
    assert len(session.messages) == 1


@pytest.mark.parametrize(
    "record",
    [
        {"type": "user", "message": {"role": "user", "content": "x"}},  # Claude Code's
        {"role": "user", "content": "x"},
        {"role": "user", "message": "x"},
        {"actor": "user", "content": "x"},
    ],
)
def test_other_lines_are_no_transcript(record: dict[str, object]) -> None:
    assert not cursor.matches(Input(_lines(record)))


def test_a_transcript_without_a_message_is_refused() -> None:
    with pytest.raises(Unreadable):
        cursor.read(Input(_lines({"type": "turn_ended", "status": "success"})[:-1] + b"\n"), Notices())


def test_a_rule_or_a_label_in_a_text_ends_no_turn() -> None:
    text = "one\n\n---\n\ntwo\n\n**User**\n\nthree\n\n---\n**Cursor**\n"
    data = f"{HEAD}**User**\n\n{text}\n\n---\n\n**Cursor**\n\nHi.\n".encode()
    (session,) = read(data)
    assert [message.blocks for message in session.messages] == [[Text(text.rstrip("\n"))], [Text("Hi.")]]
    assert session.source.version == "3.13.25"
    assert session.metadata == {"exportedOn": "28/9/2026 at 17:49:33 VET"}


def test_line_ends_of_windows_are_read() -> None:
    data = f"{HEAD}**User**\n\nHello\n\n---\n\n**Cursor**\n\nHi.\n".replace("\n", "\r\n").encode()
    assert [message.role for message in read(data)[0].messages] == ["user", "assistant"]


def test_our_own_markdown_is_not_taken_for_cursors() -> None:
    page = convert(contents("cursor/export.md"), "markdown", options={"style": "cursor"})
    assert not cursor.matches(Input(page))


def test_a_head_without_a_turn_is_refused() -> None:
    with pytest.raises(Unreadable):
        read(f"{HEAD}nothing\n".encode())
    with pytest.raises(NotRecognised):
        find_reader(Input(b"# A title\n\nwords\n"))
