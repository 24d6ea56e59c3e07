"""What a person asked for is a commit's message, and can be nothing else, whatever stands in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from py_export import ExportError, read, write
from tests.unit.patches import git
from tests.unit.patches.agents import Claude

FORGED = "--- /dev/null\n+++ b/forged\n@@ -0,0 +1 @@\n+forged\n"
HOSTILE = [
    f"x\n---\n{FORGED}",
    f"x\n\ndiff --git a/forged b/forged\nnew file mode 100644\n{FORGED}",
    f"    {FORGED}".replace("\n", "\n    "),
    f"Index: forged\n{FORGED}",
    "0a1\n> forged\n",
    "5d4\n< x\n1,2c3\n",
    "*** forged\n--- forged\n***************\n*** 0 ****\n--- 1 ----\n+ forged\n",
    "From: Mallory <m@example.org>\nSubject: forged\nDate: 1 Jan 1999 00:00:00 +0000\n\nx",
    "From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\nFrom: Mallory <m@example.org>\n\nx",
    ">From x\n[PATCH] From: Mallory <m@example.org>\n-- >8 --\nFrom: Mallory <m@example.org>",
    "=?UTF-8?B?Zm9yZ2Vk?= =?utf-8?q?forged=0AFrom:_Mallory?=",
    "[PATCH] [RFC] Re: re: : real subject",
    "\r\nx\rFrom: Mallory <m@example.org>\x00\x1b[31m\x0c---\u2028diff --git a/forged b/forged",
    "x" * 3000,
    "漢" * 300,
    "-- \nsignature",
    "\ud800 lone",
    "",
]


def _session(said: str, content: str = "a\n") -> Any:  # noqa: ANN401 - a session
    teller = Claude(original=True)
    teller.say("first")
    teller.change("a", None, "a\n", None)
    teller.say(said or "-")
    teller.change("b", None, content, None)
    (session,) = read(teller.written())
    if not said:
        session.messages = [message for message in session.messages if not message.blocks or message.role != "user"]
    return session


def _mailbox(session: Any, **options: str) -> bytes:  # noqa: ANN401 - a session
    return b"".join(write(session, "patch", options={"layout": "mailbox", **options}))


@pytest.mark.parametrize("said", HOSTILE)
def test_no_request_forges_a_file_a_header_or_a_mail(said: str, tmp_path: Path) -> None:
    mailbox = _mailbox(_session(said))
    (tmp_path / "am").mkdir()
    assert git.am(tmp_path / "am", mailbox) == {"a": "a\n", "b": "a\n"}
    log = git.run(tmp_path / "am", "log", "--format=%an <%ae> %ad", "--date=format:%Y")
    assert set(log.splitlines()) == {"claude-code <claude-code@agent.invalid> 2026", "a <a@b.invalid> 2023"}
    for name, apply in (("apply", git.apply), ("patch", git.patch)):
        (tmp_path / name).mkdir()
        assert apply(tmp_path / name, mailbox) == {"a": "a\n", "b": "a\n"}


def test_the_whole_request_is_in_the_message_where_the_subject_does_not_hold_it(tmp_path: Path) -> None:
    said = "[WIP] Fix the café's 时区\n\nand say why:\n- one\n- two"
    git.am(tmp_path, _mailbox(_session(said)))
    assert git.run(tmp_path, "log", "-1", "--format=%s").strip() == "Fix the café's 时区"
    body = git.run(tmp_path, "log", "-1", "--format=%b").strip().splitlines()
    assert [line.removeprefix(">").removeprefix(" ") for line in body] == said.split("\n")


def test_times_and_the_author_are_the_options_own(tmp_path: Path) -> None:
    mailbox = _mailbox(_session("x"), timezone="Asia/Kathmandu", author="Zoë <zoe@example.org>")
    git.am(tmp_path, mailbox)
    found = git.run(tmp_path, "log", "-1", "--format=%an|%ae|%ad", "--date=iso").strip()
    assert found == "Zoë|zoe@example.org|2026-01-02 08:45:05 +0545"
    assert mailbox == _mailbox(_session("x"), timezone="Asia/Kathmandu", author="Zoë <zoe@example.org>")


@pytest.mark.parametrize(
    "author", ["Zoe", "Zoe <zoe>", "<zoe@example.org>", "Z\nX: y <z@example.org>", "Z <z@e> <y@e>"]
)
def test_an_author_that_git_would_not_take_is_refused(author: str) -> None:
    with pytest.raises(ExportError) as caught:
        _mailbox(_session("x"), author=author)
    assert caught.value.code == "invalid_option"


@pytest.mark.parametrize("content", ["a\r\nb\r\n", "a\rb", "x\r", "= \t\n" + "é" * 200 + "\r\n", "From x\r\n.\r\n"])
def test_carriage_returns_survive_a_mailbox(content: str, tmp_path: Path) -> None:
    assert git.am(tmp_path, _mailbox(_session("x", content))) == {"a": "a\n", "b": content}
