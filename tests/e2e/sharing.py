"""Another application that shares files into the page, as the system lets it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page


def share(page: Page, folder: str, *files: Path) -> None:
    """Post the files in a form from elsewhere: the page at ``folder`` is what takes them."""
    page.goto("about:blank")
    page.set_content(
        f'<form action="{folder}share" method="post" enctype="multipart/form-data">'
        '<input type="file" name="files" multiple><button>Share</button></form>'
    )
    page.locator("input").set_input_files(list(files))
    page.get_by_role("button", name="Share").click()
    page.wait_for_url(f"{folder}**")
