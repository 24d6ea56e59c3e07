"""What is said of what was found: to whoever judges it beforehand, and to whoever asks what was hidden."""

from __future__ import annotations

import json

import pytest

from py_export.notices import Notices
from py_export.transforms.redact import Redaction, Redactor, as_json, redact
from tests.unit.transforms.redact.planted import AWS, EMAIL, PASSWORD, PHONE, PLANTED, planted
from tests.unit.transforms.redact.saying import ALL, said, texts


def test_what_was_found_is_shown_beforehand_and_the_others_around_it_are_not() -> None:
    _, report = redact(said(f"from {EMAIL} to {PHONE} now\nnext line"), ALL, show=True)
    (first,), (second,) = (secret.shown for secret in report.secrets)
    assert (first.before, first.text, first.after) == ("from ", EMAIL, " to [redacted:phone-1] now")
    assert (second.before, second.text, second.after) == ("from [redacted:email-1] to ", PHONE, " now")
    assert second.place == "messages[0].blocks[0].text"


def test_what_was_found_is_shown_at_three_places_that_differ() -> None:
    session = said(f"a {EMAIL}", f"a {EMAIL}", f"b {EMAIL}", f"c {EMAIL}", f"d {EMAIL}")
    session.messages[0].source = {"content": f"a {EMAIL}"}
    (secret,) = redact(session, ALL, show=True)[1].secrets
    assert secret.count == len(secret.places) == 6
    assert [shown.before for shown in secret.shown] == ["a ", "b ", "c "]
    assert [shown.place for shown in secret.shown] == [f"messages[{at}].blocks[0].text" for at in (0, 2, 3)]


def test_nothing_is_shown_unless_asked() -> None:
    assert [secret.shown for secret in redact(planted(), ALL)[1].secrets if secret.shown] == []


@pytest.mark.parametrize("how", ["name", "placeholder", "key"])
def test_what_is_kept_stays_and_the_others_keep_their_names(how: str) -> None:
    session = said(f"{EMAIL} {AWS} x@y.org", f"again {EMAIL}")
    (secret, *_) = redact(session, ALL)[1].secrets
    keep = {"name": secret.name, "placeholder": f"[redacted:{secret.name}]", "key": secret.key}[how]
    found = texts(redact(session, Redaction.of("all", keep=[keep]))[0])
    assert found == [f"{EMAIL} [redacted:api-key-1] [redacted:email-2]", f"again {EMAIL}"]


def test_a_key_is_the_same_whatever_else_is_found() -> None:
    alone = redact(said(EMAIL), ALL)[1].secrets[0]
    second = redact(said(f"x@y.org {EMAIL}"), Redaction.of("email"))[1].secrets[1]
    assert (alone.name, second.name) == ("email-1", "email-2")
    assert alone.key == second.key


def test_keeping_everything_gives_the_session_back() -> None:
    session = planted()
    _, report = redact(session, ALL, show=True)
    keep = [secret.key for secret in report.secrets]
    undone, after = redact(session, Redaction.of("all", keep=keep), show=True)
    assert undone == session
    assert after.hidden == []
    assert after.counts() == {}
    assert [secret.shown for secret in after.secrets if not secret.shown] == []
    assert [(secret.name, secret.places) for secret in after.secrets] == [
        (secret.name, secret.places) for secret in report.secrets
    ]


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


def test_several_sessions_share_their_placeholders() -> None:
    redactor = Redactor(ALL)
    first, _ = redactor.redact(said(f"{EMAIL} PASSWORD={PASSWORD}"))
    second, _ = redactor.redact(said(f"{PASSWORD} x@y.org {EMAIL}"))
    assert texts(first) == ["[redacted:email-1] PASSWORD=[redacted:password-1]"]
    assert texts(second) == ["[redacted:password-1] [redacted:email-2] [redacted:email-1]"]
