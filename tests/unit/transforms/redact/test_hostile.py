"""Texts made to take long, or to break what is around the placeholder: time grows with length, and nothing breaks."""

from __future__ import annotations

import time

import pytest

from py_export.model import Message, Session, Text
from py_export.transforms.redact import Redaction, redact
from tests.unit.transforms.redact.saying import said, texts

SIZE = 1_000_000
LONGEST = 12.0
"""Seconds of computing for a megabyte on a slow machine: what is quadratic takes hours."""

PARTS = {
    "one letter": "a",
    "letters that keys are made of": "sk-ant-",
    "beginnings of tokens": "eyJ.",
    "dots": ".",
    "at signs": "@",
    "addresses without an end": "a@b.",
    "digits": "1",
    "digits and dashes": "415-555-",
    "plus signs": "+1 ",
    "brackets": "(",
    "spaces": " ",
    "names without values": "password",
    "names with names as values": "key=",
    "quotes": 'token="',
    "backslashes": "\\",
    "schemes": "://",
    "users": "://a:",
    "headers": "authorization: ",
    "cookies": "cookie: a=b",
    "beginnings of private keys": "-----BEGIN PRIVATE KEY-----",
    "a private key without an end": "-----BEGIN ",
    "homes": "/home/",
    "homes of many": "/home/u/",
    "Windows": "C:\\Users\\",
    "placeholders": "[redacted:email-1]",
    "halves of placeholders": "[redacted:",
    "percent signs": "%3D",
    "escapes": "\\u003d",
    "colours": "\x1b[32m",
    "strings' ends": "\0",
    "telephones": "phone: ",
    "a word for a password in Chinese": "密码:",
    "short names with names as values": "pat=",
    "prefixes of keys that are wide": "ya29.",
    "prefixes that ask for a mixture": "t1.",
    "webhooks": "discord.com/api/webhooks/",
    "accounts": "https://a@",
    "data without a beginning": ";base64,",
    "data without an end": "data:image/png;base64,",
    "beyond the plane": "\U0001f600@",
}


def seconds(session: Session) -> float:
    """Return how long hiding takes."""
    start = time.process_time()
    redact(session, Redaction.of("all"))
    return time.process_time() - start


@pytest.mark.parametrize("name", PARTS)
def test_a_megabyte_made_to_take_long_does_not(name: str) -> None:
    part = PARTS[name]
    assert seconds(said(part * (SIZE // len(part)))) < LONGEST


@pytest.mark.parametrize("value", ["a{}b@x{}.org", "/home/us3r{}x/", "PASSWORD=aaa{}x\n", "key='aaaaaaaa{}bbb9'\n"])
def test_many_secrets_take_no_longer_each(value: str) -> None:
    text = "".join(value.replace("{}", str(at)) for at in range(SIZE // 50))
    assert seconds(said(text, "aaa1x us3r5x " * 20_000)) < LONGEST


def test_showing_much_takes_no_longer_each() -> None:
    start = time.process_time()
    text = "a@b.org " * 50_000 + " ".join(f"u{at}@b.org" for at in range(20_000))
    _, report = redact(said(text), Redaction.of("all"), show=True)
    assert report.counts() == {"email": 70_000}
    assert time.process_time() - start < LONGEST


def test_secrets_that_begin_alike_are_all_hidden_the_longest_first() -> None:
    values = ["passw0rd" + "x" * length for length in range(100)]
    session, report = redact(
        said("".join(f"PASSWORD={value}\n" for value in values), " ".join(values)), Redaction.of("all")
    )
    assert len(report.secrets) == 100
    assert "passw0rd" not in " ".join(texts(session))


def test_what_is_deep_is_hidden_as_well() -> None:
    record: object = {"x": "ada@x.org"}
    for _ in range(190):
        record = [record]
    session = Session(id="s", messages=[Message(id="m", role="user", blocks=[Text("x")], source=record)])
    assert "ada@x.org" not in str(redact(session, Redaction.of("all"))[0])


def test_a_lone_surrogate_is_no_obstacle() -> None:
    session, _ = redact(said("\ud800 ada@x.org \udfff"), Redaction.of("all"))
    assert texts(session) == ["\ud800 [redacted:email-1] \udfff"]


def test_no_secret_is_pieced_together_from_two_strings() -> None:
    session = said("PASSWORD=", "x7Kq9Lm2Rt5Vw8Yz", "-----BEGIN PRIVATE KEY-----", "innocent words here")
    assert texts(redact(session, Redaction.of("all"))[0]) == texts(session)
