"""What a tool call did, by its name and input: its kind, one line about it, its files. Only this knows tools."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from py_export.model import Json, ToolCall, ToolKind
from py_export.readers.records import plan, values

_KINDS: dict[ToolKind, str] = {
    "read": """
        read readfile readfilev2 readmanyfiles readmultiplefiles view viewfile viewimage notebookread getfile
    """,
    "write": """
        write writefile writetofile create createfile
    """,
    "edit": """
        edit editfile editfilev2 multiedit notebookedit editnotebook strreplace strreplacefile strreplaceeditor
        strreplacebasededittool searchreplace replace replacefilecontent multireplacefilecontent applypatch
        codexpatch patch applydiff codexdiff insert deletefile delete move reapply
    """,
    "search": """
        ls list listdir listdirectory listfiles grep glob search greps grepsearch searchfilecontent searchfiles
        findbyname filesearch globfilesearch codebasesearch codesearch ripgrep ripgreprawsearch semanticsearch
        toolsearch find lsp listdirv2 ripgrepsearch semsearch readsemsearchfiles semanticsearchfull
    """,
    "shell": """
        bash shell shellcommand localshell localshellcall execcommand exec codexbash runcommand runshellcommand
        runterminalcmd runterminalcommand runterminalcommandv2 terminal powershell bashoutput killbash killshell
        writestdin commandstatus sendcommandinput execute
    """,
    "task": """
        task agent subagent codexagent spawnagent browsersubagent delegate delegatetask delegatetoagent invokeagent
        codebaseinvestigator taskoutput taskstop sendinput waitagent closeagent subtask agyasynctask taskv2
    """,
    "web": """
        webfetch websearch webfetchtool googlewebsearch searchweb fetch fetchurl readurlcontent openurl browser
        viewcontentchunk websearchcall
    """,
    "plan": """
        todowrite todoread updateplan exitplanmode enterplanmode writetodos settodolist updatetodos todos plan
        createplan todo taskcreate taskupdate tasklist taskget planupdate exitplan planexit planenter
    """,
}
"""Every tool's name as ``_bare`` has it, by kind."""

_KIND_OF: dict[str, ToolKind] = {name: kind for kind, names in _KINDS.items() for name in names.split()}

_PATHS = (
    "file_path",
    "filePath",
    "path",
    "notebook_path",
    "filename",
    "fileName",
    "AbsolutePath",
    "absolute_path",
    "TargetFile",
    "target_file",
    "relative_workspace_path",
    "targetFile",
    "DirectoryPath",
    "target_directory",
    "dir_path",
    "directory",
    "file",
    "paths",
    "files",
    "uri",
)
_SUBJECTS: dict[ToolKind, tuple[str, ...]] = {
    "read": _PATHS,
    "write": _PATHS,
    "edit": _PATHS,
    "search": ("pattern", "query", "Query", "regex", "glob", "Pattern", "glob_pattern", "operation", *_PATHS),
    "shell": ("command", "cmd", "CommandLine", "script", "chars", "Input", "bash_id", "shell_id", "task_id"),
    "task": (
        "description",
        "title",
        "Task",
        "TaskName",
        "prompt",
        "message",
        "toolSummary",
        "task_id",
        "subagent_type",
    ),
    "web": ("url", "Url", "query", "Query", "urls", "pattern", "prompt"),
    "plan": ("subject", "plan", "title", "explanation", "overview", "taskId"),
    "generic": (
        "description",
        "title",
        "toolSummary",
        "command",
        "query",
        "path",
        "file_path",
        "url",
        "pattern",
        "name",
        "skill",
        "prompt",
        "text",
        "message",
    ),
}
"""Where a call of each kind says what it is about, the most telling name first."""

_CHANGES = frozenset({"changes", "fileChanges", "file_changes"})
_PATCHED = re.compile(r"^\*\*\* (?:(?:Add|Update|Delete) File|Move to): (.+?)\s*$", re.MULTILINE)
_SHELLS = re.compile(r"(?:.*[/\\])?(?:ba|z|da|k)?sh|(?:.*[/\\])?(?:cmd|powershell|pwsh)(?:\.exe)?", re.IGNORECASE)


def describe(call: ToolCall) -> ToolCall:
    """Fill what a call's name and input tell: kind, subject, description, paths and steps; return the call."""
    given = values.mapping(call.input)
    call.kind = kind(call.name)
    call.paths = _patched(call.input) if call.kind in ("edit", "shell") else []
    if call.paths and call.kind == "shell":
        call.kind = "edit"
    if call.kind in ("read", "write", "edit"):
        call.paths = call.paths or _named(given)
    steps = plan.steps(call.input) if call.kind == "plan" else None
    if steps is None:
        call.subject = ", ".join(call.paths) or subject(call.kind, call.input)
    else:
        call.steps, call.subject = steps, plan.progress(steps)
    if call.description is None:
        stated = values.string(values.first(given, "description", "toolSummary", "justification"))
        call.description = None if stated is None or values.one_line(stated) == call.subject else stated
    return call


@lru_cache(maxsize=256)
def kind(name: str) -> ToolKind:
    """Return a tool's kind by its name, as any agent writes it; ``generic`` where no table knows it."""
    return _KIND_OF.get(_bare(name.removeprefix("functions.")), "generic")


@lru_cache(maxsize=256)
def is_title_tool(name: str) -> bool:
    """Return whether this is the tool by which an agent names the session."""
    return _bare(name.rsplit("__", 1)[-1].rsplit(".", 1)[-1]).removeprefix("hapi") == "changetitle"


def subject(of: ToolKind, given: Json) -> str | None:
    """Return in one line what a call of this kind did; data only, no words."""
    if isinstance(given, (str, list)):
        given = {"command": given} if of == "shell" else {"text": given}
        of = of if of == "shell" else "generic"
    record = values.mapping(given)
    for key in _SUBJECTS[of] if record else ():
        found = _line(record.get(key), of)
        if found is not None:
            return found
    return _asked(record.get("questions"))


def _line(value: Json, of: ToolKind) -> str | None:
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        line = _command(value) if of == "shell" else ", ".join(value)
    elif isinstance(value, dict):
        line = ", ".join(value)
    else:
        line = values.string(value) or ""
    return values.one_line(line) or None


def _command(words: list[str]) -> str:
    """Return a command's words as typed; of ``bash -lc "ls"`` only what the shell was told."""
    if len(words) == 3 and _SHELLS.fullmatch(words[0]) and words[1].startswith(("-", "/")):  # noqa: PLR2004 - shell, flag, script
        return words[2]
    return shlex.join(words)


def _named(given: dict[str, Any]) -> list[str]:
    for key in _PATHS:
        value = given.get(key)
        names: Iterable[Json] = value if isinstance(value, (list, dict)) else (value,)
        found = [
            name
            for item in names
            if (name := values.string(item if isinstance(item, str) else values.mapping(item).get("path")))
        ]
        if found:
            return list(dict.fromkeys(found))
    return []


def _patched(given: Json) -> list[str]:
    """Return the files that a patch changes: its text's, or its list of changes'."""
    record = {"input": given} if isinstance(given, (str, list)) else values.mapping(given)
    changes = None if _CHANGES.isdisjoint(record) else values.first(record, "changes", "fileChanges", "file_changes")
    if isinstance(changes, dict):
        return list(changes)
    if isinstance(changes, list):
        return _named({"paths": changes})
    for key in ("input", "patch", "patchText", "command", "cmd"):
        value = record.get(key)
        if value is None:
            continue
        for word in value if isinstance(value, list) else (value,):
            if isinstance(word, str) and "*** Begin Patch" in word:
                return list(dict.fromkeys(_PATCHED.findall(word)))
    return []


def _asked(questions: Json) -> str | None:
    asked = (values.string(values.mapping(item).get("question")) for item in values.sequence(questions))
    return next((values.one_line(question) for question in asked if question), None)


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
