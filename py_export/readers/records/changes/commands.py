"""
What plain commands of a shell do to the files that they name: moved, deleted, or changed in a way that nobody tells.

Only what stands there letter by letter is taken: a command with a pattern, a variable or a loop says no names. What a
command is not known to do is not guessed at; ``shell.may_write`` says that it may have done something.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from py_export.changes import ABSENT, BY_COMMAND, FileChange
from py_export.readers.records.changes import command_line, shell

_STARTERS = (("npx",), ("uvx",), ("uv", "run"), ("poetry", "run"), ("python", "-m"), ("python3", "-m"))
_LAYING_OUT = {
    **dict.fromkeys(("black", "isort", "rustfmt", "dos2unix", "unix2dos", "truncate"), ""),
    "gofmt": "-w",
    "goimports": "-w",
    "prettier": "--write",
    "eslint": "--fix",
    "clang-format": "-i",
    "ruff": "--fix",
    "sed": "-i",
    "perl": "-i",
    "tee": "",
    "autopep8": "-i",
}
"""Programs that write the files they name anew, some with a flag alone."""


def done(command: str) -> tuple[list[FileChange], bool]:
    """Return what a command that succeeded did to files, and whether nothing else can have changed."""
    parts = command_line.parts(command)
    found: list[FileChange] = []
    known = bool(parts)
    folder: str | None = ""
    for words, into, _, sure in parts:
        plain = [word for word in words if word is not None]
        if plain[:1] == ["cd"]:
            folder = None if folder is None or len(plain) != len(words) else _entered(folder, plain[1:])
            made: list[FileChange] | None = []
        else:
            made = _done(plain) if len(plain) == len(words) and folder is not None else None
        known = known and not into and ((sure and made is not None) or shell.reads(plain))
        if folder is not None:
            made = [*(made or ()), *(FileChange(path, doubt=BY_COMMAND) for path in into if path is not None)]
        for one in made or ():
            one.folder = folder or None
            one.doubt = one.doubt if sure else BY_COMMAND
        found += made or ()
    return found, known


def moves(command: str) -> bool:
    """Return whether a command leads its shell into another folder."""
    return re.search(r"(?:^|[;&|\n(])\s*(?:cd|pushd|popd)\b", command) is not None


def _entered(folder: str, words: list[str]) -> str | None:
    """Return the folder that ``cd`` leads to from another; None where that is not said."""
    return posixpath.join(folder, words[0]) if len(words) == 1 and words[0] != "-" else None


def _done(words: list[str]) -> list[FileChange] | None:
    """Return what one command did; None where that is not known here."""
    for starter in _STARTERS:
        if tuple(words[: len(starter)]) == starter:
            words = words[len(starter) :]
    if not words:
        return []
    name, *rest = words
    if name == "git" and rest:
        does = _GIT.get(rest[0])
        return does(rest[1:]) if does else None
    if name in _LAYING_OUT:
        needed = _LAYING_OUT[name]
        writes = any(word.startswith(needed) for word in rest) or (name == "ruff" and rest[:1] == ["format"])
        return [FileChange(path, doubt=BY_COMMAND) for path in _paths(rest) or ()] if writes else None
    does = _COMMANDS.get(name)
    return does(rest) if does else None


def _paths(words: list[str], allowed: str | None = None) -> list[str] | None:
    """Return the words that are no flags; None where there is a flag that is not allowed."""
    found: list[str] = []
    for at, word in enumerate(words):
        if word == "--":
            return found + words[at + 1 :]
        if not word.startswith("-") or word == "-":
            found += [word] if word else []
        elif allowed is not None and (word.startswith("--") or set(word[1:]) - set(allowed)):
            return None
    return found


def _removed(words: list[str]) -> list[FileChange] | None:
    paths = _paths(words, "rRfvq")
    below = any(word.startswith("-") and set(word) & set("rR") for word in words)
    return None if not paths else [FileChange(path, "deleted", after=ABSENT, below=below) for path in paths]


def _moved(words: list[str]) -> list[FileChange] | None:
    paths = _paths(words, "fv")
    if paths is None or len(paths) < 2:  # noqa: PLR2004 - from and to
        return None
    *old, new = paths
    into = len(old) > 1 or new.endswith("/")
    names = [posixpath.join(new, posixpath.basename(path.rstrip("/"))) if into else new for path in old]
    return [FileChange(path, to=to, below=True) for path, to in zip(old, names, strict=True)]


def _copied(words: list[str]) -> list[FileChange] | None:
    paths = _paths(words) or []
    return [FileChange(paths[-1], doubt=BY_COMMAND, below=True)] if len(paths) > 1 else None


def _made(words: list[str]) -> list[FileChange] | None:
    return [FileChange(path, "added", doubt=BY_COMMAND) for path in _paths(words) or ()]


def _permitted(words: list[str]) -> list[FileChange] | None:
    """Read a change of who may run a file, which is all that git keeps of modes."""
    flag, *paths = words or [""]
    modes = {
        **dict.fromkeys(("+x", "a+x", "u+x", "755", "0755"), "100755"),
        **dict.fromkeys(("-x", "a-x", "644"), "100644"),
    }
    return [FileChange(path, mode=modes[flag]) for path in paths] if flag in modes else None


def _checked_out(words: list[str]) -> list[FileChange] | None:
    if words[:1] in (["-b"], ["-B"]):
        return []
    paths = words[words.index("--") + 1 :] if "--" in words else _paths(words) or []
    if "--" not in words and not all("." in posixpath.basename(path) for path in paths):
        return None  # a branch, as it seems
    return [FileChange(path, doubt=BY_COMMAND, below=True) for path in paths]


def _restored(words: list[str]) -> list[FileChange] | None:
    if "--staged" in words or "-S" in words:
        return []
    return [FileChange(path, doubt=BY_COMMAND, below=True) for path in _paths(words) or ()]


def _reset(words: list[str]) -> list[FileChange] | None:
    return [FileChange(".", doubt=BY_COMMAND, below=True)] if "--hard" in words else []


_COMMANDS: dict[str, Callable[[list[str]], list[FileChange] | None]] = {
    "rm": _removed,
    "unlink": _removed,
    "mv": _moved,
    "cp": _copied,
    "ln": _copied,
    "touch": _made,
    "chmod": _permitted,
    "mkdir": lambda _: [],
}
_GIT: dict[str, Callable[[list[str]], list[FileChange] | None]] = {
    "rm": lambda words: [] if "--cached" in words else _removed(words),
    "mv": _moved,
    "checkout": _checked_out,
    "restore": _restored,
    "reset": _reset,
    "add": lambda _: [],
}
