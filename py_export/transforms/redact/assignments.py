"""Finds what a name gives away: passwords, secrets, tokens and keys in code, settings, headers, addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from py_export.transforms.redact.names import kind_of_name
from py_export.transforms.redact.page import Found, Page, positions
from py_export.transforms.redact.services import entropy, is_mixed

_NEEDLES = (b"pass", b"pwd", b"secret", b"token", b"key", b"credential", b"authorization", b"auth=", b"pat=")
_WORDS = ("密码", "口令", "密钥", "令牌")
_NAME = 48
"""Letters of a name that are looked at on each side."""

_BEFORE = re.compile(r"[\w.-]*")
_VALUE = re.compile(
    r"""
    (?P<rest>[0-9A-Za-z_-]{0,48})
    (?:
        (?P<close>\\{0,3}["'`\]])?\]?
        (?P<between>[ \t]{0,8}(?::[ \t]{0,4}[A-Za-z][\w.|]{0,20}[ \t]?=|:=|=>|===?|[=:\uff1a]|%3[Dd])[ \t]{0,8}
        |[ \t]{1,4}is[ \t]{1,4}|是[ \t]{0,4}|>|[ \t]{1,4})
    )
    (?:[bfruBFRU]{1,2}(?=["'`]))?
    (?P<quote>\\{0,3}["'`])?
    (?P<value>[^\s"'`,;<>(){}\[\]\\|\0]{1,512})
    """,
    re.VERBOSE,
)
_QUOTED = re.compile(r"""[^\s"'`\\\0]{4,1024}""")
_SEPARATOR = re.compile(r"""[\n\0"'`,]|\\n""")
_SETTING = re.compile(r"""[^\s"'`;\\\0]{4,1024}""")
_AUTHORIZATION = re.compile(
    r"""authorization\\{0,3}["'`]?\s{0,4}(?:,(?=.{0,8}[A-Za-z][ ])|[:=])\s{0,4}\\{0,3}["'`]?
    (?:(?:bearer|basic|token|apikey|api-key|digest|negotiate|key)[ ]{1,4})?(?P<value>[0-9A-Za-z+/=_.~:-]{8,4096})""",
    re.VERBOSE | re.IGNORECASE,
)
_BEARER = re.compile(r"bearer[ ]{1,4}(?P<value>[0-9A-Za-z+/=_.~-]{16,4096})", re.IGNORECASE)
_COOKIE = re.compile(
    r"""cookie\\{0,3}["'`]?:\s{0,4}\\{0,3}["'`]?(?P<value>[\w.-]{1,64}=[^\s"'`\\\0][^\r\n"'`\\\0]{3,1024})""",
    re.IGNORECASE,
)
_USER_INFO = re.compile(
    r"""://(?:[^\s:@/?\#"'`<>\\\0]{0,128}:(?P<value>[^\s/"'`<>\\\0]{1,256})@|(?P<token>[^\s:@/?\#"'`<>\\\0]{20,256})@)"""
)
_NOT_A_VALUE = re.compile(
    r"""\$|%[A-Z_]+%|\{|<|&|\*{3}|\.{3}|x{4}|X{4}|\[redacted:|redacted|REDACTED
    |process\.|import\.|os\.|env\.|self\.|this\.|config\.|settings\.|options\.|props\.|req\.|request\.|ctx\.|args\.
    |(?:str|string|bytes|any|SecretStr)\?$|:?\*{3}|your[-_]|YOUR[-_]|example[-_]|changeme$|placeholder|https?://|/|\.{1,2}/|~/|[\w.]+\($""",
    re.VERBOSE,
)
_WORD = re.compile(r"[A-Za-z_$][A-Za-z_$.-]*\Z")
_NEXT_PARAMETER = re.compile(r"&(?:amp;)?[\w.%-]{1,64}=|&$")
_NAME_IN_CODE = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*")
_WORDY = re.compile(r"[A-Z]?[a-z]+(?:(?:[_.:-][A-Za-z]?|[A-Z])[a-z]+)*")
"""As names are made of them: ``cleanupProjectsAndScripts``."""
_DIGITS = re.compile(r"[0-9]+")
_LETTER = re.compile(r"[^\W\d_]")
_CAPITAL_IN_WORD = re.compile(r"[a-z][A-Z]")
_SETS = ("", "export", "set", "ENV", "ARG", "-e", "env", "+", "-")
"""What may stand before a setting on its line."""
_NO_SETTINGS = {"true", "false", "none", "null", "undefined", "required", "optional"}
_SPREAD, _SHORT, _KEY, _ENTROPY = 6, 8, 16, 2.5


def find_assignments(page: Page) -> Iterator[Found]:
    """Yield the values that stand beside a telling name."""
    text, lower = page.text, page.lower
    for needle in _NEEDLES:
        for place in positions(lower, needle):
            match = _VALUE.match(text, place + len(needle.rstrip(b"=")))
            if match is not None:
                yield from _assigned(text, place, match)
    if not text.isascii():
        for word in _WORDS:
            done = 0
            for match in re.finditer(word, text):
                value = _VALUE.match(text, match.end()) if match.start() >= done else None
                if value is not None and value["between"].strip():
                    done = value.end()
                    yield from _judged(text, value, "password", quoted=value["quote"] is not None)


def find_headers(page: Page) -> Iterator[Found]:
    """Yield what HTTP headers carry: credentials and cookies."""
    for needle, pattern, is_one in _HEADERS:
        end = 0
        for place in positions(page.lower, needle):
            match = pattern.match(page.text, place) if place >= end else None
            if match is not None:
                end = match.end()
                if not _NOT_A_VALUE.match(match["value"]) and is_one(match["value"]):
                    yield Found(*match.span("value"), "token", "http-header", spreads=pattern is not _COOKIE)


def _is_credential(value: str) -> bool:
    return _DIGITS.search(value) is not None or (value.isalnum() and not (value.islower() or value.isupper()))


def _holds_session(cookies: str) -> bool:
    """Return whether one of the cookies is long and drawn by lot."""
    return any(is_mixed(value) for value in re.split(r"[=;\s]+", cookies) if len(value) >= _KEY)


_HEADERS: tuple[tuple[bytes, re.Pattern[str], Callable[[str], bool]], ...] = (
    (b"authorization", _AUTHORIZATION, _is_credential),
    (b"bearer ", _BEARER, _is_credential),
    (b"cookie", _COOKIE, _holds_session),
)


def find_connection_strings(page: Page) -> Iterator[Found]:
    """Yield the passwords in addresses: ``postgres://user:password@host``."""
    for place in positions(page.lower, b"://"):
        match = _USER_INFO.match(page.text, place)
        if match is None:
            continue
        name = "value" if match["value"] is not None else "token"
        value = match[name]
        if not _NOT_A_VALUE.match(value):
            kind = "password" if name == "value" else "token"
            yield Found(match.start(name), match.end(name), kind, "connection-string", _is_telling(value))


def named_value(name: str, value: str) -> Found | None:
    """Return what is to be hidden of a value whose name stands apart from it, as in JSON."""
    kind = kind_of_name(name)
    if kind is None:
        return None
    scheme = re.match(r"(?:bearer|basic|token)\s+", value, re.IGNORECASE)
    start = scheme.end() if scheme else 0
    if re.search(r"\s", value[start:]) or not _is_value(value[start:], kind, quoted=True):
        return None
    return Found(start, len(value), kind, "assignment", _is_telling(value[start:]))


def _assigned(text: str, place: int, match: re.Match[str]) -> Iterator[Found]:
    before = _BEFORE.match(text[max(0, place - _NAME) : place][::-1])
    start = place - (before.end() if before else 0)
    name = text[start : match.end("rest")]
    between = match["between"]
    is_flag = name.startswith("--")
    if not between.strip() and not is_flag:
        return
    kind = kind_of_name(name)
    if kind is None:
        return
    line = _SEPARATOR.split(text[max(0, start - 8) : start])[-1].strip()
    is_setting = (
        name.isupper() and between == "=" and line in ("", "export", "set", "ENV", "ARG", "-e", "env", "+", "-")
    )
    if is_setting and match["quote"] is None:
        whole = _SETTING.match(text, match.start("value"))
        if whole and not _NOT_A_VALUE.match(whole[0]) and whole[0].lower() not in _NO_SETTINGS:
            yield Found(*whole.span(), kind, "setting", _is_telling(whole[0]))
        return
    yield from _judged(text, match, kind, quoted=match["quote"] is not None or is_flag)


def _judged(text: str, match: re.Match[str], kind: str, *, quoted: bool) -> Iterator[Found]:
    start, end = match.span("value")
    if match["quote"] is not None:
        whole = _QUOTED.match(text, start)
        end = whole.end() if whole else end
        if text[end : end + 1] in (" ", "\t"):  # a sentence
            return
    value = text[start:end] if match["quote"] is not None else _NEXT_PARAMETER.split(text[start:end], maxsplit=1)[0]
    end = start + len(value)
    stripped = value.rstrip(".,:") if match["quote"] is None else value
    end -= len(value) - len(stripped)
    if text[end : end + 1] in ("(", "[") and match["quote"] is None:
        return
    if _is_value(stripped, kind, quoted=quoted):
        yield Found(start, end, kind, "assignment", _is_telling(stripped))


def _is_value(value: str, kind: str, *, quoted: bool) -> bool:
    """Return whether this may be a secret; what is written out (quoted, a setting) is believed more easily."""
    if len(value) < 4 or _NOT_A_VALUE.match(value) or not value.strip(value[0]):  # noqa: PLR2004
        return False
    return _is_password(value, quoted=quoted) if kind == "password" else _is_key(value, quoted=quoted)


def _is_password(value: str, *, quoted: bool) -> bool:
    if quoted:
        return not _WORD.match(value) or (len(value) >= _SHORT and _CAPITAL_IN_WORD.search(value) is not None)
    return _DIGITS.search(value) is not None and _LETTER.search(value) is not None and len(value) >= _SPREAD


def _is_key(value: str, *, quoted: bool) -> bool:
    if len(value) < (_SHORT if quoted else _KEY) or _LETTER.search(value) is None:
        return False
    digits = len(_DIGITS.findall(value))
    if not quoted and (digits == 0 or (digits == 1 and _NAME_IN_CODE.fullmatch(value))):
        return False
    if digits == 0 and (len(value) < _KEY or _WORDY.fullmatch(value) or (_WORD.match(value) and entropy(value) < 4)):  # noqa: PLR2004
        return False
    return entropy(value) >= _ENTROPY


def _is_telling(value: str) -> bool:
    """Return whether a value is known by itself: it is hidden also where no name stands beside it."""
    if _DIGITS.search(value) is not None and _LETTER.search(value) is not None:
        return len(value) >= _SPREAD
    return len(value) >= _SHORT and not _WORD.match(value) and not value.isdigit()
