"""Hiding: what stays, what goes, and under which name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import py_export
from py_export.errors import InvalidOption
from py_export.model import Message, Session, Text
from py_export.schema import plain
from py_export.transforms.redact import KINDS, Redaction, redact
from tests.unit.sessions import SESSIONS
from tests.unit.transforms.redact.planted import (
    ANTHROPIC,
    EMAIL,
    EVERYTHING,
    GITHUB,
    PASSWORD,
    PLANTED,
    USER,
    planted,
)
from tests.unit.transforms.redact.saying import ALL, hidden, said, texts


def test_the_same_secret_has_the_same_placeholder_everywhere() -> None:
    session, _ = redact(planted(), ALL)
    found = {
        tuple(re.findall(r"\[redacted:[a-z-]+-[0-9]+\]", text))
        for text in _strings(plain(session))
        if "cd /home" in text
    }
    assert len(found) == 1
    assert len(set(*found)) == len(*found) > 7


def test_different_secrets_have_different_placeholders() -> None:
    assert hidden(f"{GITHUB} {GITHUB[:-1]}x {GITHUB}") == "[redacted:token-1] [redacted:token-2] [redacted:token-1]"


def test_what_one_place_gives_away_is_hidden_at_every_other() -> None:
    session, _ = redact(said(f"DB_PASSWORD={PASSWORD}", f"it is {PASSWORD}.", f"x{PASSWORD}x"), ALL)
    assert texts(session) == ["DB_PASSWORD=[redacted:password-1]", "it is [redacted:password-1].", f"x{PASSWORD}x"]


@pytest.mark.parametrize("count", [1, 100])
def test_a_long_secret_is_hidden_within_a_word_too_however_many_there_are(count: int) -> None:
    secrets = [f"tide7Harbour{number:04}Lantern" for number in range(count)]
    given = "\n".join(f"DB_PASSWORD={secret}" for secret in secrets)
    session, _ = redact(said(given, f"x{secrets[-1]}x"), ALL)
    assert texts(session)[1] == f"x[redacted:password-{count}]x"


def test_a_persons_name_is_learnt_from_the_home_folder() -> None:
    session, _ = redact(
        said(f"{USER}@laptop:~$ ls", f"/Users/{USER}/x -Users-{USER}-x C:\\\\Users\\\\{USER}\\\\x"), ALL
    )
    name = "[redacted:user-1]"
    assert texts(session) == [f"{name}@laptop:~$ ls", f"/Users/{name}/x -Users-{name}-x C:\\\\Users\\\\{name}\\\\x"]


def test_an_account_that_is_nobodys_stays() -> None:
    text = "/home/runner/work /Users/Shared /home/node/app https://api.example.com/users/42 /root/x"
    assert hidden(text) == text


def test_a_name_that_is_a_word_is_hidden_in_paths_only() -> None:
    assert hidden("/home/will/x: it will work") == "/home/[redacted:user-1]/x: it will work"


def test_ids_times_and_structure_stay() -> None:
    before, (after, _) = planted(), redact(planted(), ALL)
    assert _shape(plain(before)) == _shape(plain(after))
    assert [one.id for one in after.messages] == ["m1", "m2"]
    assert (after.id, after.created_at, after.messages[1].parent_id) == (before.id, before.created_at, "m1")


def test_the_session_that_is_given_stays_as_it_is() -> None:
    session = planted()
    redact(session, ALL)
    assert session == planted()


def test_off_hides_nothing_and_changes_nothing() -> None:
    session = planted()
    assert redact(session, Redaction.of("off"))[0] is session


def test_hiding_twice_is_hiding_once() -> None:
    once, _ = redact(planted(), ALL)
    twice, report = redact(once, ALL)
    assert twice == once
    assert report.secrets == []


def test_a_placeholder_that_was_said_is_given_to_nothing_else() -> None:
    assert hidden(f"[redacted:email-1] {EMAIL}") == "[redacted:email-1] [redacted:email-2]"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "custom"])
def test_one_kind_hides_that_kind_only(kind: str) -> None:
    _, report = redact(said(EVERYTHING, f'{{"secret": "{"x7Kq" * 6}"}}'), Redaction.of(kind))
    assert {secret.kind for secret in report.secrets} == {kind}


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(InvalidOption, match="redact"):
        Redaction.of("secrets,nonsense")


def test_a_pattern_of_ones_own_is_hidden_as_custom() -> None:
    assert hidden("ticket ABC-123, abc-123", "off", patterns=["[A-Z]+-[0-9]+"]) == "ticket [redacted:custom-1], abc-123"


def test_a_pattern_that_is_none_is_refused_by_its_name() -> None:
    with pytest.raises(InvalidOption) as caught:
        redact(said("x"), Redaction(patterns=("(",)))
    assert caught.value.params["option"] == "redact-pattern"


def test_a_pattern_that_matches_nothing_at_every_place_hides_nothing() -> None:
    assert hidden("abc", "off", patterns=["x*"]) == "abc"


def test_overlapping_hits_are_hidden_as_one() -> None:
    assert hidden("abcdef", "off", patterns=["abcd", "cdef"]) == "[redacted:custom-1]"


def test_a_session_loses_the_document_that_it_came_from() -> None:
    data = b"".join(py_export.write(planted(), "json"))
    unknown = data.replace(b'"session": {', f'"ours": "{ANTHROPIC}", "session": {{'.encode(), 1)
    found = py_export.convert(unknown, "json", redact="all")
    assert ANTHROPIC.encode() not in found
    assert ANTHROPIC.encode() in py_export.convert(unknown, "json")


@settings(max_examples=40, deadline=None)
@given(SESSIONS, st.sampled_from([*PLANTED[:8]]), st.integers(0, 3))
def test_no_planted_secret_survives_beside_whatever_else_a_session_holds(
    session: Session, secret: str, at: int
) -> None:
    text = {PASSWORD: f"--password {PASSWORD}", USER: f"/home/{USER}"}.get(secret, secret)
    session.messages.insert(
        min(at, len(session.messages)), Message(id="planted", role="user", blocks=[Text(f"a {text} b")])
    )
    after, _ = redact(session, ALL)
    again, report = redact(after, ALL)
    assert secret not in b"".join(py_export.write(after, "json")).decode()
    assert again == after
    assert not report.secrets


def test_a_session_with_nothing_to_hide_only_loses_its_document() -> None:
    (session,) = py_export.read(b"".join(py_export.write(said("nothing"), "json")))
    assert session.document is not None
    assert redact(session, ALL)[0] == replace(session, document=None)


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for item in inner for text in _strings(item)]


def _shape(value: object) -> object:
    """Return a JSON value with every string that may hold a secret blanked, keys of paths too."""
    if isinstance(value, dict):
        return [
            (key if "/" not in key else "", item if key in ("id", "type", "role", "kind") else _shape(item))
            for key, item in value.items()
        ]
    if isinstance(value, list):
        return [_shape(item) for item in value]
    return "" if isinstance(value, str) else value
