"""What was hidden: by what name, how often and where; for who asks before it is hidden, also what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from py_export.model import Json


@dataclass(frozen=True, slots=True)
class Shown:
    """A place for a person to judge: what stands there and, with others hidden, before and after it on its line."""

    place: str
    before: str
    text: str
    after: str


@dataclass(slots=True)
class Secret:
    """
    One thing that was found, the same wherever it stands.

    Attributes:
        name: Its placeholder's name, ``api-key-1``.
        kind: One of ``KINDS``.
        rule: Which rule found it.
        key: What it is known by in ``Redaction.keep``, whatever else is found; a digest of it, and no less to be kept
            to oneself than a short password is.
        kept: Whether it is left as it is, as asked.
        count: At how many places it stands, those in the sources' records included.
        places: Where, the first hundred of them: ``messages[3].blocks[0].text``.
        shown: The first few that differ, where that is asked for. They hold what is to be hidden: show and forget them.
    """

    name: str
    kind: str
    rule: str
    key: str
    kept: bool
    count: int = 0
    places: list[str] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """What was found in a session. ``unseen`` counts attachments whose bytes were not looked into."""

    secrets: list[Secret] = field(default_factory=list)
    unseen: int = 0

    @property
    def hidden(self) -> list[Secret]:
        """What was not kept."""
        return [secret for secret in self.secrets if not secret.kept]

    def counts(self) -> dict[str, int]:
        """Return at how many places something was hidden, by kind."""
        found: dict[str, int] = {}
        for secret in self.hidden:
            found[secret.kind] = found.get(secret.kind, 0) + secret.count
        return found


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
                    for secret in report.hidden
                ],
                "attachmentsNotLookedInto": report.unseen,
            }
            for name, report in sessions
        ]
    }
