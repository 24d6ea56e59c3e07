"""aider's lines are told from the model's, in files of every age, and a long history is read in one go."""

from __future__ import annotations

import tracemalloc

import pytest

from py_export import Notices, Session, read
from py_export.errors import NotRecognised, Unreadable
from py_export.model import Event, Text, Thinking, ToolCall, Usage

START = "\n# aider chat started at 2026-01-02 03:04:05\n\n"


def _read(*lines: str) -> Session:
    return read(START + "\n".join(lines) + "\n")[0]


def _said(session: Session) -> list[tuple[str, str]]:
    return [
        (message.role, block.text or "")
        for message in session.messages
        for block in message.blocks
        if isinstance(block, (Text, Event))
    ]


def test_every_chat_of_a_file_is_a_session() -> None:
    notices = Notices()
    sessions = read((START + "#### hi  \n") * 3 + START, notices=notices)
    assert [session.title for session in sessions] == ["hi"] * 3
    assert len({session.id for session in sessions}) == 3
    assert {session.created_at for session in sessions} == {1767323045000}
    assert {notice.code: notice.count for notice in notices} == {"empty_sessions": 1, "time_zone_unknown": 3}


def test_an_id_stays_while_the_chat_goes_on() -> None:
    short, long = START + "> Aider v1  \n\n#### hi  \n", "\nAn answer.\n\n#### and?  \n"
    assert read(short)[0].id == read(short + long)[0].id != read(short.replace("hi", "ho"))[0].id


def test_a_prompt_of_several_lines_is_one_message() -> None:
    session = _read("", "#### a  ", "####   ", "####   b  ", "", "An answer.", "")
    assert _said(session) == [("user", "a\n\n  b"), ("assistant", "An answer.")]


def test_headings_and_quotations_of_the_model_are_its_own() -> None:
    answer = "#### A heading\n\n> a quotation\n\n# Another"
    assert _said(_read("#### q  ", "", answer, "")) == [("user", "q"), ("assistant", answer)]


@pytest.mark.parametrize("fence", ["```", "````md", "~~~"])
def test_what_a_closed_fence_holds_is_the_models(fence: str) -> None:
    answer = f"{fence}\n> x  \n# aider chat started at 2026-01-02 03:04:06\n\n```x\n{fence.removesuffix('md')}"
    assert _said(_read("#### q  ", "", answer, "", "> y  ")) == [("user", "q"), ("assistant", answer), ("event", "y")]


def test_a_fence_that_was_never_closed_hides_nothing() -> None:
    first = _read(
        "#### q  ",
        "",
        "```py",
        "x = 1",
        "",
        "> Tokens: 10 sent, 2 received.  ",
        "> y  ",
        "",
        "More:",
        "```",
        "z",
        "```",
    )
    assert _said(first) == [
        ("user", "q"),
        ("assistant", "```py\nx = 1"),
        ("event", "y"),
        ("assistant", "More:\n```\nz\n```"),
    ]
    sessions = read(START + "#### q  \n\n```py\nx\n" + START + "> Aider v1  \n\n#### r  \n")
    assert [_said(session)[-1] for session in sessions] == [("assistant", "```py\nx"), ("user", "r")]


def test_a_line_of_aiders_that_holds_line_ends_is_one() -> None:
    assert _said(_read("#### /git log  ", "> commit 1", "", "    words  ", "> Done  ")) == [
        ("user", "/git log"),
        ("event", "commit 1\n\n    words\nDone"),
    ]


def test_a_file_whose_trailing_spaces_were_cut_is_read_by_its_marks() -> None:
    session = _read(
        "#### q", "#### r", "", "Hi:", "```", "> code", "#### code", "```", "", "> Applied edit to a.py", "", "#### s"
    )
    assert _said(session) == [("user", "q\nr"), ("assistant", "Hi:\n```\n> code\n#### code\n```"), ("user", "s")]


def test_line_ends_of_windows_are_read_as_any() -> None:
    text = START + "> Aider v1  \n\n#### a  \n#### b  \n\nAn\nanswer.\n\n> Applied edit to a.py  \n"
    assert _said(read(text)[0]) == _said(read(text.replace("\n", "\r\n"))[0])
    assert read(text)[0].counts == read(text.replace("\n", "\r\n"))[0].counts


@pytest.mark.parametrize(
    ("line", "usage"),
    [
        ("5,244 sent, 604 received. Cost: $0.02 request, $0.02 session.", Usage(5244, 604, cost_usd=0.02)),
        ("4.1k sent, 604 received. Cost: $0.0125 message, $0.0125 session.", Usage(4100, 604, cost_usd=0.0125)),
        ("12k sent, 1.5k cache write, 3k cache hit, 1.2k received.", Usage(10500, 1200, 3000, 1500)),
        ("1,234 sent, 56 received.", Usage(1234, 56)),
    ],
)
def test_figures_are_the_answers(line: str, usage: Usage) -> None:
    session = _read("#### q  ", "", "An answer.", "", f"> Tokens: {line}  ")
    assert session.messages[1].usage == usage == session.usage
    assert len(session.messages) == 2


def test_figures_without_an_answer_count_too() -> None:
    session = _read("#### q  ", "> Tokens: 10 sent, 2 received.  ", "> Tokens: 20 sent, 3 received.  ")
    assert session.usage == Usage(30, 5)


def test_the_cost_is_the_last_sum_that_aider_prints() -> None:
    costs = [("0.01", "0.01"), ("0.01", "0.02"), ("0.0149", "0.03")]
    lines = [line for cost, total in costs for line in ("#### q  ", "", "A.", "", _cost(cost, total), "")]
    assert (_read(*lines).usage or Usage()).cost_usd == 0.03


def _cost(cost: str, total: str) -> str:
    return f"> Tokens: 1 sent, 1 received. Cost: ${cost} message, ${total} session.  "


def test_applied_edits_are_calls_of_the_answer() -> None:
    session = _read("#### q  ", "", "An answer.", "", "> Applied edit to src/a b.py  ", "> Commit abcdef1 x  ")
    (_, call) = session.messages[1].blocks
    assert isinstance(call, ToolCall)
    assert (call.kind, call.paths, call.status) == ("edit", ["src/a b.py"], "completed")
    assert session.counts is not None
    assert session.counts.files_written == 1
    assert session.messages[1].source == ["An answer.", "> Applied edit to src/a b.py  \n> Commit abcdef1 x  "]


def test_the_model_is_the_one_that_aider_named_last() -> None:
    session = _read(
        "> Model: a with x  ",
        "",
        "#### q  ",
        "",
        "1",
        "",
        "#### /model b  ",
        "> Main model: b with y  ",
        "",
        "#### r  ",
        "",
        "2",
    )
    assert [message.model for message in session.messages if message.role == "assistant"] == ["a", "b"]
    assert session.model == "b"


def test_thoughts_stand_apart() -> None:
    tag = "thinking-content-7bbeb8e1441453ad999a0bbba8a46d4b"
    session = _read("#### q  ", "", f"<{tag}>", "", "Hm.", "", f"</{tag}>", "", "Yes.")
    assert session.messages[1].blocks == [Thinking("Hm."), Text("Yes.")]
    assert _read("#### q  ", "", f"<{tag}>", "Hm.").messages[1].blocks == [Text(f"<{tag}>\nHm.")]


def test_an_empty_prompt_is_hidden_and_no_title() -> None:
    session = _read("#### <blank>  ", "", "#### /add x  ", "", "#### go on  ")
    assert [message.hidden for message in session.messages] == [True, False, False]
    assert session.title == "go on"


@pytest.mark.parametrize(
    "text", ["#### hi  \n", "# aider chat started at noon\n", '{"a": "\\n# aider chat started at 2026-01-02 03:04:05"}']
)
def test_what_has_no_heading_of_a_chat_is_not_recognised(text: str) -> None:
    with pytest.raises(NotRecognised):
        read(text)


def test_headings_with_nothing_below_are_refused() -> None:
    with pytest.raises(Unreadable):
        read(START * 2)


def test_a_long_history_takes_little_more_memory_than_itself() -> None:
    answer = "A line of an answer, as long as such a line may be.\n" * 200
    data = (START + "> Aider v1  \n\n#### q  \n\n" + answer + "\n> Tokens: 1 sent, 1 received.  \n").encode() * 400
    tracemalloc.start()
    try:
        sessions = read(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(sessions) == 400
    assert peak < 3 * len(data)


def test_reading_takes_time_in_proportion_to_the_length() -> None:
    # Each of these made an earlier rule look at the rest of the file again and again.
    for line in ("> begun\n", "```\n> x  \n", "#### x\n", "<thinking-content-0123456789abcdef>\n", "> x  \ny\n"):
        assert read(START + "#### q  \n\n" + line * 20_000)
