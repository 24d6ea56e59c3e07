"""Random files, changed at random, told as each agent tells it: what the patch makes of them is what they became."""

from __future__ import annotations

import string
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from py_export import Notices, read, write
from tests.unit.patches import git
from tests.unit.patches.agents import AGENTS, Talk

LINES = st.sampled_from(
    [
        *(
            "",
            "a",
            "b",
            "    c",
            "\tc",
            "---",
            "+++ b/x",
            "--- a/x",
            "@@ -1 +1 @@",
            "-- ",
            "diff --git a/x b/x",
            "From x",
        ),
        *(
            "From a@b Mon Sep 17 00:00:00 2001",
            "é 漢字 🎉",
            "\\ No newline at end of file",
            "Subject: x",
            ">From y",
            "}",
            "{",
        ),
        *(
            "rename from a",
            "GIT binary patch",
            "a\u2028b",
            "a\x0cb",
            "x\ry",
            "same",
            "same",
            "same",
            "- x",
            "+ y",
            " z",
        ),
    ]
)


def _texts(lines: st.SearchStrategy[str], *ends: str) -> st.SearchStrategy[str]:
    return st.builds(
        lambda lines, last: "".join(line + end for line, end in lines) + last,
        st.lists(
            st.tuples(st.one_of(lines, st.text(string.ascii_lowercase, max_size=2)), st.sampled_from(ends)), max_size=25
        ),
        st.sampled_from(["", "", "no end"]),
    )


MIXED = _texts(LINES, "\n", "\n", "\n", "\n", "\n", "\r\n")
TEXTS = {
    "claude-code": _texts(LINES, "\n"),
    "claude-code, lines alone": _texts(LINES.filter(lambda line: not line.startswith(("\t", "  "))), "\n"),
}
"""What a log tells exactly: Claude Code's drops carriage returns, and shows tabs as spaces; see ``test_ends``."""

NAMES = st.sampled_from(
    [
        "a",
        "b.py",
        "src/a.py",
        "src/b c.txt",
        'q"uote',
        "tab\tname",
        "漢字/é.md",
        "back\\slash",
        " lead",
        "trail ",
        "-dash",
    ]
)
SAID = st.text(st.sampled_from("ab \n漢:[]>-=?"), max_size=40)


@st.composite
def talks(draw: st.DrawFn, agent: str) -> tuple[Talk, Any]:
    """Return what was done to random files, and the session in which it was."""
    texts = TEXTS.get(agent, MIXED)
    talk, teller = Talk(draw(st.dictionaries(NAMES, texts, max_size=4))), AGENTS[agent]()
    for _ in range(draw(st.integers(0, 6))):
        if draw(st.booleans()) or not talk.calls:
            teller.say(f"do {draw(SAID)}")
        path = draw(NAMES)
        old = talk.now.get(path)
        talk.calls.append(path)
        if agent == "codex" and old is not None and draw(st.booleans()):
            to = draw(st.sampled_from([None, *sorted({"a", "new name", "z/é"} - set(talk.now))]))
            new = draw(texts) if to is not None and draw(st.booleans()) else old
            teller.change(path, old, None if to is None else new, None, to)
            del talk.now[path]
            if to is not None:
                talk.now[to] = new
            continue
        edit = None
        new = draw(texts)
        if old and agent != "codex" and draw(st.booleans()):
            first = draw(st.integers(0, len(old) - 1))
            part = old[first : first + draw(st.integers(1, 30))]
            if old.count(part) == 1 and part != old:
                edit = (part, draw(texts))
                new = old.replace(*edit)
        # opencode does not say whether a file without content was there.
        if new != old and (agent != "opencode" or old or (old is None and new)):
            teller.change(path, old, new, edit)
            talk.now[path] = new
    return talk, teller


UNSURE = "patch_file_unseen"
"""Where lines alone are told, nobody knows whether one that others are put behind had an end."""


def _exported(teller: Any, layout: str) -> bytes:  # noqa: ANN401 - any of the agents
    notices = Notices()
    (session,) = read(teller.written())
    document = b"".join(write(session, "patch", options={"layout": layout}, notices=notices))
    found = {notice.code for notice in notices}
    assume(UNSURE not in found or getattr(teller, "original", True))
    assert found <= {"patch_empty"}
    return document


@pytest.mark.parametrize("agent", AGENTS)
def test_the_patch_makes_of_the_files_what_they_became(agent: str) -> None:
    @settings(max_examples=6, deadline=None)
    @given(talks(agent))
    def holds(made: tuple[Talk, Any]) -> None:
        talk, teller = made
        document = _exported(teller, "files") if teller.written().count("do ") else b""
        if not document:
            assert talk.now == talk.before
            return
        for apply in (git.apply, git.patch):
            with TemporaryDirectory() as folder:
                git.lay(Path(folder), talk.before)
                assert apply(Path(folder), document) == talk.now

    holds()


@pytest.mark.parametrize("agent", AGENTS)
def test_the_mailbox_makes_of_the_files_what_they_became(agent: str) -> None:
    @settings(max_examples=4, deadline=None)
    @given(talks(agent))
    def holds(made: tuple[Talk, Any]) -> None:
        talk, teller = made
        document = _exported(teller, "mailbox") if teller.written().count("do ") else b""
        with TemporaryDirectory() as folder:
            git.lay(Path(folder), talk.before)
            assert (git.am(Path(folder), document) if document else git.found(Path(folder))) == talk.now

    holds()
