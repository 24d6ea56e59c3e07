"""Rows that belong together are one: streams, turns, events, commands."""

from __future__ import annotations

from typing import Any

from py_export.model import (
    Code,
    Event,
    Text,
    Thinking,
)
from tests.unit.readers.hapi_payloads import (
    agent,
    answer,
    assistant,
    call,
    codex,
    event,
    read_rows,
    said,
    shown,
    system,
    tool,
    turn,
    user,
)


def test_records_of_one_api_message_are_one_message_and_count_once() -> None:
    first = {"id": "msg_1", "usage": {"input_tokens": 5, "output_tokens": 1}}
    last = {"id": "msg_1", "usage": {"input_tokens": 5, "output_tokens": 42}}
    messages = read_rows(
        assistant({"type": "thinking", "thinking": "hm"}, message=first),
        assistant(call("Bash", {}, "t1"), message=first),
        turn([answer("ok", "t1")]),
        event({"type": "ready"}),
        assistant({"type": "text", "text": "done"}, message=last),
        said("next", message={"id": "msg_2"}),
    )
    one, two = shown(messages)
    assert [block.type for block in one.blocks] == ["thinking", "tool_call", "text"]
    assert one.usage is not None
    assert one.usage.output_tokens == 42
    assert two.blocks == [Text("next")]


def test_snapshots_of_a_stream_are_one_text_and_what_they_dropped_is_hidden() -> None:
    messages = read_rows(
        codex({"type": "reasoning", "message": "Let", "id": "s"}),
        codex({"type": "message", "message": "Hel", "id": "s"}),
        codex({"type": "reasoning", "message": "Let me", "id": "s"}),
        codex({"type": "message", "message": "Hello", "id": "s"}),
        codex({"type": "message", "message": "Hello", "id": "s"}),
        codex({"type": "message", "message": "Good day", "id": "s"}),
    )
    assert [(message.hidden, message.blocks) for message in messages] == [
        (False, [Thinking("Let me")]),
        (True, [Text("Hello")]),
        (False, [Text("Good day")]),
    ]


def test_the_same_words_after_the_user_spoke_are_an_answer_of_their_own() -> None:
    answer_again = codex({"type": "message", "message": "Yes.", "id": "s"})
    messages = read_rows(answer_again, user("sure?"), answer_again)
    assert [message.role for message in messages] == ["assistant", "user", "assistant"]


def test_a_turns_end_closes_the_message_before_it() -> None:
    done = system("turn_duration", durationMs=1500)
    messages = read_rows(said("a"), event({"type": "ready"}), done, user("b"), done)
    assert [message.role for message in shown(messages)] == ["assistant", "user", "event"]
    assert messages[0].blocks == [Text("a"), Event("turn-duration", data={"durationMs": 1500})]


def test_retries_fold_to_the_last_and_the_others_are_hidden() -> None:
    retries = [system("api_error", retryAttempt=number, maxRetries=3) for number in (1, 2, 3)]
    messages = read_rows(*retries, said("a"), retries[0])
    assert [message.hidden for message in messages] == [True, True, False, False, False]


def test_an_event_that_repeats_the_one_before_is_hidden() -> None:
    switch = event({"type": "switch", "mode": "local"})
    messages = read_rows(switch, switch, event({"type": "switch", "mode": "remote"}), switch)
    assert [message.hidden for message in messages] == [False, True, False, False]


def test_naming_the_session_is_an_event_unless_it_failed() -> None:
    rename = call("mcp__hapi__change_title", {"title": "Moss"})
    messages = read_rows(assistant(rename), turn([answer("Titled.")]))
    assert [(message.role, message.blocks) for message in messages] == [
        ("event", [Event("title-changed-to", data={"title": "Moss"})]),
    ]
    assert tool(read_rows(assistant(rename), turn([answer("no", is_error=True)]))[0]).status == "error"


def test_a_command_and_what_it_printed_are_one() -> None:
    messages = read_rows(
        user("<command-name>/cost</command-name>", sentFrom="cli"),
        user("<local-command-stdout>Little.</local-command-stdout>", sentFrom="cli"),
        said("No response requested."),
        user("<command-name>/cost</command-name>", sentFrom="cli"),
    )
    assert [(message.hidden, len(message.blocks)) for message in messages] == [(False, 2), (True, 1), (False, 1)]
    assert messages[0].blocks == [Event("command", data={"command": "/cost"}), Code("Little.")]


def test_the_empty_answer_is_hidden_after_an_injected_turn_only() -> None:
    reply = said("No response requested.")
    assert read_rows(turn("<system-reminder>x</system-reminder>"), reply)[1].hidden
    assert not read_rows(user("Do not answer."), reply)[1].hidden


def test_a_counter_adds_what_it_grew_by() -> None:
    def counter(total: int, last: int | None = None) -> dict[str, Any]:
        info = {"total_token_usage": {"input_tokens": total, "cached_input_tokens": 10, "output_tokens": 1}}
        if last is not None:
            info["last_token_usage"] = {"input_tokens": last, "output_tokens": 1}
        return codex({"type": "token_count", "info": info})

    messages = read_rows(counter(500, 100), counter(500, 100), counter(750), counter(30, 20))
    assert messages[1].usage is None
    assert [message.usage and message.usage.input_tokens for message in messages] == [100, None, 250, 20]


def test_bare_text_stays_the_agents() -> None:
    assert [message.role for message in read_rows(agent("a"), "b")] == ["assistant", "assistant"]


def test_words_beside_a_command_stay_the_users() -> None:
    messages = read_rows(
        user("<command-name>/cost</command-name>\nwhat is that?", sentFrom="cli"),
        user("<local-command-stdout>Little.</local-command-stdout>", sentFrom="cli"),
    )
    assert [message.role for message in messages] == ["user", "event"]
    assert messages[0].blocks == [Event("command", data={"command": "/cost"}), Text("what is that?")]
