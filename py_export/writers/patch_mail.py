"""One turn's commit as a mail of a mailbox, as ``git am`` takes it."""

from __future__ import annotations

import re
from base64 import b64encode

from py_export.jsontext import encoded
from py_export.l10n import translate
from py_export.model import Session, Text
from py_export.patch_options import PatchOptions
from py_export.times import LAST, iso
from py_export.transforms.changes import Turn
from py_export.writers.patch_file import difference

_FROM = b"From " + b"0" * 40 + b" Mon Sep 17 00:00:00 2001\n"
"""How a mailbox's mails begin; git writes this date into each."""

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_LONGEST = 72
"""Characters of a subject; a request that is longer stands in the message as a whole."""

_WORD = 45
"""Bytes of one encoded word, whose base64 takes 60 characters."""

_LAST_YEAR = 2099
"""Git's last; and its first is 1970."""

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_BREAKS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_TAKEN_OFF = re.compile(r"(?:\s|:|re:|\[[^\]]*\])*", re.IGNORECASE)
"""What git takes off the beginning of a subject."""

_PLAIN = re.compile(r"[\x20-\x7e]*")
_NAME = re.compile(r"[A-Za-z0-9 _-]+")
_TO_ENCODE = re.compile(rb"[^\x20-\x3c\x3e-\x7e\t\n]|[ \t](?=\n|\Z)")
_SOFT = 72


def mail(turn: Turn, number: int, session: Session, options: PatchOptions) -> bytes:
    """Return a turn's mail: who, when, what was asked for, and the differences."""
    patch = b"".join(map(difference, turn.differences))
    subject, message = _words(turn, number, options.locale)
    body = encoded("".join(f"> {line}".rstrip() + "\n" for line in message)) + b"\n" if message else b""
    body += b"---\n\n" + patch + b"\n"
    packed = b"\r" in body or b"\0" in body
    head = [
        f"From: {_author(session, options)}",
        f"Date: {_date(turn, session, options.timezone)}",
        f"Subject: [PATCH] {_header(subject)}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        f"Content-Transfer-Encoding: {'quoted-printable' if packed else '8bit'}",
    ]
    return _FROM + "\n".join(head).encode() + b"\n\n" + (_quoted_printable(body) if packed else body)


def _words(turn: Turn, number: int, locale: str) -> tuple[str, list[str]]:
    """Return the subject, and the request's lines where the subject does not say all of it."""
    blocks = [] if turn.request is None else turn.request.blocks
    said = _UNSEEN.sub("\ufffd", "\n\n".join(block.text for block in blocks if isinstance(block, Text)))
    lines = [line.expandtabs(4) for line in _BREAKS.split(said.strip())]
    first = " ".join(next((line for line in lines if line.strip()), "").split())
    taken = _TAKEN_OFF.match(first)
    kept = first[taken.end() :] if taken else first
    subject = kept if len(kept) <= _LONGEST else _cut(kept)
    whole = [subject] == lines
    return subject.strip() or translate("patch.turn", locale, number=number), [] if whole or not said.strip() else lines


def _cut(text: str) -> str:
    """Return as many words of a long text as a subject holds."""
    words = text[:_LONGEST].rpartition(" ")[0] or text[:_LONGEST]
    return f"{words.rstrip()} ..."


def _author(session: Session, options: PatchOptions) -> str:
    if options.author:
        name, _, address = options.author.rpartition("<")
        return f"{_name(name.strip())} <{_ascii(address)}"
    app = " ".join(re.sub(r"[^\w -]", " ", session.source.app or "").split())[:64] or "agent"
    slug = re.sub(r"[^a-z0-9]+", "-", app.lower()).strip("-") or "agent"
    return f"{_name(app)} <{slug}@agent.invalid>"


def _ascii(address: str) -> str:
    return address.encode("ascii", "backslashreplace").decode()


def _name(name: str) -> str:
    return name if _NAME.fullmatch(name) else _encoded_words(name)


def _header(text: str) -> str:
    """Return a text as a header holds it, RFC 2047: as it is, or in encoded words."""
    return text if _PLAIN.fullmatch(text) and "=?" not in text else _encoded_words(text)


def _encoded_words(text: str) -> str:
    words: list[str] = []
    held = b""
    for letter in text:
        data = encoded(letter)
        if len(held) + len(data) > _WORD:
            words.append(b64encode(held).decode())
            held = b""
        held += data
    words.append(b64encode(held).decode())
    return "\n ".join(f"=?UTF-8?B?{word}?=" for word in words)


def _date(turn: Turn, session: Session, timezone: str) -> str:
    """Return when the last of it was changed, else the first time that is known, as RFC 5322 has it."""
    known = (turn.at, turn.request.created_at if turn.request else None, session.created_at, session.updated_at)
    at = next((one for one in known if one is not None and 0 <= one <= LAST), 0)
    text = iso(at, timezone)
    if not re.match(r"\d{4}-", text) or not 1970 <= int(text[:4]) <= _LAST_YEAR:  # noqa: PLR2004 - as above
        text = iso(0)
    year, month, day = text[:10].split("-")
    zone = text[23:].replace(":", "") if text[23:] != "Z" else "+0000"
    return f"{int(day)} {_MONTHS.split()[int(month) - 1]} {year} {text[11:19]} {zone}"


def _quoted_printable(body: bytes) -> bytes:
    """Return a body, RFC 2045: so that no program on the way takes the carriage returns for its own."""
    lines: list[bytes] = []
    for line in _TO_ENCODE.sub(lambda found: b"=%02X" % found[0][0], body).split(b"\n"):
        at = 0
        while len(line) - at > _SOFT:
            end = at + _SOFT
            cut = line.rfind(b"=", end - 2, end)
            end = cut if cut > at else end
            lines.append(line[at:end] + b"=")
            at = end
        lines.append(line[at:])
    return b"\n".join(lines)
