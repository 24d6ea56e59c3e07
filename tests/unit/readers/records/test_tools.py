"""What a tool call did is told from its name and input, whichever agent made it."""

from __future__ import annotations

import pytest

from py_export.model import Json, ToolCall
from py_export.readers.records import tools

PATCH = """*** Begin Patch
*** Update File: a.py
@@
-a
+b
*** Add File: b c.py
+x
*** Delete File: d.py
*** End Patch
"""
TODOS = [{"content": "a", "status": "completed"}, {"content": "b", "status": "in_progress"}]
STEPS = [{"step": "a", "status": "completed"}, {"step": "b", "status": "pending"}]

CALLS: list[tuple[str, Json, str, str | None]] = [
    # Claude
    ("Bash", {"command": "ls  -l\n| wc", "description": "Count"}, "shell", "ls -l | wc"),
    ("BashOutput", {"bash_id": "b1"}, "shell", "b1"),
    ("Read", {"file_path": "/a b.py", "offset": 3}, "read", "/a b.py"),
    ("Write", {"file_path": "/a", "content": "long"}, "write", "/a"),
    ("Edit", {"file_path": "/a", "old_string": "x", "new_string": "y"}, "edit", "/a"),
    ("MultiEdit", {"file_path": "/a", "edits": []}, "edit", "/a"),
    ("NotebookEdit", {"notebook_path": "/a.ipynb"}, "edit", "/a.ipynb"),
    ("Grep", {"pattern": "a.*b", "path": "/src"}, "search", "a.*b"),
    ("Glob", {"pattern": "**/*.py"}, "search", "**/*.py"),
    ("LS", {"path": "/src"}, "search", "/src"),
    ("Task", {"description": "Look", "prompt": "Please look."}, "task", "Look"),
    ("Agent", {"prompt": "Please look."}, "task", "Please look."),
    ("WebFetch", {"url": "https://a.example", "prompt": "Sum up"}, "web", "https://a.example"),
    ("WebSearch", {"query": "moss"}, "web", "moss"),
    ("TodoWrite", {"todos": TODOS}, "plan", "1/2 b"),
    ("TodoWrite", {"todos": []}, "plan", "0/0"),
    ("ExitPlanMode", {"plan": "1. Dig"}, "plan", "1. Dig"),
    ("AskUserQuestion", {"questions": [{"question": "Which bed?", "options": []}]}, "generic", "Which bed?"),
    ("mcp__github__create_issue", {"title": "Leak", "body": "…"}, "generic", "Leak"),
    # Codex
    ("CodexBash", {"command": ["bash", "-lc", "cat a"]}, "shell", "cat a"),
    ("CodexBash", {"command": ["cat", "a b"]}, "shell", "cat 'a b'"),
    ("shell", {"command": ["/bin/zsh", "-c", "ls"]}, "shell", "ls"),
    ("exec_command", {"cmd": "ls"}, "shell", "ls"),
    ("write_stdin", {"session_id": 3, "chars": "y\n"}, "shell", "y"),
    ("CodexPatch", {"changes": {"/a.py": {"type": "update"}, "/b.py": {"type": "add"}}}, "edit", "/a.py, /b.py"),
    ("CodexPatch", {"changes": [{"path": "/a.py", "kind": "update"}]}, "edit", "/a.py"),
    ("apply_patch", PATCH, "edit", "a.py, b c.py, d.py"),
    ("apply_patch", {"input": PATCH}, "edit", "a.py, b c.py, d.py"),
    ("shell", {"command": ["apply_patch", PATCH]}, "edit", "a.py, b c.py, d.py"),
    ("update_plan", {"plan": STEPS}, "plan", "1/2"),
    ("web_search", {"query": "ferns"}, "web", "ferns"),
    ("view_image", {"path": "/a.png"}, "read", "/a.png"),
    # Gemini, opencode, Cursor, Antigravity
    ("read_many_files", {"paths": ["a", "b"]}, "read", "a, b"),
    ("replace", {"file_path": "/a"}, "edit", "/a"),
    ("run_shell_command", {"command": "ls"}, "shell", "ls"),
    ("search_file_content", {"pattern": "x"}, "search", "x"),
    ("google_web_search", {"query": "x"}, "web", "x"),
    ("read", {"filePath": "/a"}, "read", "/a"),
    ("todowrite", {"todos": [{"content": "a", "status": "pending"}]}, "plan", "0/1"),
    ("read_file_v2", {"target_file": "/a"}, "read", "/a"),
    ("search_replace", {"file_path": "/a"}, "edit", "/a"),
    ("codebase_search", {"query": "where"}, "search", "where"),
    ("run_terminal_cmd", {"command": "ls"}, "shell", "ls"),
    ("run_command", {"CommandLine": "ls"}, "shell", "ls"),
    ("write_to_file", {"TargetFile": "/a"}, "write", "/a"),
    # what nobody foresaw
    ("Bash", "ls", "shell", "ls"),
    ("Bash", ["ls", "-l"], "shell", "ls -l"),
    ("Bash", {"command": 5}, "shell", None),
    ("Bash", None, "shell", None),
    ("Read", {"file_path": ["/a", None, 3]}, "read", "/a"),
    ("TodoWrite", {"todos": "all"}, "plan", None),
    ("TodoWrite", {"todos": [None, 3]}, "plan", "0/2"),
    ("Odd tool", {"x": {"y": 1}}, "generic", None),
    ("", [], "generic", None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given", "kind", "subject"), CALLS)
def test_a_call_is_told_by_its_name_and_input(name: str, given: Json, kind: str, subject: str | None) -> None:
    call = tools.describe(ToolCall("1", name, input=given))
    assert (call.kind, call.subject) == (kind, subject)


def test_the_files_of_a_call_are_listed_once_each() -> None:
    assert tools.describe(ToolCall(name="apply_patch", input=PATCH)).paths == ["a.py", "b c.py", "d.py"]
    assert tools.describe(ToolCall(name="read_many_files", input={"paths": ["a", "a"]})).paths == ["a"]
    assert tools.describe(ToolCall(name="Grep", input={"pattern": "x", "path": "/src"})).paths == []


def test_a_description_says_more_than_the_subject_or_nothing() -> None:
    assert tools.describe(ToolCall(name="Bash", input={"command": "ls", "description": "List"})).description == "List"
    assert tools.describe(ToolCall(name="Task", input={"description": "Look"})).description is None


@pytest.mark.parametrize("name", ["mcp__hapi__change_title", "change_title", "hapi_change_title", "hapi.change_title"])
def test_the_tool_that_names_a_session_is_known(name: str) -> None:
    assert tools.is_title_tool(name)
    assert not tools.is_title_tool(f"{name}_later")
