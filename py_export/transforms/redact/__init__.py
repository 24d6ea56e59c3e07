"""
Before a session is given away: secrets and what says who people are, replaced by placeholders.

Looked for are, in every text of a session - messages, thinking, tools' input and results, files, titles, names, and
the records that a source's messages came from - keys and tokens of well-known services, JSON Web Tokens, private
keys, passwords in connection strings, credentials in headers, values of names like ``DB_PASSWORD`` or ``apiKey``;
e-mail addresses, telephone numbers, the names in home folders and of accounts (``https://ada@host``); and what the
caller's own patterns find. The same secret has the same placeholder everywhere, ``[redacted:api-key-1]``, in several
sessions too: what one gives away is hidden in it and in those after it. Ids, times, figures and the structure stay. A
session that was read from a payload leaves as one of ours: what is hidden cannot stay in the document that it came
from.

Text that is packed as base64 is looked into; the bytes of images and other files, in ``data:`` addresses too, stay as
they are, and a notice counts them. No rule finds everything: a password in the middle of a sentence, a secret cut in
two, the pixels of an image.
"""

from __future__ import annotations

from py_export.transforms.redact.kinds import GROUPS, KINDS, OFF, PEOPLE, SECRETS, group_of, parse_kinds
from py_export.transforms.redact.redactor import Redaction, Redactor, redact
from py_export.transforms.redact.report import Report, Secret, Shown, as_json

__all__ = [
    "GROUPS",
    "KINDS",
    "OFF",
    "PEOPLE",
    "SECRETS",
    "Redaction",
    "Redactor",
    "Report",
    "Secret",
    "Shown",
    "as_json",
    "group_of",
    "parse_kinds",
    "redact",
]
