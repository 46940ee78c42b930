"""Pictures of every type of page: `make screenshots` writes them, and a page that shows them side by side.

    python -m tests.gallery FOLDER ADDRESS

FOLDER holds `pages.json`, the path of each type of page in the archive that is served at ADDRESS: `make screenshots`
serves the samples, from a data folder of their own.
"""

import json
import shutil
import sys
from collections.abc import Iterator
from html import escape
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.chromium import ARGUMENTS, NAMES

WIDTHS = (1280, 360)
WAYS = (("ar", "light"), ("ar", "dark"), ("en", "light"))


def main(folder: Path, address: str) -> None:
    """Take every picture anew."""
    paths = {
        name: address + path for name, path in json.loads((folder / "pages.json").read_text("utf-8")).items()
    }
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        sys.exit("there is no Chromium on this machine (Debian and Ubuntu: apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        taken = [name for way in product(WAYS, WIDTHS) for name in pictures(browser, folder, paths, *way)]
        browser.close()
    (folder / "index.html").write_text(shown(paths, taken), "utf-8")
    print(f"{len(taken)} pictures of {len(paths)} pages: {folder / 'index.html'}")


def pictures(
    browser: Browser, folder: Path, pages: dict[str, str], way: tuple[str, str], width: int
) -> Iterator[str]:
    """Take one picture of each page; the names of their files."""
    language, theme = way
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    context.add_cookies(
        [
            {"name": "django_language", "value": language, "url": pages["home"]},
            {"name": "reading", "value": theme, "url": pages["home"]},
        ]
    )
    page = context.new_page()
    for name, address in pages.items():
        page.goto(address)
        file = f"{name}-{language}-{theme}-{width}.png"
        page.screenshot(path=str(folder / file), full_page=True)
        yield file
    context.close()


def shown(paths: dict[str, str], taken: list[str]) -> str:
    """The page of all pictures, one row a page."""
    rows = "".join(
        f"<h2>{escape(name)}</h2><p>"
        + "".join(f'<a href="{file}"><img src="{file}" height="420" alt="{file}"></a> ' for file in files)
        + "</p>"
        for name in paths
        if (files := [file for file in taken if file.rsplit("-", 3)[0] == name])
    )
    return f'<!doctype html><meta charset="utf-8"><title>Every page</title>{rows}'


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
