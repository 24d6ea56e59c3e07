"""What is no plain text: names and values apart, keys, base64, ``data:`` addresses, records cut into lines."""

from __future__ import annotations

import base64

from py_export.model import File, Image
from py_export.notices import Notices
from py_export.transforms.redact import redact
from tests.unit.transforms.redact.planted import EMAIL, EVERYTHING, PLANTED, PRIVATE_KEY, USER
from tests.unit.transforms.redact.saying import ALL, hidden, said


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


def test_an_images_address_that_holds_its_bytes_stays_and_is_counted() -> None:
    letters = base64.b64encode(bytes(range(256)) * 8).decode()
    image = "data:image/png;base64," + "AKIA" + "QYLPMN5HXK2WD7VE/" + letters
    session = said(f"![mine]({image}) by {EMAIL}")
    session.messages[0].blocks.append(Image(url=image))
    notices = Notices()
    after, report = redact(session, ALL, notices)
    assert after.messages[0].blocks[1] == Image(url=image)
    assert hidden(f"![mine]({image}) by {EMAIL}") == f"![mine]({image}) by [redacted:email-1]"
    assert report.unseen == 2
    assert "redaction_unseen" in notices


def test_what_a_model_sealed_its_reasoning_with_is_no_attachment() -> None:
    session = said("x")
    session.messages[0].source = {"signature": base64.b64encode(bytes(range(256)) * 8).decode()}
    assert redact(session, ALL)[1].unseen == 0


def test_words_after_an_images_bytes_are_words() -> None:
    assert hidden(f"data:image/png;base64,iVBORw0KGgo= by {EMAIL}").endswith("= by [redacted:email-1]")


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
