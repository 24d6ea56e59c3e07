"""What was hidden: how often, by what name, and where; for who asks before it is hidden, also what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from py_export.model import Json


@dataclass(slots=True)
class Secret:
    """
    One thing that was hidden, by its placeholder's name (``api-key-1``); never what it was.

    Attributes:
        rule: Which rule found it.
        count: At how many places it was hidden.
        places: Where, the first hundred of them.
    """

    name: str
    kind: str
    rule: str
    count: int = 0
    places: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Hit:
    """
    One hit for a person to judge, before anything is written. It holds what is to be hidden: show it, and forget it.

    Attributes:
        id: What ``Redaction.keep`` takes to leave just this one: ``api-key-1.2``, the second of ``api-key-1``.
        name: The placeholder's name, which ``keep`` takes to leave every hit of it.
        before: What stands before it, on the same line; other hits in it are hidden.
        text: What is to be hidden, at most the first two hundred characters.
        kept: Whether it is left as it is, as asked.
        place: Where it stands first.
        places: At how many places the same text stands with it.
    """

    id: str
    name: str
    kind: str
    before: str
    text: str
    after: str
    kept: bool
    place: str = ""
    places: int = 0


@dataclass(slots=True)
class Report:
    """What was hidden in a session. ``unseen`` counts attachments whose bytes were not looked into."""

    secrets: list[Secret] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    unseen: int = 0

    def counts(self) -> dict[str, int]:
        """Return at how many places something was hidden, by kind."""
        found: dict[str, int] = {}
        for secret in self.secrets:
            found[secret.kind] = found.get(secret.kind, 0) + secret.count
        return {kind: count for kind, count in found.items() if count}


def as_json(sessions: Iterable[tuple[str, Report]]) -> Json:
    """Return the reports of sessions, each with its id, as JSON; what was hidden is not in it."""
    return {
        "sessions": [
            {
                "id": name,
                "hidden": [
                    {
                        "placeholder": f"[redacted:{secret.name}]",
                        "kind": secret.kind,
                        "rule": secret.rule,
                        "count": secret.count,
                        "places": secret.places,
                    }
                    for secret in report.secrets
                    if secret.count
                ],
                "attachmentsNotLookedInto": report.unseen,
            }
            for name, report in sessions
        ]
    }
