"""What a page costs an old phone: bytes with and without fonts, and nothing that moves when it has arrived."""

from playwright.sync_api import Response

from tests.browser.conftest import Reader
from tests.browser.pages import addresses
from tests.conftest import Archive

MOST = 100_000  # bytes of a page without its fonts
MOST_WITH_FONTS = 250_000
SHIFT = """() => new Promise(done => {
  let moved = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) moved += entry.value; })
    .observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(moved)));
})"""


def weighed(reader: Reader, path: str) -> dict[str, int]:
    """The bytes of everything that one page asks for, with nothing in the browser's cache."""
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    reader.page.on("response", note)
    reader.open(path)
    reader.page.wait_for_load_state("networkidle")
    reader.page.remove_listener("response", note)
    return {answer.url: answer.request.sizes()["responseBodySize"] for answer in answers}


def test_a_page_stays_light(library: Archive, reader: Reader) -> None:
    heavy = []
    for name, path in addresses().items():
        sizes = weighed(reader, path)
        fonts = sum(size for url, size in sizes.items() if url.endswith(".woff2"))
        whole = sum(sizes.values())
        if whole - fonts > MOST or whole > MOST_WITH_FONTS:
            heavy.append((name, whole - fonts, fonts))
    reader.complaints = [said for said in reader.complaints if "status of 4" not in said]
    assert heavy == []


def test_nothing_moves_when_a_page_has_arrived(library: Archive, scripted: Reader) -> None:
    moved = {}
    for name, path in addresses().items():
        scripted.open(path)
        shift = scripted.page.evaluate(SHIFT)
        if shift > 0.01:
            moved[name] = shift
    scripted.complaints = [said for said in scripted.complaints if "status of 4" not in said]
    assert moved == {}
