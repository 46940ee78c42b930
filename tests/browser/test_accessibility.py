"""axe-core finds no barrier on any type of page: both themes, both languages, a desk's width and a phone's."""

from itertools import product

from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Reader
from tests.browser.pages import addresses
from tests.conftest import Archive

WAYS = list(product(("ar", "en"), ("light", "dark"), (1280, 360)))
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    # Only one rule, about the way a device is held, wants style sheets copied into the page, which our policy refuses.
    "preload": False,
}


def test_no_page_has_a_barrier_in_any_language_theme_or_width(library: Archive, scripted: Reader) -> None:
    axe, found = Axe(), []
    page = scripted.page
    for language, theme, width in WAYS:
        page.context.add_cookies(
            [
                {"name": "django_language", "value": language, "url": scripted.home},
                {"name": "reading", "value": theme, "url": scripted.home},
            ]
        )
        page.set_viewport_size({"width": width, "height": 800})
        for name, path in addresses().items():
            scripted.open(path)
            for barrier in axe.run(page, options=RULES).response["violations"]:
                nodes = [node["html"][:160] for node in barrier["nodes"][:3]]
                found.append((name, language, theme, width, barrier["id"], nodes))
    scripted.complaints = [said for said in scripted.complaints if "status of 4" not in said]
    assert "\n".join(map(str, found)) == ""


def test_no_page_runs_over_at_320_pixels(library: Archive, reader: Reader) -> None:
    page = reader.page
    page.set_viewport_size({"width": 320, "height": 640})
    wide = []
    for name, path in addresses().items():
        reader.open(path)
        root = page.locator("html")
        over = root.evaluate("root => root.scrollWidth - root.clientWidth")
        if over > 0:
            wide.append((name, over))
    reader.complaints = [said for said in reader.complaints if "status of 4" not in said]
    assert wide == []
