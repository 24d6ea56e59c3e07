"""The options of every format: one pydantic model each; from it come the page's form and the command line's flags."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator

from py_export.errors import InvalidOption
from py_export.l10n import LOCALES, resolve
from py_export.times import zone_info

T = TypeVar("T", bound="Options")

Tools = Literal["none", "summary", "full"]

Images = Literal["names", "embed", "folder"]
"""Where images are that a session holds: only named, in the document, or in a folder beside it."""

Naming = Literal["title-id-date", "title-date", "session-id", "export-chat"]
"""How a file is named; ``filenames.py`` says what each is."""


def _known_zone(name: str) -> str:
    if name != "UTC":  # which needs no zone data: in the browser that is a part of its own
        zone_info(name)
    return name


DERIVED: dict[str, JsonValue] = {"readOnly": True}
"""What follows from the selection: a form shows no field for it."""


class Options(BaseModel):
    """What every format takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    locale: Annotated[str, AfterValidator(resolve)] = Field("en", json_schema_extra={"enum": list(LOCALES)})
    """The language of the document's own words. Data (times, numbers, names) does not change with it."""

    timezone: Annotated[str, AfterValidator(_known_zone)] = Field("UTC", json_schema_extra={"format": "time-zone"})
    """An IANA name; times print in it, always with their offset."""

    @property
    def naming(self) -> Naming | None:
        """How files are named, where the options decide it; else the format does."""
        return None

    @property
    def packed(self) -> bool:
        """Whether more than one file is made, which a zip holds where there is no folder for them."""
        return False


class JsonOptions(Options):
    """The canonical payload has nothing to choose: it has no words of its own, and its times are numbers."""

    locale: Annotated[str, AfterValidator(resolve)] = Field(
        "en", json_schema_extra={"enum": list(LOCALES), "readOnly": True}
    )
    timezone: Annotated[str, AfterValidator(_known_zone)] = Field("UTC", json_schema_extra=DERIVED)


class ContentOptions(Options):
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


class SessionOptions(ContentOptions):
    """With its figures, all that the sidepanel's ``ExportOptions`` names; a format overrides the defaults."""

    token_counts: bool = True
    """Tokens, of each message and in all."""

    cost: bool = True
    """What it cost, each message and in all."""


class JsonlOptions(ContentOptions):
    """Options of the JSON Lines writer. Its lines have no place for figures."""

    tools: Tools = "none"
    thinking: bool = False


class SidepanelJsonOptions(SessionOptions):
    """Options of the sidepanel's JSON."""

    tools: Tools = "full"
    thinking: bool = False


class HfsJsonOptions(SessionOptions):
    """Options of HFS's JSON: the full trace."""

    tools: Tools = "full"


class HistoryOptions(ContentOptions):
    """Options of the formats that hold a history pair by pair."""

    tools: Tools = "none"
    thinking: bool = False

    filter_input: str = Field("", json_schema_extra=DERIVED)
    """The line that was typed, command and all; when empty, the filter that selected the pairs."""

    order_applied: Literal["time", "topic"] | None = Field(None, json_schema_extra=DERIVED)
    """The order that the document says it has; when absent, the order of the session."""


_STYLES: dict[str, dict[str, Any]] = {
    "hapi": {},
    "sidepanel": {"front_matter": False, "token_counts": True, "cost": True, "thinking": False},
    "trace": {"token_counts": True, "cost": True, "tools": "full"},
    "cursor": {"front_matter": False, "thinking": False},
}
"""What each style sets otherwise than ``MarkdownOptions`` does where the caller says nothing."""


def _defaults_by(styles: Mapping[str, Mapping[str, Any]]) -> Callable[[dict[str, Any]], None]:
    """Return what adds each style's defaults to a JSON Schema."""

    def add(schema: dict[str, Any]) -> None:
        schema["allOf"] = [
            {
                "if": {"properties": {"style": {"const": style}}, "required": ["style"]},
                "then": {"properties": {name: {"default": value} for name, value in defaults.items()}},
            }
            for style, defaults in styles.items()
            if defaults
        ]

    return add


def _styled(values: Any, styles: Mapping[str, Mapping[str, Any]]) -> Any:  # noqa: ANN401 - whatever a caller gave
    return {**styles.get(str(values.get("style")), {}), **values} if isinstance(values, dict) else values


class MarkdownOptions(SessionOptions):
    """Options of the Markdown writer. Some defaults depend on the style; the JSON Schema says which."""

    model_config = ConfigDict(json_schema_extra=_defaults_by(_STYLES))

    style: Literal["hapi", "sidepanel", "trace", "cursor"] = "hapi"
    """Which document's Markdown it is."""

    front_matter: bool = True
    """Begin with YAML front matter."""

    images: Images = "names"
    """Images that the session holds: named, in the document, or in a folder beside it (a zip of both)."""

    token_counts: bool = False
    cost: bool = False

    @model_validator(mode="before")
    @classmethod
    def _by_style(cls, values: Any) -> Any:  # noqa: ANN401 - whatever a caller gave
        return _styled(values, _STYLES)

    @property
    def packed(self) -> bool:
        """Whether images lie beside the document."""
        return self.images == "folder"

    @property
    def naming(self) -> Naming | None:
        """How files of this style are named, where it is not as the format's others."""
        names: dict[str, Naming] = {"sidepanel": "title-date", "cursor": "session-id"}
        return names.get(self.style)


_HTML_STYLES: dict[str, dict[str, Any]] = {
    "report": {},
    "cursor": {"tools": "summary", "thinking": False, "token_counts": False, "cost": False},
}


class HtmlOptions(SessionOptions):
    """Options of the HTML writer. Some defaults depend on the style; the JSON Schema says which."""

    model_config = ConfigDict(json_schema_extra=_defaults_by(_HTML_STYLES))

    style: Literal["report", "cursor"] = "report"
    """A report with figures, or the plain page of Cursor's exporter."""

    tools: Tools = "full"

    charts: bool = True
    """Draw tokens and cost over time, models and tools. The plain page has no place for them."""

    highlight: bool = True
    """Colour code."""

    @model_validator(mode="before")
    @classmethod
    def _by_style(cls, values: Any) -> Any:  # noqa: ANN401 - whatever a caller gave
        return _styled(values, _HTML_STYLES)

    @property
    def naming(self) -> Naming | None:
        """How files of this style are named, where it is not as the format's others."""
        return "session-id" if self.style == "cursor" else None


def parse(model: type[T], values: Options | Mapping[str, Any] | None) -> T:
    """
    Return the options of one format from what a caller gave.

    Raises:
        InvalidOption: A name or a value that this format does not know.
    """
    if isinstance(values, model):
        return values
    given = values.model_dump(exclude_unset=True) if isinstance(values, Options) else dict(values or {})
    try:
        return model.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        raise InvalidOption(option=name, reason=first["msg"]) from None
