"""Sub-agents' messages, put below the tool call that started them; where that is not known they stay, marked."""

from __future__ import annotations

from py_export.model import SubAgent, Text, ToolCall
from py_export.notices import Notices
from py_export.readers.records import values
from py_export.readers.records.draft import Draft

DEEPEST = 16
"""Sub-agents of sub-agents nest so deep; what lies deeper stays in place, so that no walk of the tree overflows."""


def nest(drafts: list[Draft], notices: Notices) -> tuple[list[Draft], list[tuple[ToolCall, list[Draft]]]]:
    """Return what stands at the top, and each call with what belongs below it, in time order."""
    tree = _Tree(drafts)
    if not (tree.prompts or any(draft.side or draft.parent_call is not None for draft in drafts)):
        return drafts, []
    top: list[Draft] = []
    below: dict[int, tuple[ToolCall, list[Draft]]] = {}
    for draft in drafts:
        call = tree.call_of(draft)
        if call is not None:
            below.setdefault(id(call), (call, []))[1].append(draft)
        else:
            top.append(draft)
        if draft.side or call is not None:
            draft.message.sub_agent = SubAgent(draft.agent_id, None if call is None else call.id)
            if call is None and not draft.joined:
                notices.add("sub_agent_unlinked", draft.where)
    return top, list(below.values())


class _Tree:
    """
    Finds the call that a sub-agent's message belongs to.

    One call that says nothing of whom it started, and one sub-agent, belong together.
    """

    def __init__(self, drafts: list[Draft]) -> None:
        self.calls: dict[str, ToolCall] = {}
        self.owners: dict[int, Draft] = {}
        self.prompts: dict[str, list[ToolCall]] = {}
        self.agents: dict[str, ToolCall] = {}
        self.started: dict[str, list[ToolCall]] = {}
        self.placed: dict[str, ToolCall] = {}
        self.above: dict[int, ToolCall] = {}
        self.passed: set[int] = set()
        self.heights: dict[int, int] = {}
        self.mute: list[ToolCall] = []
        for draft in drafts:
            for block in draft.message.blocks:
                if type(block) is ToolCall:
                    self._note(block, draft)
        agents = {draft.agent_id for draft in drafts if draft.side}
        self.only = self.mute[0] if len(self.mute) == len(agents) == 1 and None not in agents else None

    def call_of(self, draft: Draft) -> ToolCall | None:
        """Return the call that a message belongs below, and remember it for those that follow it."""
        self.passed.add(id(draft))
        call = None if self._stands_alone(draft) else self._find(draft)
        if call is None or not self._fits(draft, call):
            return None
        self.above[id(draft)] = call
        if draft.uuid is not None:
            self.placed[draft.uuid] = call
        if draft.agent_id is not None:
            self.agents.setdefault(draft.agent_id, call)
        asks = _asks(draft)
        if asks is not None and asks == prompt(call):
            draft.message.hidden = True  # the call says it already
        return call

    def _note(self, call: ToolCall, draft: Draft) -> None:
        self.owners[id(call)] = draft
        if call.id is not None:
            self.calls[call.id] = call
        if call.kind != "task":
            return
        asked = prompt(call)
        if asked is not None:
            self.prompts.setdefault(asked, []).append(call)
        if draft.uuid is not None:
            self.started.setdefault(draft.uuid, []).append(call)
        agent = None if call.result is None else values.identifier(values.mapping(call.result.data).get("agentId"))
        if agent is not None:
            self.agents[agent] = call
        elif asked is None and not draft.side:
            self.mute.append(call)

    def _stands_alone(self, draft: Draft) -> bool:
        """Return whether nothing can put a message below a call, as is so of nearly all."""
        asks = self.prompts and draft.transcript and draft.message.role == "user"
        return not (draft.side or asks or draft.parent_call is not None)

    def _find(self, draft: Draft) -> ToolCall | None:
        if draft.parent_call is not None and draft.parent_call in self.calls:
            return self.calls[draft.parent_call]
        prompted = self.prompts.get(_asks(draft) or "", []) if draft.transcript else []
        if not draft.side:
            return next((call for call in prompted if id(self.owners[id(call)]) in self.passed), None)
        if draft.agent_id is not None and draft.agent_id in self.agents:
            return self.agents[draft.agent_id]
        if prompted:
            return prompted.pop(0) if len(prompted) > 1 else prompted[0]
        return self._followed(draft) or self.only

    def _followed(self, draft: Draft) -> ToolCall | None:
        if draft.parent_uuid is None:
            return None
        started = self.started.get(draft.parent_uuid, [])
        return self.placed.get(draft.parent_uuid) or (started[0] if len(started) == 1 else None)

    def _fits(self, draft: Draft, call: ToolCall) -> bool:
        """Return whether the message may stand below the call: not inside itself, and not too deep."""
        chain: list[Draft] = []
        above: ToolCall | None = call
        while above is not None:
            owner = self.owners[id(above)]
            chain.append(owner)
            if owner is draft or len(chain) + self.heights.get(id(draft), 0) > DEEPEST:
                return False
            above = self.above.get(id(owner))
        for height, owner in enumerate(chain, self.heights.get(id(draft), 0) + 1):
            self.heights[id(owner)] = max(height, self.heights.get(id(owner), 0))
        return True


def _asks(draft: Draft) -> str | None:
    """Return what a user's turn says where it is text alone: a sub-agent's begins with its call's prompt."""
    if draft.message.role != "user" or not draft.blocks or not all(isinstance(block, Text) for block in draft.blocks):
        return None
    return draft.shown_text.strip() or None


def prompt(call: ToolCall) -> str | None:
    """Return what a sub-agent is asked by the call that starts it."""
    found = values.string(values.first(values.mapping(call.input), "prompt", "message"))
    return None if found is None else found.strip()
