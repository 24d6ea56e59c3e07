"""Keys and tokens of services: every rule finds what it is for, and leaves alone what only looks like it."""

from __future__ import annotations

import random
import re
import string
from typing import Any

import pytest

from py_export.transforms.redact import KINDS
from py_export.transforms.redact.rules import table
from tests.unit.transforms.redact.saying import hidden

PREFIXED = [(row, prefix) for row in table()["prefixed"] for prefix in row["prefix"]]
SAMPLES = {
    "jwt": "eyJhbGciOiJSUzI1NiJ9" + ".eyJpc3MiOiJhIn0.abcDEF123_-x",
    "google-refresh-token": "1//0" + "eA1b2C3d4_" * 5,
    "airtable-token": "pat" + "a1B2c3D4e5F6g7." + "0123456789abcdef" * 4,
    "resend-api-key": "re_" + "a1B2c3D4_" + "eF5gH6iJ7kL8mN9oP0qR1sT2",
    "paseto": "v4.public." + "aB3" * 20,
    "azure-client-secret": "aB38Q~" + "a1B2c3D4e5F6g7H8a1B2c3D4e5F6g7H8",
    "mailchimp-key": "0123456789abcdef" * 2 + "-us12",
    "terraform-token": "a1B2c3D4e5F6g7" + ".atlasv1." + "aB3_" * 17,
    "braintree-token": "access_token$production$" + "a1b2c3d4e5f6g7h8" + "$" + "0123456789abcdef" * 2,
    "telegram-bot-token": "123456789:" + "AA" + "Bc1De2Fg3" * 3 + "Hi4Jk5",
    "maxmind-key": "a1B2c3_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o" + "_mmk",
    "slack-webhook": "hooks.slack.com/services/" + "T0A1B2C3D/B4E5F6G7H/" + "a1B2c3D4e5F6g7H8i9J0k1L2",
    "discord-webhook": "discord.com/api/webhooks/" + "123456789012345678/" + "aB3_" * 16,
    "teams-webhook": "acme.webhook.office.com/webhookb2/" + "0a1b2c3d-" * 8,
}  # fmt: skip
WRAPPED = [
    "{}",
    '"{}"',
    "key={};",
    "({})",
    "line\n{}\n",
    "\\n{}\\n",
    '{{\\"k\\":\\"{}\\"}}',
    "%3D{}",
    "\x1b[32m{}\x1b[0m",
    "\\u003d{} x",
]
LOOKALIKES = [
    "sk-circle-fade-dot-loader-animation-large",
    "sk-learn-based-pipeline-for-text-classification",
    "hf_transformers_model_for_causal_language",
    "sk-list-item-12-of-the-tabs-in-2025",
    "before_re_exporting_when_1_is_enabled_1291_times",
    "EAAA5134-3D9C-49B8-A43C-6331458A0DEF",
    "npm_config_cache_directory_of_this_user",
    "pypi-publish-workflow-with-trusted-publisher",
    "550e8400-e29b-41d4-a716-446655440000",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "toolu_01A09q90qw90lq917835lq9",
    "msg_01XFDUDYJgAACzvnptvVoYEL",
    "https://example.com/a/very/long/path-with-dashes_and_underscores.html",
    "AKIA", "eyJ", "ghp_", "xoxb-", "-----BEGIN PUBLIC KEY-----",
]  # fmt: skip


def drawn(row: dict[str, Any], prefix: str) -> str:
    """Return a made-up key of a rule, the shortest."""
    lot = random.Random(prefix)  # noqa: S311 - made up, and the same each time
    letters = [each for each in string.ascii_letters + string.digits if re.fullmatch(row["body"], each)]
    return prefix + "".join(lot.choice(letters) for _ in range(row["least"]))


@pytest.mark.parametrize(("row", "prefix"), PREFIXED, ids=[prefix for _, prefix in PREFIXED])
def test_a_key_is_found_whole_however_it_is_wrapped(row: dict[str, Any], prefix: str) -> None:
    key = drawn(row, prefix)
    for wrapped in WRAPPED:
        found = hidden(wrapped.format(key), "secrets")
        assert re.fullmatch(re.escape(wrapped.format("#")).replace(r"\#", r"\[redacted:[a-z-]+-1\]"), found), found


@pytest.mark.parametrize("name", SAMPLES)
def test_a_key_with_a_mark_in_its_middle_is_found_whole(name: str) -> None:
    assert name in {row["id"] for row in table()["patterns"]}
    assert re.fullmatch(r"see <\[redacted:[a-z-]+-1\]>\.", hidden(f"see <{SAMPLES[name]}>.", "secrets"))


def test_every_rule_in_the_middle_has_a_sample() -> None:
    assert {row["id"] for row in table()["patterns"]} == SAMPLES.keys()


@pytest.mark.parametrize("text", LOOKALIKES)
def test_what_only_looks_like_a_key_stays(text: str) -> None:
    assert hidden(f"see {text} here", "secrets") == f"see {text} here"


def test_a_private_key_goes_whole_and_one_that_is_cut_off_to_its_end() -> None:
    for kind in ("RSA ", "EC ", "OPENSSH ", "", "ENCRYPTED "):
        key = f"-----BEGIN {kind}" + "PRIVATE KEY-----\nMIIEpAIBAAKCAQEA0Z3VS5JJcds3\nxfn/ygWyF0qmPEM="
        end = f"\n-----END {kind}" + "PRIVATE KEY-----"
        assert hidden(f"a {key}{end} z") == "a [redacted:private-key-1] z"
        assert hidden(f"a {key}") == "a [redacted:private-key-1]"
        assert hidden(f"a {key}{end}".replace("\n", "\\n")) == "a [redacted:private-key-1]"


def test_the_data_say_where_they_are_from() -> None:
    sources = table()["sources"]
    assert sources
    assert all(source["licence"] == "MIT" and source["version"] and source["copyright"] for source in sources)
    assert {row["kind"] for row in (*table()["prefixed"], *table()["patterns"])} <= set(KINDS)
