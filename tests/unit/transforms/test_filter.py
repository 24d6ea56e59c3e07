"""The filter language: every predicate and operator as specified, errors that point at the character."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_export.errors import InvalidFilter, InvalidOption
from py_export.l10n import LOCALES, translate
from py_export.model import Code, Error, File, Message, SubAgent, Text
from py_export.transforms.filter import Context, parse, select
from py_export.transforms.filter.tree import And, Boundary, Flag, Not, Or, Recent, Stars
from py_export.transforms.pair import Pair, pairs
from tests.checkout import ROOT

DAY = 86_400_000
REASONS = ("letter", "end", "stars", "count", "quote", "date", "unclosed", "unopened", "depth")
WORDS = json.loads((ROOT / "py_export/locales/en.json").read_text(encoding="utf-8"))
NOW = 1_767_225_600_000  # 2026-01-01T00:00:00Z
CONTEXT = Context(now=NOW, topic="AI > Planning", model="gpt-4o", window=10)


def pair(number: int, text: str = "", answer: str = "", **answer_fields: Any) -> Pair:  # noqa: ANN401
    """One pair; its answer carries the fields. Pair 0 is ten days old, each next one a day younger."""
    at = NOW - (10 - number) * DAY
    blocks = answer_fields.pop("blocks", [Text(answer)])
    question = Message(id=f"q{number}", role="user", created_at=at, blocks=[Text(text or f"question {number}")])
    reply = Message(id=f"a{number}", role="assistant", created_at=at + 1000, blocks=blocks, **answer_fields)
    return Pair([question], [reply])


PAIRS = [
    pair(0, "Plan the week", topic_path="AI > Planning", topic_id="p", stars=3, flag_color="blue", model="gpt-4o"),
    pair(1, "Deep Learning basics", topic_path="AI > Deep Learning", stars=1, model="gpt-4o-mini"),
    pair(2, "an error, then a timeout", topic_path="AI", stars=2, model="claude-3"),
    pair(3, "Dinner", topic_path="Home", blocks=[Error("overloaded")], model="claude-3"),
    pair(4, "a picture", topic_path="Home > Garden", blocks=[Text("It's a rose"), File("x.png")], flag_color="blue"),
    pair(5, "no topic"),
]


def chosen(text: str, of: Sequence[Pair] = PAIRS, context: Context = CONTEXT) -> list[int]:
    """Return the numbers of the pairs that a filter lets through."""
    kept = select(text, of, context)
    return [number for number, one in enumerate(of) if any(one is other for other in kept)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [0, 1, 2, 3, 4, 5]),
        ("t'AI'", [2]),
        ("t'ai...'", [0, 1, 2]),
        ("t'AI > Planning'", [0]),
        ("t'Planning'", [0]),
        ("t'Planning > AI'", []),
        ("t'AI > * ...'", [0, 1]),
        ("t'A*'", [2]),
        ("t'root'", [5]),
        ("t''", []),
        ("t'...'", []),
        ("t'*Learning'", [1]),
        ('t"*AI*..."', [0, 1, 2]),
        ("t'Home...'", [3, 4]),
        ("t", [0]),
        ("t1", [0]),
        ("t 1", [0]),
        ("t0", []),
        ("s3", [0]),
        ("s=0", [3, 4, 5]),
        ("s>=2", [0, 2]),
        ("s < 2", [1, 3, 4, 5]),
        ("r2", [4, 5]),
        ("r 2", [4, 5]),
        ("r0", []),
        ("r99", [0, 1, 2, 3, 4, 5]),
        ("b", [0, 4]),
        ("g", [1, 2, 3, 5]),
        ("!b", [1, 2, 3, 5]),
        ("m'gpt*'", [0, 1]),
        ("m'GPT-4O'", [0]),
        ("m", [0]),
        ("d<7d", [4, 5]),
        ("d<=7", [3, 4, 5]),
        ("d <= 7 D", [3, 4, 5]),
        ("d<=7 d>5", [3, 4]),
        ("d<=7d>5", [3, 4]),
        ("d<=7 d2025-12-26", [4]),
        ("d 2025-12-26", [4]),
        ("d<=7 m'claude*'", [3]),
        ("d>1w", [0, 1, 2]),
        ("d<=120h", [5]),
        ("d<1mo", [0, 1, 2, 3, 4, 5]),
        ("d2025-12-22", [0]),
        ("d=25-12-23", [1]),
        ("d>=2025-12-26", [4, 5]),
        ("c'DINNER'", [3]),
        ("c'*error*timeout*'", [2]),
        ("c'timeout*error'", []),
        ("c'It\\'s'", [4]),
        ("i", [4]),
        ("e", [3]),
        ("s2r9", [2]),
        ("r3 & b", [4]),
        ("s3 | e + i", [0, 3, 4]),
        ("b | b", [0, 4]),
        ("!(s0 & g) & t'AI...'", [0, 1, 2]),
        ("!s0 & t'AI...' | i", [0, 1, 2, 4]),
        ("!!b", [0, 4]),
    ],
)
def test_a_filter_selects_what_the_language_says(text: str, expected: list[int]) -> None:
    assert chosen(text) == expected


def test_the_boundary_is_a_projection_on_what_the_other_terms_leave() -> None:
    some = [pair(number, "x" * 20) for number in range(6)]  # window 10 tokens = 40 characters = two pairs
    assert chosen("o", some) == [4, 5]
    assert chosen("o1", some) == [3, 4, 5]
    assert chosen("!o", some) == [0, 1, 2, 3]
    assert chosen("!o1", some) == [0, 1, 2]
    assert chosen("o & d>5", some) == chosen("d>5 & o", some) == [3, 4]
    assert chosen("d>5 & !o", some) == [0, 1, 2]
    assert chosen("o", some, Context()) == [0, 1, 2, 3, 4, 5]


def test_a_calendar_day_is_the_local_one() -> None:
    late = [Pair([Message(id="q", role="user", created_at=NOW - 3_600_000)])]
    assert chosen("d2025-12-31", late, Context(timezone="UTC")) == [0]
    assert chosen("d2026-01-01", late, Context(timezone="Asia/Shanghai")) == [0]


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("x", 0, "letter"),
        ("s3 & q", 5, "letter"),
        ("s4", 1, "stars"),
        ("s>=", 3, "stars"),
        ("r", 1, "count"),
        ("c", 1, "quote"),
        ("c'open", 1, "quote"),
        ("d<", 2, "date"),
        ("d2025-13-01", 1, "date"),
        ("d7d", 1, "date"),
        ("s\u0663", 1, "stars"),
        ("b :export", 2, "letter"),
        ("(s3", 0, "unclosed"),
        ("s3)", 2, "unopened"),
        ("s3 |", 4, "end"),
        ("!", 1, "end"),
        ("!" * 500, 101, "depth"),
        ("(" * 500, 101, "depth"),
    ],
)
def test_an_error_points_at_the_character(text: str, position: int, reason: str) -> None:
    with pytest.raises(InvalidFilter) as caught:
        parse(text)
    assert (caught.value.params["position"], caught.value.params["reason"]) == (position, reason)


def test_not_binds_tighter_than_and_and_and_tighter_than_or() -> None:
    assert parse("!b & s2 r3 | o5 + g") == Or(
        (And((Not(Flag("blue")), Stars("=", 2), Recent(3))), Boundary(5), Flag("grey"))
    )


@pytest.mark.parametrize("reason", REASONS)
def test_a_person_is_told_which_character_and_why(reason: str) -> None:
    for locale in LOCALES:
        for found, place in (("q", "5"), ("", "5")):
            said = InvalidFilter(reason=reason, position=4, found=found).message(locale)
            assert translate(f"filter.{reason}", locale) in said
            assert place in said
            assert f"“{found}”" in said or not found
            assert "{" not in said


def test_every_reason_has_words() -> None:
    assert {key.split(".")[1] for key in WORDS if key.startswith("filter.")} == {*REASONS, "ended"}


def test_the_current_topic_is_no_pattern_and_is_named_from_the_root() -> None:
    some = [pair(0, topic_path="C* > a"), pair(1, topic_path="Cx > a"), pair(2, topic_path="C* > a > b"), pair(3)]
    context = Context(topic="C* > a")
    assert chosen("t", some, context) == [0]
    assert chosen("t9", some, context) == [0, 2]
    assert chosen("t1", some, context) == [2]
    assert chosen("t'a'", [*some, pair(4, topic_path="X > a")], context) == [0, 1, 4]


@pytest.mark.parametrize("at", [10**17, -(10**17), 8_640_000_000_000_000, -8_640_000_000_000_000])
def test_no_time_is_too_far_away_for_a_filter(at: int) -> None:
    far = [Pair([Message(id="q", role="user", created_at=at)])]
    assert chosen("d>2025-01-01", far, CONTEXT) == ([0] if at == 8_640_000_000_000_000 else [])
    assert chosen("d<2025-01-01", far, CONTEXT) == ([0] if at == -8_640_000_000_000_000 else [])
    assert chosen("d>7d", far, CONTEXT) == ([0] if at < 0 else [])


def test_a_zone_that_does_not_exist_is_an_error_of_ours() -> None:
    with pytest.raises(InvalidOption):
        chosen("d2025-01-01", context=Context(timezone="Nowhere/Land"))


@given(st.text(st.sampled_from("tsrbgmdcioe!&|+()'\"*0123<>=- \\."), max_size=30))
def test_any_text_is_a_filter_or_an_error_of_ours_and_selects_in_order(text: str) -> None:
    position = 0
    kept: list[Pair] = []
    try:
        kept = select(text, PAIRS, CONTEXT)
    except InvalidFilter as error:
        position = int(error.params["position"])
    assert 0 <= position <= len(text)
    numbers = [next(n for n, one in enumerate(PAIRS) if one is pair) for pair in kept]
    assert numbers == sorted(set(numbers))


def test_many_wildcards_do_not_stall() -> None:
    assert chosen("c'" + "*a" * 200 + "*b'", [pair(0, "a" * 100_000)]) == []


def test_pairs_hold_every_visible_message_once_and_in_order() -> None:
    roles = ["system", "assistant", "user", "user", "assistant", "tool", "event", "user"]
    messages = [Message(id=str(number), role=role, hidden=number == 5) for number, role in enumerate(roles)]  # type: ignore[arg-type]
    found = pairs(messages)
    assert [[one.id for one in pair.messages] for pair in found] == [["0", "1"], ["2", "3", "4", "6"], ["7"]]
    assert [pair.id for pair in found] == ["1", "2", "7"]


def test_what_stands_before_the_first_question_belongs_to_it() -> None:
    side = Message(id="side", role="user", sub_agent=SubAgent())
    messages = [Message(id="system", role="system"), side, Message(id="u", role="user"), Message(id="e", role="event")]
    (one,) = pairs(messages)
    assert ([each.id for each in one.question], [each.id for each in one.answer]) == (["system", "side", "u"], ["e"])
    assert ([each.id for each in one.asked], one.id) == (["u"], "u")


def test_what_a_sub_agent_is_asked_begins_no_pair() -> None:
    messages = [Message(id=name, role=role, sub_agent=sub) for name, role, sub in SIDE]  # type: ignore[arg-type]
    assert [[one.id for one in pair.messages] for pair in pairs(messages)] == [["u", "a", "su", "sa"], ["u2"]]


def test_a_pairs_text_holds_its_code_fenced() -> None:
    one = Pair([Message(id="u", role="user", blocks=[Text("this:"), Code("x = `1`", "python")])])
    assert one.question_text == "this:\n\n```python\nx = `1`\n```"
    assert chosen("c'x = '", [one]) == [0]


SIDE = [("u", "user", None), ("a", "assistant", None), ("su", "user", SubAgent()), ("sa", "assistant", SubAgent())]
SIDE += [("u2", "user", None)]
