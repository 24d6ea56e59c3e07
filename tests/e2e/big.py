"""A session so large that Python is busy with it for a while."""

from __future__ import annotations

import json

BIG = "Twenty thousand answers"
BIG_COUNT = 20_000


def payload(count: int = BIG_COUNT) -> bytes:
    """Return messages of one kilobyte each; 20,000 are the most that one file may hold."""
    paragraph = "The tide comes in twice a day, and *twice* it leaves; `ebb` is its name. 潮起潮落。\n\n" * 10
    messages = [
        {
            "id": f"m{n}",
            "role": "assistant" if n % 2 else "user",
            "createdAt": 1767600000000 + n * 1000,
            "blocks": [{"type": "text", "text": f"{n}. {paragraph}"}],
        }
        for n in range(count)
    ]
    session = {"id": "20000000-0000-4000-8000-000000020000", "title": BIG, "createdAt": 1767600000000}
    document = {"schemaVersion": 1, "generator": "py-export 0.1.0", "exportedAt": 1767700000000, "session": session}
    return json.dumps(document | {"messages": messages}, ensure_ascii=False).encode()
