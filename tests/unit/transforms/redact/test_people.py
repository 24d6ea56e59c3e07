"""E-mail addresses, telephone numbers, names in home folders."""

from __future__ import annotations

import pytest

from tests.unit.transforms.redact.saying import hidden

EMAILS = [
    "<#a.b+c@mail.example.co.uk#>",
    "mailto:#x_y@z-z.org#?x",
    "\\n#ada@x.org#\\n",
    "%3C#ada@x.org#%3E",
    "邮箱#ada@例子.com#",
    "https://x.org?to=#ada@x.org#",
    "https://x.org,#ada@x.org#",
]
PHONES = [
    *("call #+1 415 555 2671#.", "#+49 (0)30 1234567#", "tel:#+442079460958#", "#(415) 555-2671#", "#415-555-2671#"),
    *("#1-800-555-1234#", "#415.555.2671#", "手机 #13812345678#", "#138 1234 5678#", "电话\uff1a#010-12345678#"),
    *("#06 12 34 56 78#", "#020 7946 0958#", "#07700 900123#", '"phone": "#5551234567#"', "Fax: #030 1234567#"),
]  # fmt: skip
USERS = [
    *("/home/#ada#/x", "/Users/#ada.l#/x", "C:\\Users\\#Ada Lovelace#\\x", "c:\\\\Users\\\\#ada#\\\\x"),
    *("C:/Users/#ada#/x", "https://#ada#@bitbucket.org/x/y.git", "ssh://#ada.l#@host"),
    *("/mnt/c/Users/#ada#/x", "file:///home/#ada#/x", "~/.claude/projects/-Users-#ada#-src", "\\n/home/#ada#\\n"),
]  # fmt: skip
NOBODY = [
    *("ssh://git@github.com/x/y", "https://x.org/@ada"),
    *("icon@2x.png", "react@18.2.0", "@app.route('/x')", "git@github.com:x/y", "user@host", "a @ b.com", "x@y.z1"),
    *("x@4.17.21.tgz", "15803855272 bytes", "13294888142 ns", "2025-09-01 10:00", "1767323045000123"),
    *("2026-11-20 14:18:54", "1767323045000", "192.168.100.200", "10.1.2.3:8080", "3.14159265358979", "12345678901"),
    *("@@ -1,5 +10,7 @@", "+35236450.6", "v1.2.3-4567", "0x1234567890", "2024-01-02T03:04:05+08:00", "1-2-3-4-5-6-7-8"),
    *('"size": 15032385536', "123-456-7890", "120 456 7890", "550e8400-e29b-41d4-a716-446655440000", "(12) 345-6789"),
    *("<Buffer 01 02 03 04 05 06>", "a8 01 00 00 00 50 32", "(n,5)+3864292196", "C:\\Users\\...\\x", "/home/notes.txt"),
    *("/home", "/home/", "https://x.org/home/about", "/api/users/alice", "src/home/index.ts", "~/x", "./Users/x"),
]  # fmt: skip


@pytest.mark.parametrize("text", [*EMAILS, *PHONES, *USERS])
def test_what_says_who_a_person_is_is_hidden_and_nothing_beside_it(text: str) -> None:
    before, _, after = text.split("#")
    found = hidden(text.replace("#", ""), "people")
    assert found.startswith(f"{before}[redacted:"), found
    assert found.endswith(f"-1]{after}"), found


@pytest.mark.parametrize("text", NOBODY)
def test_what_is_no_person_stays(text: str) -> None:
    assert hidden(f"see {text} here", "people") == f"see {text} here"
