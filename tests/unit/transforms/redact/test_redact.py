"""Hiding: what stays, what goes, under which name; and taking it back."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import py_export
from py_export.errors import InvalidOption
from py_export.model import File, Image, Message, Session, Text
from py_export.notices import Notices
from py_export.schema import plain
from py_export.transforms.redact import KINDS, Redaction, Redactor, as_json, redact
from tests.unit.sessions import SESSIONS
from tests.unit.transforms.redact.planted import (
    ANTHROPIC,
    AWS,
    EMAIL,
    EVERYTHING,
    GITHUB,
    PASSWORD,
    PHONE,
    PLANTED,
    PRIVATE_KEY,
    USER,
    planted,
)

ALL = Redaction.of("all")


def said(*texts: str) -> Session:
    """Return a session in which this was said, message by message."""
    return Session(
        id="s", messages=[Message(id=str(at), role="user", blocks=[Text(one)]) for at, one in enumerate(texts)]
    )


def texts(session: Session) -> list[str]:
    """Return what was said."""
    return [block.text for message in session.messages for block in message.blocks if isinstance(block, Text)]


def hidden(text: str, kinds: str = "all", **more: list[str]) -> str:
    """Return a text as it is after hiding."""
    (found,) = texts(redact(said(text), Redaction.of(kinds, **more))[0])
    return found


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


def test_every_hit_is_shown_beforehand_and_the_others_around_it_are_not() -> None:
    _, report = redact(said(f"from {EMAIL} to {PHONE} now\nnext line"), ALL, hits=True)
    first, second = report.hits
    assert (first.before, first.text, first.after) == ("from ", EMAIL, " to [redacted:phone-1] now")
    assert (second.id, second.before, second.place) == (
        "phone-1.1",
        "from [redacted:email-1] to ",
        "messages[0].blocks[0].text",
    )


def test_a_hit_that_is_undone_stays_and_the_others_keep_their_names() -> None:
    session = said(f"{EMAIL} {AWS}", f"again {EMAIL}")
    assert texts(redact(session, Redaction.of("all", keep=["email-1.2"]))[0]) == [
        "[redacted:email-1] [redacted:api-key-1]",
        f"again {EMAIL}",
    ]
    assert texts(redact(session, Redaction.of("all", keep=["[redacted:email-1]"]))[0]) == [
        f"{EMAIL} [redacted:api-key-1]",
        f"again {EMAIL}",
    ]


def test_undoing_every_hit_gives_the_session_back() -> None:
    session = planted()
    _, report = redact(session, ALL, hits=True)
    undone, after = redact(session, Redaction.of("all", keep=[hit.id for hit in report.hits]), hits=True)
    assert undone == session
    assert after.secrets == []
    assert [hit.place for hit in after.hits] == [hit.place for hit in report.hits]
    assert all(hit.kept and hit.place for hit in after.hits)


def test_a_hit_says_at_how_many_places_its_text_stands() -> None:
    session = said(f"mail {EMAIL}")
    session.messages[0].source = {"content": f"mail {EMAIL}"}
    _, report = redact(session, ALL, hits=True)
    assert [(hit.place, hit.places) for hit in report.hits] == [("messages[0].blocks[0].text", 2)]


def test_the_report_counts_and_never_quotes() -> None:
    _, report = redact(planted(), ALL)
    told = json.dumps(as_json([("session-1", report)]))
    assert not [secret for secret in PLANTED if secret in told]
    assert report.counts()["email"] == sum(len(secret.places) for secret in report.secrets if secret.kind == "email")
    assert "messages[1].blocks[2].result.data[*].password" in told


def test_notices_count_what_was_hidden_by_kind() -> None:
    notices = Notices()
    redact(said(f"{EMAIL} {EMAIL} {AWS}"), ALL, notices)
    assert {(notice.params["kind"], notice.count) for notice in notices} == {("email", 2), ("api-key", 1)}


def test_a_text_that_is_packed_as_base64_is_looked_into_and_packed_again() -> None:
    data = base64.b64encode(EVERYTHING.encode()).decode()
    session = said("x")
    session.messages[0].blocks.append(File(name="a.txt", media_type="text/plain", data=data))
    session.messages[0].source = {"source": {"type": "base64", "data": data}}
    after, _ = redact(session, ALL)
    block = after.messages[0].blocks[1]
    assert isinstance(block, File)
    found = base64.b64decode(block.data or "").decode()
    assert not [secret for secret in PLANTED if secret in found]
    assert "[redacted:" in found
    assert after.messages[0].source["source"]["data"] == block.data


def test_bytes_that_are_no_text_stay_and_are_counted() -> None:
    data = base64.b64encode(bytes(range(256)) * 8).decode()
    session = said("x")
    session.messages[0].blocks.append(Image(data=data))
    notices = Notices()
    after, report = redact(session, ALL, notices)
    assert after.messages == session.messages
    assert report.unseen == 1
    assert "redaction_unseen" in notices


def test_what_a_name_gives_away_is_hidden_in_structures_too() -> None:
    session = said("x")
    session.messages[0].source = {
        "password": "tr0ub4dor",
        "headers": {"Authorization": "Bearer abc123def456"},
        "env": [{"name": "API_KEY", "value": "q8Zk2Lm4Xv6Bn0Qw"}],
        "args": ["--token", "p9Yj3Kn5Wu7Vm1Rs", "--verbose", "yes"],
        "usage": {"inputTokens": 12, "nextPageToken": "CAUQAA12345"},
    }
    after = redact(session, ALL)[0].messages[0].source
    assert after["password"] == "[redacted:password-1]"  # noqa: S105 - a placeholder
    assert after["headers"]["Authorization"] == "Bearer [redacted:token-1]"
    assert after["env"][0] == {"name": "API_KEY", "value": "[redacted:secret-1]"}
    assert after["args"] == ["--token", "[redacted:token-2]", "--verbose", "yes"]
    assert after["usage"] == session.messages[0].source["usage"]


def test_two_keys_that_become_one_are_both_kept() -> None:
    session = said(f"/home/{USER}/x")
    session.messages[0].source = {f"/home/{USER}": 1, "/home/[redacted:user-1]": 2}
    found = redact(session, ALL)[0].messages[0].source
    assert sorted(found.values()) == [1, 2]
    assert USER not in str(found)


def test_a_key_cut_into_lines_is_hidden_line_by_line() -> None:
    session = said(PRIVATE_KEY)
    session.messages[0].source = {"lines": PRIVATE_KEY.split("\n")}
    lines = redact(session, ALL)[0].messages[0].source["lines"]
    assert all("b3BlbnNza" not in line and "QyNTUxOQAAACBLr6" not in line for line in lines)


def test_several_sessions_share_their_placeholders() -> None:
    redactor = Redactor(ALL)
    first, _ = redactor.redact(said(f"{EMAIL} PASSWORD={PASSWORD}"))
    second, _ = redactor.redact(said(f"{PASSWORD} x@y.org {EMAIL}"))
    assert texts(first) == ["[redacted:email-1] PASSWORD=[redacted:password-1]"]
    assert texts(second) == ["[redacted:password-1] [redacted:email-2] [redacted:email-1]"]


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
