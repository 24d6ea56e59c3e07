"""Browsers, devices, address and timeouts of the end-to-end tests: plain constants, read by tests/e2e/conftest.py."""

BROWSER = "chromium"

LAUNCH_ARGS = [
    "--disable-gpu",
    "--disable-background-networking",  # the tests count every request
    "--disable-component-update",
    "--disable-sync",
]

SIDE_BY_SIDE_ARGS = [
    "--js-flags=--liftoff-only",  # an engine that lives for seconds is not worth compiling twice
]
"""More of them where tests run side by side; where time is measured, the engine is compiled as people have it."""

HOST = "127.0.0.1"
"""The server under test listens here, on a free port."""

TIMEOUT_MS = 20_000
"""How long an expectation may wait: a cold start of the engine on two busy cores takes a few seconds."""

START_TIMEOUT_S = 30
"""How long the server may take until it prints its address."""

DEVICES = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "device_scale_factor": 3,
        "is_mobile": True,
        "has_touch": True,
    },
}
"""The context options of each device that a test runs on."""
