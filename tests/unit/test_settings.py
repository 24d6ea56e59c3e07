"""The settings document: what is known comes back as it was, and nothing else comes through."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import py_export
from py_export import Notices, Session, settings
from py_export.errors import ExportError, InvalidSettings, NewerVersion
from py_export.schema_settings import json_schema
from py_export.settings_values import SETTINGS

ALL: dict[str, Any] = {
    "format": "markdown",
    "options": {"markdown": {"timestamps": False, "style": "trace"}, "html": {"charts": False}},
    "locale": "zh-CN",
    "theme": "dark",
    "timezone": "Asia/Shanghai",
    "filename": "{title}-{date}",
    "redaction": {"mode": "on", "kinds": ["api-key", "email"], "patterns": ["ACME-\\d+"]},
    "shortcuts": False,
}
"""Every setting, each other than it is by itself."""


def document(**changed: object) -> dict[str, Any]:
    """Return a document of all settings but for those that are named here."""
    return {"settingsVersion": 1, "exportedAt": 1_767_323_045_000, "settings": ALL | changed}


def read(value: object) -> tuple[dict[str, Any], list[tuple[str, int]]]:
    """Return what is read of a document, and the notices."""
    notices = Notices()
    found = settings.read(json.dumps(value).encode(), notices)
    return found, [(notice.code, notice.count) for notice in notices]


def test_every_setting_comes_back_as_it_was() -> None:
    assert ALL.keys() == SETTINGS.keys()
    found, notices = read(document())
    assert found["settings"] == ALL
    assert list(found) == ["settingsVersion", "generator", "exportedAt", "settings"]
    assert notices == []


def test_the_same_settings_are_the_same_bytes_in_whatever_order_they_come() -> None:
    once = settings.write(ALL, 5)
    backwards = {name: ALL[name] for name in reversed(ALL)}
    assert settings.write(backwards, 5) == once
    assert settings.text(settings.read(once, Notices())) == once
    assert py_export.convert(once, "settings") == once
    assert once.endswith(b"}\n")


def test_the_published_schema_takes_what_is_written_and_no_broken_value() -> None:
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    assert files("py_export").joinpath("settings.schema.json").read_text() == json.dumps(schema, indent=2) + "\n"
    check = Draft202012Validator(schema)
    check.validate(json.loads(settings.write(ALL, 5)))
    for name in ALL:
        assert not check.is_valid(document(**{name: 7})), name


HOSTILE: list[object] = [7, 1.5, None, ["x"], {"x": {}}, "", "x" * 5000, "../../etc/passwd", "<b>", [[[]]]]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_that_is_not_what_it_should_be_is_refused_with_its_place_and_not_quoted(
    name: str, value: object
) -> None:
    if name in ("options", "redaction") and isinstance(value, dict):  # which says nothing that is known
        assert read(document(**{name: value}))[0]["settings"][name] == {}
        return
    with pytest.raises(InvalidSettings) as caught:
        read(document(**{name: value}))
    assert caught.value.where.startswith(f"settings.{name}")
    assert "passwd" not in str(caught.value)
    assert "xxxx" not in str(caught.value)


@pytest.mark.parametrize(
    ("options", "where"),
    [
        ({"markdown": {"style": "baroque"}}, "settings.options.markdown.style"),
        ({"markdown": {"timestamps": "perhaps"}}, "settings.options.markdown.timestamps"),
        ({"markdown": {"timezone": "Mars/Olympus"}}, "settings.options.markdown.timezone"),
        ({"markdown": {"style": {"a": 1}}}, "settings.options.markdown.style"),
        ({"markdown": []}, "settings.options.markdown"),
    ],
)
def test_an_option_is_judged_by_its_format(options: object, where: str) -> None:
    with pytest.raises(InvalidSettings) as caught:
        read(document(options=options))
    assert caught.value.where == where
    assert "baroque" not in str(caught.value)


def test_what_is_not_known_is_left_out_and_counted() -> None:
    more = document(__proto__={"admin": True}, constructor={}, **{"token": "t0ps3cret", "a b\n": 1})
    more["settings"]["options"] = {"papyrus": {}, "markdown": {"ink": 1}, "text": {"filter_input": "what I typed"}}
    more["settings"]["redaction"] = {"mode": "off", "keep": ["id"]}
    found, notices = read(more)
    assert notices == [("setting_unknown", 8)]
    assert found["settings"] == ALL | {"options": {}, "redaction": {"mode": "off"}}
    assert "s3cret" not in json.dumps(found)
    assert "typed" not in json.dumps(found)


@pytest.mark.parametrize("data", [b"", b"[]", b"7", b"{", b"\xff\xfe", b'{"settings": {}}', b"[" * 5000, b" " * 70_000])
def test_what_is_no_settings_file_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidSettings):
        settings.read(data, Notices())


def test_a_version_of_the_future_is_refused_and_none_is_no_version() -> None:
    with pytest.raises(NewerVersion):
        read(document() | {"settingsVersion": 2})
    for version in (None, True, "one", [1], -1):
        with pytest.raises(InvalidSettings):
            read(document() | {"settingsVersion": version})


def test_a_session_has_no_settings_in_it() -> None:
    with pytest.raises(InvalidSettings):
        list(py_export.write(Session(id="s"), "settings"))
    with pytest.raises(InvalidSettings):
        py_export.convert(b'{"schemaVersion": 1, "session": {"id": "s"}, "messages": []}', "settings")


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*ALL, "mode", "__proto__"]), inner),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from([*ALL, "token"]), _json))
def test_whatever_stands_there_is_valid_or_refused(values: dict[str, Any]) -> None:
    try:
        found = settings.read(json.dumps({"settingsVersion": 1, "settings": values}).encode(), Notices())
    except ExportError:
        return
    Draft202012Validator(json_schema()).validate(found)
