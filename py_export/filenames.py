"""The names of exported files; the only place that makes one."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import groupby, islice

from wcwidth import iter_graphemes

from py_export import times, unicode_table
from py_export.model import Session
from py_export.options import Naming, Options
from py_export.writers import Writer

MOST_BYTES = 120
"""The longest name, in UTF-8 bytes, before its extension. File systems take 255; synchronised folders take less."""

_MOST_READ = 4096
"""Characters of a title or an id that are looked at; a name needs no more."""

_ID_LENGTH, _ID_BYTES = 8, 32
_NO_TITLE = "session"
_JOINERS = "\u200c\u200d"
_WORD = re.compile("s[sm]*(?:js[sm]*)*")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])\Z")
"""Windows: Naming Files, Paths, and Namespaces. With or without an extension, these are devices."""


def filename(session: Session, writer: Writer, options: Options | None = None, pattern: str | None = None) -> str:
    """
    Return a session's file name, the same on every runtime: as the options have it, else as the format does.

    A ``pattern`` of the caller's own (``filename_pattern``) goes before both.

    ``title-id-date``: ``{title-slug}-{id, 8 characters}-{YYYY-MM-DD}.{ext}``, the UTC date of ``exported_at``.
    ``title-date``: ``{title-slug}-{YYYYMMDD}.{ext}``, the UTC date of ``created_at``.
    ``export-chat``: ``export_chat-{YYYYMMDD-HHMMSS}.{ext}``, the UTC time of ``exported_at``, for a part of it too.
    ``changes``: ``changes-{id}.{ext}``.
    ``session-id``: ``session_{id}.{ext}``, else ``session_{timestamp}.{ext}``.

    What is unknown is left out. Where the format's row has a suffix, the name ends in ``-{suffix}.{ext}``. A part of a
    session says which: ``…-{from}-{to}.{ext}``. A zip of a document and what lies beside it is named as that is.
    """
    extension, _ = writer.made(options)
    return f"{_stem(session, writer, options, pattern)}.{extension}"


def document_name(session: Session, writer: Writer, options: Options | None = None, pattern: str | None = None) -> str:
    """Return the name of the document itself, which is the file's own where nothing lies beside it."""
    return f"{_stem(session, writer, options, pattern)}.{writer.extension}"


def filename_of_settings(exported_at: int | None) -> str:
    """Return the name of a settings file: ``sidepanel-settings-{YYYYMMDD}.json``, the UTC date."""
    day = _date(exported_at).replace("-", "")
    return f"sidepanel-settings{day and f'-{day}'}.json"


def pieces(session: Session) -> dict[str, str]:
    """Return what a pattern may name of a session, each as it stands in a name; what is unknown is empty."""
    at = session.exported_at
    clock = "" if at is None or abs(at) > times.LAST else times.iso(at).partition("T")[2][:8].replace(":", "")
    return {
        "title": slug((session.title or "")[:_MOST_READ]),
        "id": _id(session),
        "date": _date(at),
        "time": clock,
        "created": _date(_began(session)),
        "app": slug((session.source.app or "")[:_MOST_READ]),
        "model": _safe((session.model or "")[:_MOST_READ]),
        "part": _part(session),
    }


def joined(filled: Sequence[str], longest: int) -> str:
    """
    Return pieces as one name, whatever they hold; never empty, never a path, never a device.

    Args:
        filled: Text of the pattern and what its places hold, by turns.
        longest: Which of them gives way where all of it is too long.
    """
    room = MOST_BYTES - sum(len(piece.encode("utf-8")) for at, piece in enumerate(filled) if at != longest)
    fitting = [_cut(piece, max(room, 0)) if at == longest else piece for at, piece in enumerate(filled)]
    name = re.sub("-{2,}", "-", "".join(fitting)).strip("-._ ")
    name = _cut(_kept(name), MOST_BYTES).strip("-._ ") or _NO_TITLE
    return f"{_NO_TITLE}-{name}" if _RESERVED.match(name.partition(".")[0].lower()) else name


def _kept(name: str) -> str:
    return "".join(letter if letter in "._-" or _kind(letter) in "sm" else "-" for letter in name)


def _stem(session: Session, writer: Writer, options: Options | None, pattern: str | None) -> str:
    if pattern:
        from py_export import filename_pattern  # noqa: PLC0415 - few have a pattern of their own

        return _suffixed(filename_pattern.stem(pattern, session, writer.id), writer)
    naming = (options.naming if options is not None else None) or writer.naming
    return _suffixed(_NAMINGS[naming](session), writer)


def filename_of_several(count: int, extension: str, exported_at: int | None, writer: Writer | None = None) -> str:
    """
    Return the name of a file that holds several sessions: ``sessions-{count}-{YYYY-MM-DD}.{ext}``, the UTC date.

    ``writer`` is that of the one document that they are; a zip of documents has none.
    """
    parts = ("sessions", str(count), _date(exported_at))
    stem = "-".join(part for part in parts if part)
    return f"{stem if writer is None else _suffixed(stem, writer)}.{extension}"


def _suffixed(stem: str, writer: Writer) -> str:
    return f"{stem}-{writer.suffix}" if writer.suffix else stem


def _title_id_date(session: Session) -> str:
    return _titled(session, _id(session), _date(session.exported_at), _part(session))


def _title_date(session: Session) -> str:
    return _titled(session, _date(_began(session)).replace("-", ""), _part(session))


def _titled(session: Session, *parts: str) -> str:
    tail = "-".join(part for part in parts if part)
    room = MOST_BYTES - len(tail.encode("utf-8")) - 1
    title = _cut(slug((session.title or "")[:_MOST_READ]), room) or _NO_TITLE
    stem = f"{title}-{tail}" if tail else title
    return f"{_NO_TITLE}-{stem}" if _RESERVED.match(stem) else stem


def _session_id(session: Session) -> str:
    part = f"-{part}" if (part := _part(session)) else ""
    room = MOST_BYTES - len(_NO_TITLE) - len("_") - len(part)
    name = _cut(_safe(session.id[:_MOST_READ]), room) or _timestamp(session)
    return _NO_TITLE + (f"_{name}" if name else "") + part


def _changes(session: Session) -> str:
    part = f"-{part}" if (part := _part(session)) else ""
    name = _cut(_safe(session.id[:_MOST_READ]), MOST_BYTES - len("changes-") - len(part))
    return "changes" + (f"-{name}" if name else "") + part


def _export_chat(session: Session) -> str:
    at = session.exported_at
    if at is None or abs(at) > times.LAST:
        return "export_chat"
    date, _, clock = times.iso(at).partition("T")
    return f"export_chat-{date.replace('-', '')}-{clock[:8].replace(':', '')}"


def _safe(name: str) -> str:
    """Return an id with a dash for whatever a file system might take for something else."""
    kept = "".join(letter if letter in "._-" or _kind(letter) in "sm" else "-" for letter in name)
    return _normal(re.sub("-{2,}", "-", kept)).strip("-.")


def _timestamp(session: Session) -> str:
    began = _began(session)
    return "" if began is None or abs(began) > times.LAST else times.rfc3339(began).replace(":", "-")


def _began(session: Session) -> int | None:
    """Return when the session began: as it says, else by its first message that has a time."""
    if session.created_at is not None:
        return session.created_at
    return next((one.created_at for one in session.messages if one.created_at is not None), None)


def slug(text: str) -> str:
    """
    Return a text's words, in small letters, with single dashes between them.

    Letters, marks and numbers of every script survive; any other run is a dash. A joiner inside a word stays: in
    Persian or Sinhala it is part of how the word is spelled.
    """
    kinds = "".join(map(_kind, text))
    words = (text[match.start() : match.end()] for match in _WORD.finditer(kinds))
    return "-".join(_normal(_lower(word)) for word in words)


def _kind(character: str) -> str:
    """Return what a character is in a word: a ``s``tart, a ``m``ark, a ``j``oiner, or no part of one."""
    if _within("STARTS", character):
        return "s"
    if _within("MARKS", character):
        return "m"
    return "j" if character in _JOINERS else "-"


def _lower(word: str) -> str:
    """Return a word in small letters, by one table: str.lower() knows more letters with each version of Python."""
    # The first character of a letter's small form is its simple one: only İ has a longer, with a dot twice over.
    letters = [_new_lower().get(letter) or letter.lower()[0] for letter in word]
    if len(word) > 1 and word[-1] == "Σ":
        letters[-1] = "ς"
    return "".join(letters)


def _normal(word: str) -> str:
    """Return a word in NFC; a letter that Unicode 14 does not have stays, as only later Pythons could compose it."""
    parts = groupby(word, partial(_within, "NEW"))
    return "".join("".join(part) if new else unicodedata.normalize("NFC", "".join(part)) for new, part in parts)


def _id(session: Session) -> str:
    clusters = "".join(islice(iter_graphemes(slug(session.id[:_MOST_READ])), _ID_LENGTH))
    return _cut(clusters.strip("-"), _ID_BYTES)


def _date(moment: int | None) -> str:
    return "" if moment is None or abs(moment) > times.LAST else slug(times.day(moment))


def _part(session: Session) -> str:
    part = session.range
    if part is None or (part.from_ <= 1 and part.to >= part.of):
        return ""
    return f"{part.from_}-{part.to}"


def _cut(text: str, room: int) -> str:
    """Return as many whole grapheme clusters as take at most ``room`` bytes, without a dash at the end."""
    if len(text.encode("utf-8")) <= room:
        return text
    kept = ""
    for cluster in iter_graphemes(text):
        room -= len(cluster.encode("utf-8"))
        if room < 0:
            break
        kept += cluster
    return kept.rstrip("-")


def _within(table: str, character: str) -> bool:
    return bisect_right(_bounds(table), ord(character)) % 2 == 1


@cache
def _bounds(table: str) -> tuple[int, ...]:
    """Return where a table's ranges start and where they have ended, by turns."""
    ranges = (item.partition("-") for item in getattr(unicode_table, table).split())
    return tuple(bound for first, _, last in ranges for bound in (int(first, 16), int(last or first, 16) + 1))


@cache
def _new_lower() -> dict[str, str]:
    pairs = (pair.split("-") for pair in unicode_table.NEW_LOWER.split())
    return {chr(int(capital, 16)): chr(int(small, 16)) for capital, small in pairs}


_NAMINGS: dict[Naming, Callable[[Session], str]] = {
    "title-id-date": _title_id_date,
    "title-date": _title_date,
    "session-id": _session_id,
    "export-chat": _export_chat,
    "changes": _changes,
}
