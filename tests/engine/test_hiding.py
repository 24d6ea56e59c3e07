"""Hiding on the device: what is asked about beforehand is what an export hides, and what is kept stays."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile

import pytest

import py_export
from py_export.transforms.redact import KINDS, Redaction, Redactor
from py_export.writers import OF_SESSIONS
from tests.checkout import ROOT
from tests.engine.bridging import AT, asked, exported, opened
from tests.unit.transforms.redact.planted import AWS, EMAIL, GITHUB, PLANTED, planted
from tests.unit.transforms.redact.saying import said
from tests.unit.writers.readable import readable

ALL = {"kinds": ["private-key", "api-key", "token", "password", "secret", "email", "phone", "user"]}
ONE = b"".join(py_export.write(planted(), "json"))


def document(*texts: str) -> bytes:
    """Return a file in which this was said."""
    return b"".join(py_export.write(said(*texts), "json"))


@pytest.mark.parametrize("to", [writer.id for writer in OF_SESSIONS if not writer.binary])
def test_an_export_hides_what_the_library_hides(to: str) -> None:
    data, report = exported(opened({"": ONE}), to, redact=ALL)
    assert data == py_export.convert(ONE, to, redact="all", exported_at=AT)
    assert not [secret for secret in PLANTED if secret in readable(data)]
    assert {each["params"]["kind"] for each in report["notices"] if each["code"] == "redacted"} == set(ALL["kinds"]) - {
        "secret"
    }
    assert "ada" not in report["filename"]


def test_the_preview_begins_as_the_export() -> None:
    file = opened({"": ONE})
    wanted = {"to": "markdown", "redact": ALL}
    shown = json.loads(file.preview(json.dumps(wanted), 1 << 20))
    assert shown["text"].encode() == exported(file, "markdown", redact=ALL)[0]
    # Nothing that was asked for before is taken for it.
    assert AWS in json.loads(file.preview(json.dumps({"to": "markdown"}), 1 << 20))["text"]


def test_only_what_is_selected_is_looked_at() -> None:
    file = opened({"": document(f"a {EMAIL}", "b x@y.org")})
    (hit,) = asked(file, select={"range": [2, 2]}, redact=ALL)["hits"]
    assert (hit["placeholder"], hit["text"]) == ("[redacted:email-1]", "x@y.org")
    assert hit["places"] == [{"session": 0, "message": 2, "before": "b ", "text": "x@y.org", "after": ""}]
    assert b"b [redacted:email-1]" in exported(file, "text", select={"range": [2, 2]}, redact=ALL)[0]


def test_what_is_asked_about_is_what_is_hidden_and_what_is_kept_stays() -> None:
    file = opened({"": ONE})
    told = asked(file, redact=ALL)
    assert {hit["kind"] for hit in told["hits"]} == set(ALL["kinds"]) - {"secret"}
    order = [KINDS.index(hit["kind"]) for hit in told["hits"]]
    assert order == sorted(order)
    data = exported(file, "json", redact=ALL)[0].decode()
    assert all(hit["placeholder"] in data and hit["text"] not in data for hit in told["hits"])
    assert all(1 <= len(hit["places"]) <= 3 and hit["count"] >= len(hit["places"]) for hit in told["hits"])
    kept = next(hit for hit in told["hits"] if hit["text"] == EMAIL)
    keeping = ALL | {"keep": [kept["id"]]}
    data = exported(file, "json", redact=keeping)[0].decode()
    assert EMAIL in data
    assert GITHUB not in data
    again = asked(file, redact=keeping)
    assert (again["hits"], again["notices"]) == (told["hits"], told["notices"]), "what is kept is listed as well"
    places = {hit["placeholder"]: hit["count"] for hit in told["hits"]}
    del places[kept["placeholder"]]
    (session,) = again["report"]["sessions"]
    assert {hidden["placeholder"]: hidden["count"] for hidden in session["hidden"]} == places
    assert not [secret for secret in PLANTED if secret in json.dumps(again["report"])]


def test_an_id_stays_whatever_is_selected() -> None:
    file = opened({"": document(f"a {EMAIL}", "b x@y.org")})
    (alone,) = asked(file, select={"range": [2, 2]}, redact=ALL)["hits"]
    ids = {hit["text"]: hit["id"] for hit in asked(file, redact={"kinds": ["email"]})["hits"]}
    assert ids["x@y.org"] == alone["id"]


def test_several_sessions_share_their_placeholders_and_are_shown_together() -> None:
    files = {"a.json": document(f"a {EMAIL}"), "b.json": document("b x@y.org", f"c {EMAIL} and {EMAIL}")}
    file = opened(files)
    hits = asked(file, sessions=[0, 1], redact=ALL)["hits"]
    assert [(hit["text"], hit["placeholder"], hit["count"]) for hit in hits] == [
        (EMAIL, "[redacted:email-1]", 3),
        ("x@y.org", "[redacted:email-2]", 1),
    ]
    assert [(place["session"], place["message"]) for place in hits[0]["places"]] == [(0, 1), (1, 2), (1, 2)]
    data, report = exported(file, "text", [0, 1], redact=ALL | {"keep": [hits[1]["id"]]})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first, second = (archive.read(name).decode() for name in archive.namelist())
    assert "a [redacted:email-1]" in first
    assert "b x@y.org" in second
    assert "c [redacted:email-1] and [redacted:email-1]" in second
    assert [(each["params"], each["count"]) for each in report["notices"] if each["code"] == "redacted"] == [
        ({"kind": "email"}, 3)
    ]


@pytest.mark.parametrize("to", ["json", "jsonl"])
def test_one_document_of_several_sessions_hides_as_well(to: str) -> None:
    files = {"a.json": document(f"a {EMAIL}"), "b.json": document(f"b x@y.org {EMAIL}")}
    data, _ = exported(opened(files), to, [0, 1], together=True, redact=ALL)
    redactor = Redactor(Redaction.of("all"))
    sessions = [redactor.redact(py_export.read(one, exported_at=AT)[0])[0] for one in files.values()]
    assert b"a [redacted:email-1]" in data
    assert b"b [redacted:email-2] [redacted:email-1]" in data
    if to == "jsonl":
        assert data == b"".join(b"".join(py_export.write(session, to)) for session in sessions)


def test_what_is_no_message_has_no_number() -> None:
    session = said("nothing")
    session.title = f"Mail from {EMAIL}"
    (hit,) = asked(opened({"": b"".join(py_export.write(session, "json"))}), redact=ALL)["hits"]
    assert hit["places"] == [{"session": 0, "message": None, "before": "Mail from ", "text": EMAIL, "after": ""}]


def test_a_pattern_of_ones_own_finds_and_one_that_is_none_is_refused() -> None:
    file = opened({"": document("ticket ABC-123")})
    (hit,) = asked(file, redact={"kinds": [], "patterns": ["[A-Z]+-[0-9]+"]})["hits"]
    assert (hit["kind"], hit["group"], hit["text"]) == ("custom", "custom", "ABC-123")
    wrong = {"kinds": [], "patterns": ["("]}
    for told in (asked(file, redact=wrong), exported(file, "json", redact=wrong)[1]):
        assert (told["failure"]["code"], told["failure"]["params"]["option"]) == ("invalid_option", "redact-pattern")
    assert asked(file, redact={"kinds": ["nonsense"]})["failure"]["code"] == "invalid_option"


def test_a_pattern_that_is_none_is_wrong_for_all_sessions() -> None:
    file = opened({"a.json": document("a"), "b.json": document("b")})
    _, report = exported(file, "json", [0, 1], redact={"kinds": [], "patterns": ["("]})
    assert report["failure"]["code"] == "invalid_option"


def test_no_more_than_five_hundred_are_listed_and_the_rest_is_said() -> None:
    file = opened({"": document(" ".join(f"u{number}@x.org" for number in range(620)) + f" {AWS}")})
    told = asked(file, redact=ALL)
    assert len(told["hits"]) == 500
    assert told["hits"][0]["text"] == AWS, "what weighs most is listed first"
    assert [(each["code"], each["count"]) for each in told["notices"]] == [("redaction_unlisted", 121)]
    assert b"@x.org" not in exported(file, "json", redact=ALL)[0]


def test_who_hides_nothing_loads_nothing_that_finds_it() -> None:
    script = (
        "import json, sys\n"
        "from tests.engine.bridging import exported, opened\n"
        f"file = opened({{'': {document('a')!r}}})\n"
        "exported(file, 'markdown'), file.preview(json.dumps({'to': 'markdown'}), 100)\n"
        "print(*sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - ours
    loaded = done.stdout.split()
    assert "py_export_bridge.file" in loaded
    assert [name for name in loaded if name.endswith("hiding") or "redact" in name] == []
