"""Both locale files say the same things, all that the code can say, and nothing else."""

from __future__ import annotations

import json
import re
from importlib import import_module

import pytest

from py_export.errors import ExportError
from py_export.l10n import LOCALES
from py_export.options import json_schema
from py_export.readers import READERS
from py_export.writers import WRITERS
from py_export_functions.settings import Settings
from tests.checkout import ROOT, texts

FILES: dict[str, dict[str, str]] = {
    tag: json.loads((ROOT / f"py_export/locales/{tag}.json").read_text(encoding="utf-8")) for tag in LOCALES
}
EN, ZH = FILES["en"], FILES["zh-CN"]

PLURAL = re.compile(r"\.(one|other)$")
# A key that is put together at run time, as in f"error.{code}" or `ui.theme_${name}`: what comes before the brace.
COMPOSED = re.compile(
    r"""["'`]((?:cli|error|event|filter|format|html|markdown|notice|problem|reader|replay|script|setting|ui)[.\w-]*[._-])\$?\{"""
)


def _bases(words: dict[str, str]) -> set[str]:
    """Return the keys without their plural categories."""
    return {PLURAL.sub("", key) for key in words}


def _source() -> str:
    """Return all code that may say something, the locale files aside."""
    homes = ("py_export/", "functions/", "web/src/", "web/scripts/", "web/index.html")
    return "\n".join(text for path, text in texts(".py", ".ts", ".html", ".j2") if path.as_posix().startswith(homes))


def test_both_locales_have_the_same_keys() -> None:
    assert _bases(EN) == _bases(ZH)


@pytest.mark.parametrize("tag", LOCALES)
def test_a_locale_file_is_sorted(tag: str) -> None:
    assert list(FILES[tag]) == sorted(FILES[tag])


@pytest.mark.parametrize("tag", LOCALES)
def test_a_counted_key_has_every_plural_category_of_its_locale(tag: str) -> None:
    wanted = {"en": {"one", "other"}, "zh-CN": {"other"}}[tag]
    counted = {PLURAL.sub("", key) for words in FILES.values() for key in words if PLURAL.search(key)}
    for base in counted:
        assert {key.removeprefix(f"{base}.") for key in FILES[tag] if PLURAL.sub("", key) == base} == wanted, base


def test_a_translation_fills_the_same_places() -> None:
    places = re.compile(r"\{\w+\}")
    for key, text in ZH.items():
        english = EN.get(key) or EN[PLURAL.sub(".other", key)]
        assert set(places.findall(text)) == set(places.findall(english)), key


@pytest.mark.parametrize("tag", LOCALES)
def test_no_sentence_is_empty(tag: str) -> None:
    assert [key for key, text in FILES[tag].items() if not text.strip()] == []


def _options() -> set[str]:
    """Return every option that a person may choose, by its name, and each of its values, as ``name_value``."""
    schemas = [json_schema(writer.options)["properties"] for writer in WRITERS]
    chosen = [(name, option) for schema in schemas for name, option in schema.items() if not option.get("readOnly")]
    return {name for name, _ in chosen} | {
        f"{name}_{value}" for name, option in chosen for value in option.get("enum", ())
    }


def test_the_dialog_has_words_for_every_format_every_option_and_each_of_its_values() -> None:
    wanted = {f"ui.option_{option}" for option in _options()} | {f"ui.about_{writer.id}" for writer in WRITERS}
    assert wanted - set(EN) == set()


def test_no_key_is_unused() -> None:
    source = _source()
    literals = set(re.findall(r"""["'`]([\w.-]+)["'`]|\b(\w+)[=:]""", source))
    said = {word for pair in literals for word in pair if word} | _options()
    prefixes = tuple(COMPOSED.findall(source))
    suffixes = tuple(re.findall(r"`\$\{\w+\}(_\w+)`", source))

    def used(key: str) -> bool:
        ends = {key.removeprefix(prefix) for prefix in prefixes if key.startswith(prefix)}
        ends |= {key.removesuffix(suffix) for suffix in suffixes if key.endswith(suffix)}
        return key in said or any(re.sub(r"\.(title|detail)$", "", end) in said for end in ends)

    assert sorted(key for key in _bases(EN) if not used(key)) == []


def test_every_key_that_the_code_names_exists() -> None:
    families = {key.split(".")[0] for key in EN}
    literals = set(re.findall(r"""["'`]([a-z]+\.[\w.-]*\w)["'`]""", _source()))
    named = {
        each for each in literals if each.split(".")[0] in families and not each.endswith((".json", ".css", ".svg"))
    }
    assert sorted(named - _bases(EN) - set(EN)) == []


def test_every_format_source_option_and_setting_has_words() -> None:
    keys = {f"format.{writer.id}" for writer in WRITERS} | {f"reader.{reader.id}" for reader in READERS}
    keys |= {f"cli.option.{name}" for writer in WRITERS for name in writer.options.__struct_fields__}
    keys |= {f"setting.{name}" for name in Settings.model_fields}
    assert keys <= _bases(EN)


def test_every_error_has_words() -> None:
    import_module("py_export.commands.failures")  # the command line's own branch of the tree

    def tree(kind: type[ExportError]) -> set[str]:
        return {kind.code}.union(*(tree(child) for child in kind.__subclasses__()))

    assert {f"error.{code}" for code in tree(ExportError)} <= _bases(EN)


def test_every_notice_and_every_event_has_words() -> None:
    source = _source()
    notices = set(re.findall(r"""notices\.add\(\s*["'](\w+)["']""", source))
    events = set(re.findall(r"""\bEvent\(\s*(?:name=)?["']([\w-]+)["']""", source))
    assert notices
    assert {f"notice.{code}" for code in notices} | {f"event.{name}" for name in events} <= _bases(EN)


def test_every_problem_of_the_function_has_words() -> None:
    codes = set(re.findall(r"""Problem\(\s*["'](\w+)["']""", _source()))
    assert codes
    for code in codes:
        assert f"problem.{code}.title" in EN
        assert f"problem.{code}.detail" in EN or f"error.{code}" in EN
