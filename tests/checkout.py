"""The checkout as files: what tests about the house itself look at."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent


@cache
def files() -> tuple[Path, ...]:
    """Return every file of the checkout that .gitignore does not name, relative to its root, sorted."""
    patterns = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()]
    ignored = [".git", *(line for line in patterns if line and not line.startswith("#"))]
    return tuple(sorted(path.relative_to(ROOT) for path in _walk(ROOT, ignored)))


def texts(*suffixes: str, under: str = "") -> Iterator[tuple[Path, str]]:
    """Yield the files that end in one of ``suffixes`` (any file when there is none), each with its text."""
    for path in files():
        if path.as_posix().startswith(under) and (not suffixes or path.name.endswith(suffixes)):
            try:
                yield path, (ROOT / path).read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def _walk(folder: Path, ignored: list[str]) -> Iterator[Path]:
    for path in folder.iterdir():
        inside = path.relative_to(ROOT).as_posix()
        if any(fnmatch(path.name, each) or inside == each for each in ignored):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path, ignored)
        else:
            yield path
