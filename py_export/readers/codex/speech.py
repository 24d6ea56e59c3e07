"""What people and the model say in a rollout, each of it once, however many records say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from py_export.model import Image, Json, Text, Unknown
from py_export.readers.codex.twins import Twins
from py_export.readers.records import codex, codex_items, media, tagged, values
from py_export.readers.records.draft import Draft

_INJECTED = (
    "# AGENTS.md instructions",
    "<INSTRUCTIONS>",
    "<apps_instructions>",
    "<collaboration_mode>",
    "<model_switch>",
    "<permissions instructions>",
    "<personality_spec>",
    "<plugins_instructions>",
    "<skill>",
    "<skills_instructions>",
    "<subagent_notification>",
    "<turn_aborted>",
    "<user_action>",
    "<user_shell_command>",
)
_TOLD = re.compile(r"\s*(?:<[a-z][\w-]*[\s>]|Warning: )")
"""How begins what Codex tells the model in the user's name: in tags, whose names change, or as a warning."""

_FRAME = re.compile(r"</?image\b[^<>]{0,200}>")
"""What Codex writes around an image."""

_SYSTEM = frozenset({"developer", "system"})


class Speech:
    """Decodes what is said; the first record of several that say the same is kept, with the sources of all."""

    def __init__(self) -> None:
        self.model: str | None = None
        self._twins = Twins()
        self._prompts: dict[int, tuple[Draft, int]] = {}
        self._typed: set[int] = set()
        self._turn = 0
        self._number = 0

    def message(self, draft: Draft, item: dict[str, Any]) -> Draft:
        """Decode a message of the model's conversation."""
        role, content = item.get("role"), item.get("content")
        if role == "assistant":
            return self.answer(draft, content, "model")
        if role not in ("user", *_SYSTEM):
            draft.unknown(item)
            return draft
        texts, others = _parts(content)
        if role == "user":
            return self.prompt(draft, texts, others, "model")
        draft.add(*map(Text, texts), *others, role="system")
        draft.message.hidden = True
        return draft

    def prompt(self, draft: Draft, texts: Sequence[str], others: Sequence[Image | Unknown], side: str) -> Draft:
        """Decode what the user said, or what the application says in the user's name."""
        typed = [text for text in texts if not is_injected(text)]
        draft.message.role = "user"
        if not typed and not others:
            draft.add(*(Text(text) for text in texts if text.strip()))
            draft.message.hidden = draft.injected = True
            return draft
        draft.add(*(Text(text) for text in typed if text.strip()), *others)
        if side != "model" and draft.blocks:
            self._typed.add(self._turn)
        known = self._find("user", side, [*typed, "\n".join(typed), "\n\n".join(typed)], draft)
        if known is None:
            if side == "model":
                self._prompts[id(draft)] = (draft, self._turn)
            return draft
        if side == "screen":  # what was typed, without what the application added for the model
            known.message.blocks = [*map(Text, typed), *(one for one in known.blocks if not isinstance(one, Text))]
        if not any(isinstance(block, Image) for block in known.blocks):
            known.add(*(one for one in others if isinstance(one, Image)))
        self._prompts.pop(id(known), None)
        return known

    def answer(self, draft: Draft, value: Json, side: str) -> Draft:
        """Decode what the model said."""
        self._turn += 1
        draft.message.role = "assistant"
        draft.message.model = self.model
        texts, others = _parts(value)
        codex.decode(draft, {"type": "message", "message": "\n\n".join(texts)})
        draft.add(*others)
        return self._find("answer", side, texts, draft) or draft

    def thought(self, draft: Draft, item: dict[str, Any], side: str) -> Draft:
        """Decode what the model thought; on the screen it comes part by part."""
        draft.message.role = "assistant"
        draft.message.model = self.model
        whole = codex_items.reasoning(item)
        codex.decode(draft, {"type": "reasoning", "message": whole})
        known = self._find("thought", side, [whole], draft)
        if known is None and side == "model":
            parts = [self._find("thought", side, [part], draft) for part in codex_items.summaries(item)]
            known = next((part for part in parts if part is not None), None)
            if known is not None:
                for part in parts:
                    if part is not None and part is not known and not part.joined:
                        known.sources += part.sources
                        part.message.blocks, part.joined = [], True
                known.message.blocks = draft.blocks
        return known or draft

    def settle(self) -> None:
        """
        Hide what the model alone was told in the user's name, where other records tell what was typed in that turn.

        A prompt that stands alone in its turn was typed, though no other record tells of it.
        """
        for draft, turn in self._prompts.values():
            if turn in self._typed or (self._typed and _TOLD.match(draft.shown_text)):
                draft.message.hidden = True

    def _find(self, kind: str, side: str, texts: list[str], draft: Draft) -> Draft | None:
        self._number += 1
        return self._twins.find(kind, side, texts, draft, self._number)


def is_injected(text: str) -> bool:
    """Return whether the application wrote this in the user's name."""
    return tagged.is_injected(text) or text.lstrip().startswith(_INJECTED) or bool(_FRAME.fullmatch(text.strip()))


def _parts(content: Json) -> tuple[list[str], list[Image | Unknown]]:
    """Return the texts of a content, and what else it holds."""
    texts: list[str] = []
    others: list[Image | Unknown] = []
    for part in values.items(content):
        record = values.mapping(part)
        said = part if isinstance(part, str) else record.get("text")
        kind = record.get("type")
        if isinstance(said, str):
            texts.append(said)
        elif isinstance(kind, str) and kind.lower().replace("_", "") in ("inputimage", "image", "localimage"):
            others.append(media.image(record))
        elif part is not None:
            others.append(Unknown(part, name=values.type_name(part)))
    return texts, others
