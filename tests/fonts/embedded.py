"""Which characters the fonts hold that Typst brings: it says what it cannot draw, and nothing else of them."""

from __future__ import annotations

import json
import re
import unicodedata

import typst

_LAST = 0x1FFFF
_AT_ONCE = 3000
_OURS = ((0x3400, 0x9FFF), (0xAC00, 0xD7A3))
"""Han and hangul, of which they have none."""

_UNDRAWN = ("Cn", "Cs", "Cc", "Co", "Cf", "Zs", "Zl", "Zp")
_PAGE = b"""
#set document(title: "x")
#set text(size: 4pt)
#for one in json("data.json") [#one ]
"""


def embedded() -> set[int]:
    """Return the code points."""
    codes = [code for code in range(0x20, _LAST + 1) if unicodedata.category(chr(code)) not in _UNDRAWN]
    codes = [code for code in codes if not any(first <= code <= last for first, last in _OURS)]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    found: set[int] = set()
    for at in range(0, len(codes), _AT_ONCE):
        found |= _drawn(codes[at : at + _AT_ONCE], fonts)
    return found


def _drawn(codes: list[int], fonts: typst.Fonts) -> set[int]:
    # A mark is drawn with a letter.
    texts = [f"a{chr(code)}" if unicodedata.category(chr(code))[0] == "M" else chr(code) for code in codes]
    try:
        page = {"main": _PAGE, "data.json": json.dumps(texts).encode()}
        typst.compile(  # type: ignore[call-overload]  # its types know of no files by name
            page, font_paths=fonts, pdf_standards=["ua-1"], timestamp=0
        )
    except typst.TypstError as error:
        missing = set("".join(map(_plain, re.findall(r'the text `"(.*?)"` could not', error.diagnostic))))
        return {code for code in codes if chr(code) not in missing}
    return set(codes)


def _plain(text: str) -> str:
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), text)
