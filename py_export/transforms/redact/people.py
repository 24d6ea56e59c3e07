"""Finds what says who a person is: e-mail addresses, telephone numbers, and the names in home folders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from py_export.transforms.redact.page import Found, Page, positions, skip_escape, starts_word
from py_export.transforms.redact.rules import table

_LOCAL = re.compile(r"[\w.+'-]{1,64}", re.ASCII)
_DOMAIN = re.compile(r"(?:[^\W_](?:[^\W_]|-){0,62}\.){1,8}(?:[A-Za-z]{2,24}|xn--[0-9a-z-]{2,40})(?![\w-])")
_USER_INFO = re.compile(r"://[\w.%+~!$&'*=:-]*\Z")
"""What stands before the "@" of an address on the web: no part of an e-mail address."""
_FILES = frozenset(table()["people"]["fileEndings"])
"""Ends of file names, as in ``icon@2x.png``, that are no top-level domains people have mail at."""

_END = r"(?![\w-])(?!\.[0-9])"
_PHONES = (
    # ITU-T E.164: "+", a country code, eight digits at least, fifteen at most
    re.compile(r"\+(?<![\w+)\]]\+)[1-9][0-9]{0,2}(?:[ .\-]?\(?[0-9]{1,5}\)?){1,5}[ .\-]?[0-9]{2,5}" + _END),
    # North America: (415) 555-2671, 415-555-2671, 1-415-555-2671
    re.compile(r"\((?<!\w\()[2-9][0-9]{2}\) ?[2-9][0-9]{2}[-. ][0-9]{4}" + _END),
    re.compile(r"[2-9](?<![\w.+/$=-].)[0-9]{2}([-.])[2-9][0-9]{2}\1[0-9]{4}" + _END),
    re.compile(r"1(?<![\w.+/$=-].)([-.])[2-9][0-9]{2}\1[2-9][0-9]{2}\1[0-9]{4}" + _END),
    # China: mobile numbers
    re.compile(
        r"1(?<![\w.+/$=&:\[(-].)(?<![=:] .)[3-9][0-9](?:[0-9]{8}|([ -])[0-9]{4}\1[0-9]{4})(?! ?(?:bytes|B|[mnu]s)\b)"
        + _END
    ),
    # France, the United Kingdom
    re.compile(
        r"0(?<![\w.+/$=:-].)(?<![0-9A-Fa-f]{2} .)[1-9]([ .])[0-9]{2}(?:\1[0-9]{2}){3}(?! [0-9A-Fa-f]{2}\b)" + _END
    ),
    re.compile(
        r"0(?<![\w.+/$=:-].)(?:20 [0-9]{4} [0-9]{4}|[1-9][0-9]{2} [0-9]{3} [0-9]{4}|[1-9][0-9]{3} [0-9]{6})" + _END
    ),
)
_DATE = re.compile(r"[ ]?[12][0-9]{3}-[01][0-9]-[0-3][0-9](?:[ ][0-2][0-9])?[ .)-]?")
"""A date and an hour as ISO 8601 has them: logs are full of those, and no telephone number is written so."""
_BEYOND = 8
"""Characters after a run of digits that tell whether it is a number to call."""
_MOBILE = 11
"""Digits of the only numbers that are written as digits alone."""
_DECIMAL = re.compile(r"\+[0-9]+\.[0-9]+")
_IN_PHONES = bytes(ord("x" if chr(each) in "0123456789 .()+-" else "\n") for each in range(256))
_NO_DIGITS = bytes(each for each in range(256) if chr(each) not in "0123456789")
_CALLED = (b"phone", b"mobile", b"cell", b"fax", b"tel")
_CALLED_BEYOND_ASCII = re.compile("\u7535\u8bdd|\u96fb\u8a71|\u624b\u673a|\u624b\u6a5f")
_NUMBER = re.compile(
    r"""\w{0,16}\\?["'`]?[ ]?[:=\uff1a][ ]?\\?["'`]?(?P<number>\+?\(?[0-9][0-9 ().\-/]{5,18}[0-9])(?![\w-])"""
)
_FEWEST, _MOST = 8, 15

_SLASHED = re.compile(r"/(?:home|Users)/(?P<name>[^\W_][\w.]{0,31}(?:-[\w.]{1,31}){0,3})")
_BACKSLASHED = re.compile(
    r"""\\Users\\{1,4}(?P<name>[^\\/:*?"<>|\r\n\0]{1,32}(?=\\)|[^\s\\/:*?"'<>|\0]{1,32})""", re.IGNORECASE
)
_DASHED = re.compile(r"-(?:home|Users)-(?P<name>[^\W_]{1,32})")
_ACCOUNT = re.compile(r"://(?P<name>[\w.+-]{1,64})@\w")
_HOMES = (
    (b"/home/", _SLASHED),
    (b"/users/", _SLASHED),
    (b"\\users\\", _BACKSLASHED),
    (b"-home-", _DASHED),
    (b"-users-", _DASHED),
)
"""How a home folder is written: as a path, as Windows does, and as agents name a project's folder by its path."""

_NOBODY = frozenset(table()["people"]["accounts"])
_WORDS = frozenset(table()["people"]["words"])
"""Names that are words too: hidden in paths, not wherever they stand."""


def find_emails(page: Page) -> Iterator[Found]:
    """Yield e-mail addresses."""
    text = page.text
    for place in positions(page.lower, b"@"):
        end = _domain_end(text, place + 1)
        if not end:
            continue
        before = _LOCAL.match(text[max(0, place - 64) : place][::-1])
        if before is None:
            continue
        start = skip_escape(text, place - before.end(), place)
        while start < place and text[start] in ".+'-":
            start += 1
        if start < place and text[start:place] != "git" and not _USER_INFO.search(text[max(0, start - 160) : place]):
            yield Found(start, end, "email", "email")


def _domain_end(text: str, start: int) -> int:
    """Return where a domain ends that people have mail at, 0 where there is none."""
    match = _DOMAIN.match(text, start)
    if match is None:
        return 0
    *labels, top = match[0].split(".")
    end = match.end()
    if top.lower() in _FILES:  # ada@example.org.png
        end -= len(top) + 1
        top = labels.pop()
    is_version = len(labels) > 1 and all(map(str.isdigit, labels))
    return end if labels and not top[0].isdigit() and not is_version else 0


def find_phones(page: Page) -> Iterator[Found]:
    """Yield telephone numbers."""
    text = page.text
    for start, end in _digits(page):
        for pattern in _PHONES:
            for match in pattern.finditer(text, start, end + _BEYOND):
                if _FEWEST <= sum(map(str.isdigit, match[0])) <= _MOST and not _DECIMAL.fullmatch(match[0]):
                    yield Found(match.start(), match.end(), "phone", "phone")
    called = [place for word in _CALLED for place in positions(page.lower, word)]
    if not text.isascii():
        called += [match.start() for match in _CALLED_BEYOND_ASCII.finditer(text)]
    for place in called:
        number = _NUMBER.match(text, place)
        if number and _FEWEST - 1 <= sum(map(str.isdigit, number["number"])) <= _MOST:
            yield Found(*number.span("number"), "phone", "phone", spreads=True)


def _digits(page: Page) -> Iterator[tuple[int, int]]:
    """Yield the runs of digits, and of what stands between those of a number, that are long enough for one."""
    image = page.lower.translate(_IN_PHONES) + b"\n"
    needle = b"x" * (_FEWEST + 1)
    start = image.find(needle)
    while start >= 0:
        end = image.find(b"\n", start)
        run = page.text[start:end]
        is_number = len(run) == _MOBILE if run.isdigit() else _DATE.fullmatch(run) is None
        if is_number and len(page.lower[start:end].translate(None, _NO_DIGITS)) >= _FEWEST:
            yield start, end
        start = image.find(needle, end)


def find_users(page: Page) -> Iterator[Found]:
    """Yield the names in paths to home folders, hidden elsewhere too, and those of accounts: ``https://ada@host``."""
    text = page.text
    for place in positions(page.lower, b"://"):
        match = _ACCOUNT.match(text, place)
        if match is not None and match["name"].lower() not in _NOBODY:
            yield Found(*match.span("name"), "user", "account")
    for needle, pattern in _HOMES:
        for place in positions(page.lower, needle):
            match = pattern.match(text, place)
            if match is None or not _is_root(text, place):
                continue
            start = match.start("name")
            name = match["name"].rstrip(". ")
            if not name or name.lower() in _NOBODY or name.isdigit() or name.startswith("["):
                continue
            if name.rpartition(".")[2].lower() in _FILES:
                continue
            spreads = len(name) > 2 and name.lower() not in _WORDS  # noqa: PLR2004
            yield Found(start, start + len(name), "user", "home-folder", spreads)


def _is_root(text: str, place: int) -> bool:
    """Return whether a path begins here, or below a drive: what stands in the middle of another is no home folder."""
    if text[place] == "\\":
        return text[max(0, place - 4) : place].rstrip("\\").endswith(":")
    before = text[max(0, place - 6) : place]
    return (starts_word(text, place) and before[-1:] != ".") or before[-2:-1] == "/"
