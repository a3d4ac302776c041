"""Takes a picture of every page: `python -m tests.e2e.pictures OUT_DIR [BASE_URL]`, to look at with one's own eyes.

Each page is taken at three widths, and once without JavaScript (NAME-1280.png, …, NAME-no-script.png).
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.support.browser_chromium import CONTEXT, launch_options
from tests.support.browser_pages import STATES

WIDTHS = (1280, 375, 320)
USAGE = "usage: python -m tests.e2e.pictures OUT_DIR [BASE_URL]"


def take(browser: Browser, base: str, folder: Path, *, width: int, script: bool) -> None:
    """Take every page at one width."""
    size = {"width": width, "height": 900}
    context = browser.new_context(**CONTEXT, viewport=size, java_script_enabled=script)
    page = context.new_page()
    for state in STATES:
        page.goto(state.url(base))
        name = f"{state.name}-{width if script else 'no-script'}.png"
        page.screenshot(path=folder / name, full_page=True)
    context.close()


def main(arguments: list[str]) -> int:
    """Take the pictures; 2 when the arguments are not right."""
    if len(arguments) not in {1, 2}:
        print(USAGE)
        return 2
    folder = Path(arguments[0])
    base = arguments[1].rstrip("/") if len(arguments) == 2 else "http://localhost:8000"
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for width in WIDTHS:
            take(browser, base, folder, width=width, script=True)
        take(browser, base, folder, width=WIDTHS[0], script=False)
        browser.close()
    print(f"{len(STATES) * (len(WIDTHS) + 1)} pictures in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
