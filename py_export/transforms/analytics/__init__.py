"""
What sessions took: usage events, tool calls, and their sums by day, model, session and tool.

A usage event is one API message: what several records repeat counts once, by the last of them, sub-agents' and hidden
ones included, as in the payload's ``session.usage``. Where no message of a session says what it took, each answer is
an event whose figures are unknown; what a session says of itself beyond its messages is an event of type ``session``.
Sums are of what is known: unknown is ``None``, never 0. What a price table estimates stands apart from recorded cost.
"""
