"""Which names say that their value is a secret: ``DB_PASSWORD``, ``clientSecret``; not ``primary_key``."""

from __future__ import annotations

import re
from functools import lru_cache

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_PASSWORDS = {"password", "passwd", "passwort", "pswd", "pwd", "pass", "passphrase", "passcode", "pw"}
_SECRETS = {"secret", "secrets", "credential", "credentials", "apikey", "accesskey", "secretkey", "privatekey"}
_TOKENS = {"token", "authorization", "auth", "pat", "authtoken", "accesstoken", "bearer"}
_PAGING = {"next", "page", "continuation", "cursor", "sync", "prev", "previous", "start", "end", "eos", "bos", "pad"}
_OTHER_KEYS = {
    *("public", "primary", "foreign", "cache", "sort", "partition", "hot", "object", "map", "dict", "unique", "index"),
    *("row", "group", "translation", "react", "enter", "query", "data", "any", "the", "a", "candidate", "short", "sub"),
    *("registry", "json", "column", "order", "by", "message", "event", "item", "section", "locale", "i", "prop", "tab"),
}
_TAILS = {"base", "value", "string", "text", "hash", "prod", "production", "dev", "staging", "test", "live", "main"}


@lru_cache(maxsize=4096)
def kind_of_name(name: str) -> str | None:
    """
    Return the kind of secret that a name announces: ``password``, ``token``, ``secret``, or None.

    >>> kind_of_name("DB_PASSWORD"), kind_of_name("x-api-key"), kind_of_name("nextPageToken"), kind_of_name("keyboard")
    ('password', 'secret', None, None)
    """
    words = [word.lower() for word in _PARTS.findall(name)]
    while len(words) > 1 and words[-1] in _TAILS:
        words.pop()
    if not words:
        return None
    *first, last = words
    if last in _PASSWORDS:
        return None if first and first[-1] in {"by", "bi", "com", "tres"} else "password"
    if last in _TOKENS:
        return None if first and first[-1] in _PAGING else "token"
    if last in _SECRETS:
        return "secret"
    if last in ("key", "keys") and first and first[-1] not in _OTHER_KEYS:
        return "secret"
    return None
