"""Made-up secrets and people; put together here, so that no scanner takes this file for a leak."""

from __future__ import annotations

from py_export.model import (
    Block,
    Citation,
    Code,
    Error,
    Event,
    File,
    Image,
    Message,
    Permission,
    Session,
    Source,
    Step,
    Text,
    Thinking,
    ToolCall,
    ToolResult,
    Unknown,
)

ANTHROPIC = "sk-ant-" + "api03-" + "aB3dE5gH7jK9" * 7
GITHUB = "ghp_" + "a1B2c3D4e5" * 3 + "f6G7h8"
AWS = "AKIA" + "QYLPMN5HXK2WD7VE"
JWT = "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0" + ".dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
PASSWORD = "h0rse-battery"  # noqa: S105 - made up
PRIVATE_KEY = (
    "-----BEGIN OPENSSH " + "PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\n"
    "QyNTUxOQAAACBLr6DmsIo0A4cXf5t6ZrLpH1uJTQ==\n-----END OPENSSH " + "PRIVATE KEY-----"
)
EMAIL = "ada.lovelace@analytical.engine.org"
PHONE = "+44 20 7946 0958"
USER = "adalove"
PLANTED = (ANTHROPIC, GITHUB, AWS, JWT, PASSWORD, EMAIL, PHONE, USER, "b3BlbnNzaC1rZXktdjEAAAAABG5vbmU")
"""What must be nowhere in what is written."""

EVERYTHING = (
    f"ANTHROPIC_API_KEY={ANTHROPIC}\n{GITHUB} and {AWS}\nAuthorization: Bearer {JWT}\n"
    f"postgres://app:{PASSWORD}@db.internal:5432/app\n{PRIVATE_KEY}\nWrite to {EMAIL} or call {PHONE}.\n"
    f"cd /home/{USER}/engine\n"
)


def planted() -> Session:
    """Return a session with secrets in every field that holds text."""
    result = ToolResult(
        blocks=[Text(EVERYTHING), Code(EVERYTHING, "sh", f"/home/{USER}/x.sh"), Unknown({"x": [EVERYTHING]}, "x")],
        data={"stdout": EVERYTHING, f"/home/{USER}/y": {"password": PASSWORD}},
    )
    call = ToolCall(
        id="call-1",
        name="Bash",
        kind="shell",
        subject=f"cat {EVERYTHING}",
        description=EVERYTHING,
        paths=[f"/home/{USER}/.env"],
        steps=[Step(EVERYTHING)],
        input={"command": EVERYTHING, "env": {"API_TOKEN": GITHUB}},
        status="completed",
        result=result,
        permission=Permission("approved", EVERYTHING, answers={"why": EVERYTHING}),
        messages=[Message(id="sub", role="assistant", blocks=[Text(EVERYTHING)])],
    )
    blocks: list[Block] = [
        Text(EVERYTHING),
        Thinking(EVERYTHING),
        call,
        Image(name=f"{EMAIL}.png", path=f"/home/{USER}/a.png", url=f"https://app:{PASSWORD}@x.org/a.png"),
        File(name=f"{AWS}.txt", path=f"/home/{USER}/a.txt", text=EVERYTHING),
        Code(EVERYTHING),
        Event("title-changed-to", EVERYTHING, {"title": EVERYTHING}),
        Error(EVERYTHING),
        Citation(f"https://x.org/?token={GITHUB}", EVERYTHING, EVERYTHING),
        Unknown({"deep": [{"er": EVERYTHING}]}, "new"),
    ]
    return Session(
        id="session-1",
        title=f"Mail from {EMAIL}",
        source=Source("claude-code", "claude-code", "2.1"),
        created_at=1_767_323_045_000,
        updated_at=1_767_323_046_000,
        workspace=f"/home/{USER}/engine",
        tags=[PASSWORD],
        metadata={"gitRemote": f"https://{GITHUB}@github.com/x/y.git", "author": {"email": EMAIL}},
        messages=[
            Message(id="m1", seq=1, role="user", created_at=1_767_323_045_000, author=EMAIL, blocks=[Text(EVERYTHING)]),
            Message(
                id="m2", seq=2, parent_id="m1", role="assistant", blocks=blocks, source={"line": EVERYTHING}
            ),
        ],
        notes=[Message(id="n1", role="user", blocks=[Text(EVERYTHING)])],
        filter_input=f"c'{PASSWORD}'",
    )  # fmt: skip
