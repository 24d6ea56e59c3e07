"""The options of every format: one pydantic model each; from it come the page's form and the command line's flags."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from py_export.errors import InvalidOption
from py_export.l10n import LOCALES, resolve
from py_export.times import zone_info

T = TypeVar("T", bound="Options")


def _known_zone(name: str) -> str:
    if name != "UTC":  # which needs no zone data: in the browser that is a part of its own
        zone_info(name)
    return name


class Options(BaseModel):
    """What every format takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    locale: Annotated[str, AfterValidator(resolve)] = Field("en", json_schema_extra={"enum": list(LOCALES)})
    """The language of the document's own words. Data (times, numbers, names) does not change with it."""

    timezone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    """An IANA name; times print in it, always with their offset."""


class JsonOptions(Options):
    """The canonical payload has nothing to choose."""


class MarkdownOptions(Options):
    """Options of the Markdown writer."""

    front_matter: bool = True
    """Begin with YAML front matter."""

    tools: Literal["none", "summary", "full"] = "summary"
    """Tool calls: left out, one line each, or with input and result."""

    thinking: bool = True
    """Show the model's reasoning, quoted."""


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
