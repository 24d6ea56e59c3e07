"""Typst, which sets PDFs: from our templates, with our fonts alone, from data that is never markup."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from base64 import b64decode
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from py_export import glyphs
from py_export.errors import FontsMissing, PackageNeeded
from py_export.notices import Notices
from py_export.typeset_memory import bytes_for

_PACKAGES = ("py_export", "py_export_fonts")
_MAIN = "main"
_DATA = "data.json"
_IMAGE = b"#image(sys.inputs.name, width: 1cm)"
_STANDARDS = ("ua-1",)
_ENDS = str.maketrans({"\x85": " ", "\u2028": " ", "\u2029": " ", "\ufeff": None})
"""Line ends of few, at which Typst would draw out the line; and a mark that nobody sees and PDF/UA does not allow."""

_FORBIDDEN = re.compile("[\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile(r"\\\\|\\u00([01][0-9a-f])|\\([bf])")
"""A control character as JSON writes it; a backslash that is one comes twice."""

_UNSEEN = re.compile(r"the text `\"(.*?)\"` could not be displayed", re.DOTALL)
_NOT_ACCESSIBLE = "PDF/UA-1 error"
_ESCAPE = re.compile(r"\\u\{([0-9a-f]{1,6})\}")

MOST = 1_500_000_000 if sys.platform == "emscripten" else 4_000_000_000
"""Bytes that setting a document may take. WebAssembly has 4 GB in all, and a phone's browser gives far less."""


class TooMuch(Exception):
    """There is more than Typst can set in the memory that there is."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size

    def fits(self, count: int) -> int:
        """Return about how many of so many messages can be set."""
        return max(1, int(count * MOST / self.size * 0.9))


class File(Protocol):
    """A file that a template reads."""

    @property
    def data(self) -> bytes:
        """Its bytes."""


class Body:
    """What a document holds, node by node, as JSON."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.size = 0

    def add(self, nodes: Iterable[Any]) -> None:
        """Add nodes; what is too much is kept no longer, only counted."""
        for node in nodes:
            text = json.dumps(node, ensure_ascii=False, separators=(",", ":"))
            self.size += bytes_for(text)
            if self.size <= MOST:
                self._parts.append(text)

    @property
    def is_too_much(self) -> bool:
        """Whether there is more than can be set."""
        return self.size > MOST

    def json(self) -> str:
        """Return all of it. Raises ``TooMuch``."""
        if self.is_too_much:
            raise TooMuch(self.size)
        return f"[{','.join(self._parts)}]"


def require() -> None:
    """Raise ``PackageNeeded`` where Typst is not installed, ``FontsMissing`` where our fonts are not."""
    if importlib.util.find_spec("typst") is None:
        raise PackageNeeded(name="typst", extra="pdf")


def typeset(template: str, head: Mapping[str, Any], body: Body, images: Mapping[str, File], notices: Notices) -> bytes:
    """
    Return a PDF.

    Args:
        template: The name of a template of this package.
        head: What the document says first.
        body: What it goes on with.
        images: Files that nodes name.
        notices: Counts characters that no font has.

    Raises:
        TooMuch: It cannot be set in the memory that there is.
    """
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    data = _CONTROL.sub(
        _caret, _FORBIDDEN.sub(glyphs.REPLACEMENT, f'{{"head":{text},"body":{body.json()}}}'.translate(_ENDS))
    )
    need = glyphs.needed(data)
    data = _without(data, need.missing, notices)
    return _Setting(template, need.parts, images, notices).set(data)


class _Setting:
    """One document, as it is set: at first as it should be, then without what stood in the way."""

    def __init__(self, template: str, parts: tuple[str, ...], images: Mapping[str, File], notices: Notices) -> None:
        self._template = template
        self._parts = parts
        self._images = images
        self._notices = notices

    def set(self, data: str) -> bytes:
        import typst  # noqa: PLC0415 - a package that only PDFs need

        with ExitStack() as stack:
            # Typst takes texts from memory, but images from a folder alone; it sees no other.
            root = Path(stack.enter_context(TemporaryDirectory()))
            for name, image in self._images.items():
                root.joinpath(name).write_bytes(image.data)
            fonts = [str(stack.enter_context(as_file(folder))) for folder in _folders(("base", *self._parts))]
            book = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=fonts)
            try:
                return self._compiled(typst, data, book, root)
            except typst.TypstError as error:
                data = self._mended(typst, error.diagnostic, data, root)
            try:
                return self._compiled(typst, data, book, root)
            except typst.TypstError as error:
                if not _unseen(error.diagnostic) and _NOT_ACCESSIBLE not in error.diagnostic:
                    raise
            self._notices.add("pdf_not_accessible")
            return self._compiled(typst, data, book, root, standards=())

    def _mended(self, typst: Any, diagnostic: str, data: str, root: Path) -> str:  # noqa: ANN401 - as above
        """Return data without what Typst could not draw, and empty the images that it cannot decode."""
        for name in self._damaged(typst, root):
            self._notices.add("image_left_out")
            root.joinpath(name).write_bytes(_NOTHING)
        return _without(data, _unseen(diagnostic), self._notices)

    def _compiled(
        self,
        typst: Any,  # noqa: ANN401 - a package that may be missing
        data: str,
        book: Any,  # noqa: ANN401 - as above
        root: Path,
        standards: tuple[str, ...] = _STANDARDS,
    ) -> bytes:
        families = _families(self._parts, data)
        sources = {f"{name}.typ": _template(name) for name in ("nodes", "paper")}
        inputs = {
            _MAIN: _template(self._template),
            **sources,
            _DATA: data.encode(),
            "fonts.json": json.dumps(families).encode(),
        }
        done: bytes = typst.compile(inputs, font_paths=book, root=root, pdf_standards=list(standards), timestamp=0)
        return done

    def _damaged(self, typst: Any, root: Path) -> list[str]:  # noqa: ANN401 - as above
        """Return the images that cannot be decoded."""
        found = []
        for name in self._images:
            try:
                typst.compile(_IMAGE, root=root, sys_inputs={"name": name})
            except typst.TypstError:
                found.append(name)
        return found


_NOTHING = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==")
"""An image of one white point."""


def _without(data: str, missing: Iterable[str], notices: Notices) -> str:
    """Return data in which each of some characters is U+FFFD, counted by script."""
    wanted = frozenset(missing)
    if not wanted:
        return data
    for script, count in sorted(glyphs.scripts(data, wanted).items()):
        notices.add("missing_glyph", count=count, script=script)
    return data.translate({ord(char): glyphs.REPLACEMENT for char in wanted})


def _unseen(diagnostic: str) -> frozenset[str]:
    """Return the characters that Typst says it could not draw, as they are where marks do not fit their letters."""
    found = (_ESCAPE.sub(lambda match: chr(int(match[1], 16)), match) for match in _UNSEEN.findall(diagnostic))
    return frozenset(char for text in found for char in text if ord(char) > 0x7E)  # noqa: PLR2004 - ASCII is there


def _families(parts: tuple[str, ...], data: str) -> dict[str, list[Any]]:
    """Return the names of the fonts for text and for code, in the order to look."""
    own = [_NAMES[part] for part in parts]
    # Quotation marks and dashes have one code point for all scripts: in Chinese they are as wide as its characters.
    text = {"name": "PX Text", "covers": "latin-in-cjk"} if glyphs.is_east_asian(data) else "PX Text"
    return {"text": [text, *own, *_REST, "Libertinus Serif"], "code": ["PX Code", "DejaVu Sans Mono", *own, *_REST]}


_NAMES = {"sc": "PX SC", "jp": "PX JP", "kr": "PX KR", "emoji": "PX Emoji"}
_REST = ("PX Arabic", "PX Hebrew", "PX Thai", "PX Devanagari", "DejaVu Sans Mono", "New Computer Modern Math")


def _caret(match: re.Match[str]) -> str:
    """Return a control character as terminals show it, ``^[``; two backslashes as they are."""
    if match[1] or match[2]:
        return "^" + json.dumps(chr(0x40 + (int(match[1], 16) if match[1] else {"b": 8, "f": 12}[match[2]])))[1:-1]
    return match[0]


@cache
def _template(name: str) -> bytes:
    return files("py_export").joinpath("templates", f"{name}.typ").read_bytes()


def _folders(parts: Iterable[str]) -> list[Traversable]:
    """Return where parts of our fonts are: in this package, or, in the browser, in ones that came when needed."""
    packages = [files(name) / "fonts" for name in _PACKAGES if importlib.util.find_spec(name) is not None]
    found = {part: [folder / part for folder in packages if (folder / part).is_dir()] for part in parts}
    missing = [part for part, folders in found.items() if not folders]
    if missing:
        raise FontsMissing(part=",".join(missing))
    return [folders[0] for folders in found.values()]
