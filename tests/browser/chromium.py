"""Debian's Chromium under Playwright, as the tests and the pictures use it."""

import os
import shutil

from playwright.sync_api import Browser, Playwright

EXECUTABLE = shutil.which("chromium")


def launch(playwright: Playwright) -> Browser:
    """Start the installed Chromium, without the sandbox where root forbids one."""
    arguments = ["--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return playwright.chromium.launch(executable_path=EXECUTABLE, args=arguments)
