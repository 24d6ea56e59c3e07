"""Writes what the documentation says of formats, options, errors and settings from the tables themselves."""

from __future__ import annotations

import argparse
import inspect
import json
import re
from collections.abc import Callable, Iterable
from importlib import import_module
from types import ModuleType
from typing import Any

from py_export import schema_settings as settings_schema
from py_export.commands.redaction import add_redaction
from py_export.commands.selection import add_selection
from py_export.commands.speech import Speaker
from py_export.errors import ExportError
from py_export.l10n import translate
from py_export.options import json_schema
from py_export.readers import READERS
from py_export.transforms import filter as language
from py_export.transforms import redact
from py_export.writers import WRITERS, Writer
from py_export_functions.settings import Settings
from tests.checkout import ROOT

WORDS: dict[str, str] = json.loads((ROOT / "py_export/locales/en.json").read_text(encoding="utf-8"))


def documents() -> dict[str, str]:
    """Return every document that is generated, whole or in part, by its name."""
    return {
        "FORMATS.md": formats(),
        "README.md": _fill("README.md", "formats", table(("format", "id", "ends in"), _writer_rows())),
        "DEPLOYING.md": _fill_all("DEPLOYING.md", {"settings": settings(), "problems": problems()}),
        "web/src/element/formats.ts": page_formats(),
        "web/src/element/kinds.ts": page_kinds(),
        "py_export/settings.schema.json": json.dumps(settings_schema.json_schema(), indent=2) + "\n",
    }


def formats() -> str:
    """Return FORMATS.md."""
    parts = [
        "# Formats",
        "<!-- Written by `make docs` from the tables and the locale files. Change those, not this. -->",
        "What py-export reads and writes, each format's options, and what it says when something does not fit.",
        "## What it reads",
        *(_section(f"reader.{reader.id}", reader.id, "readers", reader.module) for reader in READERS),
        "## What it writes",
    ]
    for writer in WRITERS:
        options = _option_rows(json_schema(writer.options))
        parts.append(_section(f"format.{writer.id}", writer.id, "writers", writer.module))
        alone = " They are made in the page alone." if writer.where else ""
        parts.append(f"Files end in `.{writer.extension}` and are `{writer.media_type}`.{alone}")
        parts.append(table(("option", "values", "default", "meaning"), options))
    parts += [
        "## Selecting",
        "Before it is written, a session can be cut down to a part of it, and its pairs put in another order.",
        table(("flag", "what is taken"), _flag_rows(add_selection)),
        _text(language),
        "## Hiding",
        _text(redact),
        table(("kind", "group", "what it is"), _kind_rows()),
        table(("flag", "what is hidden"), _flag_rows(add_redaction)),
        "## Notices",
        "What a format cannot hold, or a reader could not read, is counted and said, never dropped in silence.",
        table(("code", "what it says"), ((f"`{code}`", _sentence(f"notice.{code}")) for code in _codes("notice"))),
        "## Errors",
        "An error names its code and the place in the input, never what stands there.",
        table(("code", "exit code", "what it says"), _error_rows()),
    ]
    return "\n\n".join(parts) + "\n"


def settings() -> str:
    """Return the table of the function's settings."""
    rows = []
    for name, field in Settings.model_fields.items():
        value = None if field.default_factory else field.default  # where it depends on the machine, the words say which
        default = json.dumps(value) if isinstance(value, list | tuple) else value
        shown = f"`{default}`" if default not in (None, "") else ""
        rows.append((f"`PY_EXPORT_{name.upper()}`", shown, translate(f"setting.{name}")))
    return table(("variable", "default", "meaning"), rows)


def problems() -> str:
    """Return the table of what the function may answer beside what was asked for."""
    codes = sorted({key.split(".")[1] for key in WORDS if key.startswith("problem.")})
    rows = ((f"`{code}`", WORDS.get(f"problem.{code}.detail") or _sentence(f"error.{code}")) for code in codes)
    return table(("code", "what it says"), rows)


def error_codes() -> dict[str, int]:
    """Return the code of every error of ours with its exit code."""
    import_module("py_export.commands.failures")  # the command line's own branch of the tree
    return {each.code: each.exit_code for each in _tree(ExportError)}


def page_formats() -> str:
    """Return the page's copy of the table of writers: it offers formats before Python has started."""
    rows = "".join(f"  {_page_row(writer)},\n" for writer in WRITERS)
    return (
        "// Written by `make docs` from the table of writers. Change that, not this.\n"
        'import type { WriterInfo } from "../engine/protocol.ts";\n\n'
        "/** The formats that the dialog offers, in its order; the first is the default. */\n"
        f"export const FORMATS = [\n{rows}] as const satisfies readonly WriterInfo[];\n\n"
        'export type Format = (typeof FORMATS)[number]["id"];\n'
    )


def page_kinds() -> str:
    """Return the page's copy of the kinds of what can be hidden, for the same reason."""
    rows = "".join(f"  {json.dumps({'kind': kind, 'group': redact.group_of(kind)})},\n" for kind in redact.KINDS)
    return (
        "// Written by `make docs` from the table of kinds. Change that, not this.\n\n"
        "/** What can be hidden, what weighs most first; patterns of one's own find `custom`. */\n"
        f"export const KINDS = [\n{rows}] as const;\n\n"
        'export type Kind = (typeof KINDS)[number]["kind"];\n\n'
        "/** The key of a kind's words. */\n"
        "export const kindKey = <K extends Kind>(kind: K) => `ui.redact_kind_${kind}` as const;\n"
    )


def _page_row(writer: Writer) -> str:
    schema = json_schema(writer.options)
    properties = {
        name: {key: value for key, value in option.items() if key != "title"}
        for name, option in schema["properties"].items()
    }
    options = {"properties": properties} | ({"allOf": schema["allOf"]} if "allOf" in schema else {})
    row = {
        "id": writer.id,
        "extension": writer.extension,
        "mediaType": writer.media_type,
        "kind": writer.kind,
        "options": options,
    }
    several = {} if writer.several == "apart" else {"several": True}
    return json.dumps(row | several | ({"where": list(writer.where)} if writer.where else {}))


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a Markdown table."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |" for line in lines
    )


def _section(key: str, name: str, package: str, module: str) -> str:
    return f"### {translate(key)} (`{name}`)\n\n{_text(import_module(f'py_export.{package}.{module}'))}"


def _text(module: ModuleType) -> str:
    return (inspect.getdoc(module) or "").replace("``", "`")


def _flag_rows(add: Callable[[argparse.ArgumentParser, Speaker], None]) -> list[tuple[str, ...]]:
    parser = argparse.ArgumentParser(add_help=False)
    add(parser, Speaker({}))
    return [(f"`{action.option_strings[0]}`", action.help or "") for action in parser._actions]


def _kind_rows() -> list[tuple[str, ...]]:
    return [(f"`{kind}`", redact.group_of(kind), translate(f"ui.redact_kind_{kind}")) for kind in redact.KINDS]


def _writer_rows() -> list[tuple[str, ...]]:
    return [
        (translate(f"format.{each.id}"), f"`{each.id}`", f"`.{each.extension}`{' (in the page)' if each.where else ''}")
        for each in WRITERS
    ]


def _option_rows(schema: dict[str, Any]) -> list[tuple[str, ...]]:
    return [
        (f"`{name}`", _values(each), f"`{json.dumps(each['default'])}`", translate(f"cli.option.{name}"))
        for name, each in schema["properties"].items()
    ]


def _values(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return ", ".join(map(_values, schema["anyOf"]))
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    return "`true`, `false`" if schema["type"] == "boolean" else str(schema["type"])


def _codes(prefix: str) -> list[str]:
    return sorted(
        {re.sub(r"\.(one|other)$", "", key).split(".", 1)[1] for key in WORDS if key.startswith(f"{prefix}.")}
    )


def _error_rows() -> list[tuple[str, ...]]:
    exits = error_codes()
    return [(f"`{code}`", str(exits.get(code, "")), _sentence(f"error.{code}")) for code in _codes("error")]


def _tree(kind: type[ExportError]) -> list[type[ExportError]]:
    return [kind, *(each for child in kind.__subclasses__() for each in _tree(child))]


def _sentence(key: str) -> str:
    return WORDS.get(key) or WORDS.get(f"{key}.other", "")


def _fill_all(name: str, parts: dict[str, str]) -> str:
    text = (ROOT / name).read_text(encoding="utf-8")
    for mark, part in parts.items():
        text = _replace(text, mark, part)
    return text


def _fill(name: str, mark: str, part: str) -> str:
    return _fill_all(name, {mark: part})


def _replace(text: str, mark: str, part: str) -> str:
    """Put ``part`` between the comments that name ``mark``."""
    between = re.compile(rf"(<!-- {mark}:[^>]*-->).*?(<!-- /{mark} -->)", re.DOTALL)
    assert between.search(text), mark
    return between.sub(lambda found: f"{found[1]}\n\n{part}\n\n{found[2]}", text)


if __name__ == "__main__":
    for _name, _contents in documents().items():
        (ROOT / _name).write_text(_contents, encoding="utf-8")
