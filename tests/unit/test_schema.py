"""The payload's JSON Schema: generated from the model, published with the package."""

import json
from importlib.resources import files
from typing import get_args

import pytest
from jsonschema import Draft202012Validator
from msgspec import convert

from py_export import Session, schema_analytics, write
from py_export.model import Block, Event, Message, SubAgent, Text, ToolCall, ToolKind, ToolResult, Unknown
from py_export.schema import json_schema, plain


def a_session() -> Session:
    """One message with a tool call whose sub-agent answered."""
    answer = Message(id="s1", role="assistant", sub_agent=SubAgent("a1", "c1"), blocks=[Text("found it")])
    call = ToolCall("c1", "Task", kind="task", input={"q": None}, result=ToolResult([Text("ok")]), messages=[answer])
    blocks: list[Block] = [Text("hello"), call, Event("ready", data={"n": 1}), Unknown({"x": [1, None]})]
    return Session(
        id="s", messages=[Message(id="m1", role="assistant", created_at=5, blocks=blocks, source={"a": None})]
    )


def test_the_published_file_is_the_one_generated_from_the_model() -> None:
    published = files("py_export").joinpath("payload.schema.json").read_text(encoding="utf-8")
    assert published == json.dumps(json_schema(), indent=2) + "\n"


def test_the_schema_of_analytics_is_valid_and_the_published_one() -> None:
    published = files("py_export").joinpath("analytics.schema.json").read_text(encoding="utf-8")
    assert published == json.dumps(schema_analytics.json_schema(), indent=2) + "\n"
    Draft202012Validator.check_schema(schema_analytics.json_schema())


def test_the_schema_is_valid_and_names_every_block_and_tool_kind() -> None:
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    types = {
        part["properties"]["type"]["const"] for part in schema["$defs"].values() if "type" in part.get("required", [])
    }
    assert types == {"text", "thinking", "tool_call", "image", "file", "code", "event", "error", "citation", "unknown"}
    assert schema["$defs"]["ToolCall"]["properties"]["kind"]["enum"] == sorted(get_args(ToolKind))


def test_what_the_json_writer_writes_is_valid() -> None:
    document = json.loads(b"".join(write(a_session(), "json")))
    Draft202012Validator(json_schema()).validate(document)


@pytest.mark.parametrize(
    "broken", [{"blocks": [{"text": "no type"}]}, {"role": "nobody"}, {"blocks": [{"type": "text"}]}]
)
def test_the_schema_refuses_a_broken_message(broken: dict[str, object]) -> None:
    document = json.loads(b"".join(write(a_session(), "json")))
    document["messages"][0] |= broken
    assert not Draft202012Validator(json_schema()).is_valid(document)


def test_a_message_survives_the_way_to_json_and_back() -> None:
    message = a_session().messages[0]
    assert convert(plain(message), Message) == message
