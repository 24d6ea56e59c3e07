"""The options of every format: one struct each; from it come the page's form and the command line's flags."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, TypeVar, get_args, get_origin

import msgspec
from msgspec import Meta, Struct, ValidationError
from msgspec.structs import fields, force_setattr

from py_export.errors import InvalidOption
from py_export.l10n import LOCALES, resolve
from py_export.times import zone_info

T = TypeVar("T", bound="Options")

Tools = Literal["none", "summary", "full"]

Images = Literal["names", "embed", "folder"]
"""Where images are that a session holds: only named, in the document, or in a folder beside it."""

Paper = Literal["a4", "letter"]

Naming = Literal["title-id-date", "title-date", "session-id", "export-chat", "changes"]
"""How a file is named; ``filenames.py`` says what each is."""


LOCALE: dict[str, Any] = {"enum": list(LOCALES)}
DERIVED: dict[str, Any] = {"readOnly": True}
"""What follows from the selection: a form shows no field for it."""


class Options(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """
    What every format takes.

    Attributes:
        styles: What each style sets otherwise than the format does, where the caller says nothing.
    """

    styles: ClassVar[Mapping[str, Mapping[str, Any]]] = {}

    locale: Annotated[str, Meta(extra_json_schema=LOCALE)] = "en"
    """The language of the document's own words. Data (times, numbers, names) does not change with it."""

    timezone: Annotated[str, Meta(extra_json_schema={"format": "time-zone"})] = "UTC"
    """An IANA name; times print in it, always with their offset."""

    def __post_init__(self) -> None:
        """Raise ``InvalidOption`` where the zone has no such name."""
        force_setattr(self, "locale", resolve(self.locale))
        if self.timezone != "UTC":  # which needs no zone data: in the browser that is a part of its own
            try:
                zone_info(self.timezone)
            except ValueError as error:
                raise InvalidOption(option="timezone", reason=str(error)) from None

    @property
    def naming(self) -> Naming | None:
        """How files are named, where the options decide it; else the format does."""
        return None

    @property
    def packed(self) -> bool:
        """Whether more than one file is made, which a zip holds where there is no folder for them."""
        return False


class JsonOptions(Options, frozen=True, kw_only=True):
    """The canonical payload has nothing to choose: it has no words of its own, and its times are numbers."""

    locale: Annotated[str, Meta(extra_json_schema=LOCALE | DERIVED)] = "en"
    timezone: Annotated[str, Meta(extra_json_schema=DERIVED)] = "UTC"


class ContentOptions(Options, frozen=True, kw_only=True):
    """What of each message a format shows; ``transforms/shown.py`` makes each of these options true."""

    messages: bool = True
    """What messages say."""

    timestamps: bool = True
    """When each message was written."""

    tools: Tools = "summary"
    """Tool calls: left out, in short, or with input and result."""

    file_contents: bool = True
    """What files held that tools read or wrote."""

    thinking: bool = True
    """The model's reasoning."""


class SessionOptions(ContentOptions, frozen=True, kw_only=True):
    """With its figures, all that the sidepanel's ``ExportOptions`` names; a format overrides the defaults."""

    token_counts: bool = True
    """Tokens, of each message and in all."""

    cost: bool = True
    """What it cost, each message and in all."""


class JsonlOptions(ContentOptions, frozen=True, kw_only=True):
    """Options of the JSON Lines writer. Its lines have no place for figures."""

    tools: Tools = "none"
    thinking: bool = False


class SidepanelJsonOptions(SessionOptions, frozen=True, kw_only=True):
    """Options of the sidepanel's JSON."""

    tools: Tools = "full"
    thinking: bool = False


class HfsJsonOptions(SessionOptions, frozen=True, kw_only=True):
    """Options of HFS's JSON: the full trace."""

    tools: Tools = "full"


class HistoryOptions(ContentOptions, frozen=True, kw_only=True):
    """Options of the formats that hold a history pair by pair."""

    tools: Tools = "none"
    thinking: bool = False

    filter_input: Annotated[str, Meta(extra_json_schema=DERIVED)] = ""
    """The line that was typed, command and all; when empty, the filter that selected the pairs."""

    order_applied: Annotated[Literal["time", "topic"] | None, Meta(extra_json_schema=DERIVED)] = None
    """The order that the document says it has; when absent, the order of the session."""


class MarkdownOptions(SessionOptions, frozen=True, kw_only=True):
    """Options of the Markdown writer. Some defaults depend on the style; the JSON Schema says which."""

    styles: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "hapi": {},
        "sidepanel": {"front_matter": False, "token_counts": True, "cost": True, "thinking": False},
        "trace": {"token_counts": True, "cost": True, "tools": "full"},
        "cursor": {"front_matter": False, "thinking": False},
    }

    style: Literal["hapi", "sidepanel", "trace", "cursor"] = "hapi"
    """Which document's Markdown it is."""

    front_matter: bool = True
    """Begin with YAML front matter."""

    images: Images = "names"
    """Images that the session holds: named, in the document, or in a folder beside it (a zip of both)."""

    token_counts: bool = False
    cost: bool = False

    @property
    def packed(self) -> bool:
        """Whether images lie beside the document."""
        return self.images == "folder"

    @property
    def naming(self) -> Naming | None:
        """How files of this style are named, where it is not as the format's others."""
        names: dict[str, Naming] = {"sidepanel": "title-date", "cursor": "session-id"}
        return names.get(self.style)


class HtmlOptions(SessionOptions, frozen=True, kw_only=True):
    """Options of the HTML writer. Some defaults depend on the style; the JSON Schema says which."""

    styles: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "report": {},
        "cursor": {"tools": "summary", "thinking": False, "token_counts": False, "cost": False},
    }

    style: Literal["report", "cursor"] = "report"
    """A report with figures, or the plain page of Cursor's exporter."""

    tools: Tools = "full"

    charts: bool = True
    """Draw tokens and cost over time, models and tools. The plain page has no place for them."""

    highlight: bool = True
    """Colour code."""

    @property
    def naming(self) -> Naming | None:
        """How files of this style are named, where it is not as the format's others."""
        return "session-id" if self.style == "cursor" else None


class SessionPdfOptions(SessionOptions, frozen=True, kw_only=True):
    """Options of the PDF of a conversation."""

    paper: Paper = "a4"
    """The size of its pages."""

    contents: bool = True
    """List the questions, with the pages they stand on."""


def parse(model: type[T], values: Options | Mapping[str, Any] | None) -> T:
    """
    Return the options of one format from what a caller gave.

    Raises:
        InvalidOption: A name or a value that this format does not know.
    """
    if isinstance(values, model):
        return values
    given = _changed(values) if isinstance(values, Options) else dict(values or {})
    try:
        return msgspec.convert({**model.styles.get(str(given.get("style")), {}), **given}, model, strict=False)
    except ValidationError as error:
        raise InvalidOption(option=_place(str(error)), reason=str(error).partition(" - at ")[0]) from None


def json_schema(model: type[Options]) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a format's options; ``allOf`` has the defaults of its styles."""
    _, parts = msgspec.json.schema_components([model])
    found = parts[model.__name__]
    properties = {name: _in_order(found["properties"][name], kind) for name, kind in _kinds(model).items()}
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    by_style = [
        {
            "if": {"properties": {"style": {"const": style}}, "required": ["style"]},
            "then": {"properties": {name: {"default": value} for name, value in defaults.items()}},
        }
        for style, defaults in model.styles.items()
        if defaults
    ]
    return schema | ({"allOf": by_style} if by_style else {})


def _kinds(model: type[Options]) -> dict[str, Any]:
    """Return the type of every option, those that every format takes first."""
    kinds = {field.name: field.type for field in fields(model)}
    names = [name for base in reversed(model.__mro__) for name in getattr(base, "__annotations__", ()) if name in kinds]
    return {name: kinds[name] for name in names}


def _in_order(described: dict[str, Any], kind: Any) -> dict[str, Any]:  # noqa: ANN401 - a type
    """Return an option's schema with its choices in the order in which they stand here: msgspec sorts them."""
    choices = get_args(kind) if get_origin(kind) is Literal else ()
    return described | ({"type": "string", "enum": list(choices)} if choices else {})


def _changed(options: Options) -> dict[str, Any]:
    """Return what differs from the defaults: another format has others."""
    found = {field.name: (getattr(options, field.name), field.default) for field in fields(options)}
    return {name: value for name, (value, default) in found.items() if value != default}


def _place(said: str) -> str:
    """Return the option that msgspec complains of."""
    found = re.search(r"at `\$\.(\w+)|unknown field `(\w+)`", said)
    return "" if found is None else found[1] or found[2]
