"""A curator at an article, in a real browser: through a queue by the keyboard, beside its evidence, and not alone."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles import curation
from articles.importing.options import ImportOptions
from articles.importing.run import import_paths
from articles.importing.store.captures import CaptureStore
from articles.models.article import Article
from tests.browser.conftest import Reader
from tests.browser.test_accessibility import RULES
from tests.browser.test_takedown import barriers, signed_in
from tests.conftest import Archive
from tests.importing.crawls import page as html

pytestmark = pytest.mark.django_db(transaction=True)
expect.set_options(timeout=30_000)  # a page of the desk may take a busy machine longer than five seconds


@pytest.fixture
def unsigned(archive: Archive, live_server: LiveServer) -> list[Article]:
    """Three articles without an author."""
    archive.add("موقّع", author="ليلى", published_on="2016-01-09")
    found = [
        archive.add(f"بلا كاتب {day}", "متن الخبر.", published_on=f"2015-07-2{day}") for day in (3, 2, 1)
    ]
    archive.index()
    return found


@pytest.fixture
def imported(archive: Archive, live_server: LiveServer, tmp_path: Path) -> Article:
    """An article with a stored page."""
    file = tmp_path / "saved.html"
    file.write_text(html(4, head='<link rel="canonical" href="https://saved.example.org/4">'), "utf-8")
    import_paths(
        [str(file)], options=ImportOptions(), store=CaptureStore(settings.CAPTURES_DIR), stdin=io.BytesIO()
    )
    archive.index()
    return Article.objects.get()


@pytest.fixture
def second(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Another curator's window."""
    User.objects.create_superuser("سامر", password="pw")
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.goto("/admin/")
    page.fill("#id_username", "سامر")
    page.fill("#id_password", "pw")
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    yield page
    context.close()


def is_warned(page: Page) -> bool:
    """Whether the browser would ask before the page is left."""
    asked = """() => {
        const leaving = new Event("beforeunload", { cancelable: true });
        return !dispatchEvent(leaving);
    }"""
    return bool(page.evaluate(asked))


def test_a_queue_of_three_is_corrected_by_the_keyboard(unsigned: list[Article], scripted: Reader) -> None:
    desk = signed_in(scripted)
    desk.click('a.begin[href*="author__isempty"]')
    for left in (3, 2, 1):
        expect(desk.locator(".queue .position").first).to_have_text(f"1 من {left}")
        desk.fill("#id_author", "هدى سالم")
        desk.keyboard.press("Alt+Enter")
    expect(desk.locator("#content")).to_contain_text("فرغ الصف")
    assert barriers(desk) == []
    assert Article.objects.filter(author="هدى سالم").count() == 3
    desk.get_by_role("link", name="الصفوف").click()
    assert barriers(desk) == []


def test_the_keys_go_on_back_and_save_on_any_layout(unsigned: list[Article], scripted: Reader) -> None:
    """An Arabic layout writes «ت» where J stands: the key is told by its place."""
    desk = signed_in(scripted)
    desk.goto(f"{scripted.home}/admin/articles/article/queue/?author__isempty=1")
    position = desk.locator(".queue .position").first
    for code, key, expected in (("KeyJ", "ت", "2 من 3"), ("KeyK", "ن", "1 من 3")):
        event = f'new KeyboardEvent("keydown", {{code: "{code}", key: "{key}", altKey: true, bubbles: true}})'
        desk.evaluate(f"document.body.dispatchEvent({event})")
        expect(position).to_have_text(expected)
    desk.fill("#id_title", "عنوان بعد")
    desk.keyboard.press("Control+s")
    expect(desk.locator(".messagelist")).to_be_visible()
    assert Article.objects.filter(title="عنوان بعد").exists()


def test_what_was_typed_is_not_left_without_a_warning(imported: Article, scripted: Reader) -> None:
    desk = signed_in(scripted)
    desk.goto(f"{scripted.home}/admin/articles/article/{imported.pk}/change/")
    desk.wait_for_load_state("load")
    assert not is_warned(desk)
    desk.fill("#id_author", "هدى سالم")
    assert is_warned(desk)
    desk.get_by_role("button", name="النص بالقواعد الحالية").click()
    expect(desk.locator(".reads")).to_be_visible()
    expect(desk.locator("#id_author")).to_have_value("هدى سالم")
    assert is_warned(desk)
    desk.click("[name=_save]")
    expect(desk.locator("#changelist")).to_be_visible()
    assert Article.objects.get().author == "هدى سالم"


@pytest.mark.parametrize("tab", ["capture", "text", "difference"])
def test_the_evidence_stands_beside_the_text_and_below_it_on_a_phone(
    imported: Article, reader: Reader, tab: str
) -> None:
    """Without scripts, too."""
    Article.objects.filter(pk=imported.pk).update(
        evidence={**imported.evidence, "author": {"place": "byline", "text": "بقلم: ديما", "confidence": 0.6}}
    )
    desk = signed_in(reader)
    desk.goto(f"{reader.home}/admin/articles/article/{imported.pk}/change/?beside={tab}")
    form, beside = desk.locator(".own").bounding_box(), desk.locator(".beside").bounding_box()
    assert form and beside and beside["x"] + beside["width"] <= form["x"]
    desk.set_viewport_size({"width": 360, "height": 900})
    form, beside = desk.locator(".own").bounding_box(), desk.locator(".beside").bounding_box()
    assert form and beside and beside["y"] >= form["y"] + form["height"]
    assert desk.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    if tab == "capture":
        assert "ترميم" in desk.frame_locator(".beside iframe").locator("body").inner_text()


@pytest.mark.parametrize("tab", ["text", "difference"])
def test_what_stands_beside_the_text_has_no_barriers(
    imported: Article, scripted: Reader, tab: str, admin_user: User
) -> None:
    """Not the frame of the capture: axe waits for a word from it, and nothing in it can speak."""
    curation.save_correction(imported, ["author"], by=admin_user)
    imported.title = "عنوان آخر"
    curation.save_correction(imported, ["title"], by=admin_user)
    desk = signed_in(scripted)
    desk.goto(f"{scripted.home}/admin/articles/article/{imported.pk}/change/?beside={tab}")
    for part in (".beside", ".field-author", ".keys"):
        found = Axe().run(desk, options=RULES, context=part).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
    # The page is silent without axe (the other tests here); what axe tries on a form with select2 the policy refuses.
    scripted.complaints.clear()


def test_the_second_of_two_curators_is_told_and_nothing_is_lost(
    imported: Article, scripted: Reader, second: Page
) -> None:
    first = signed_in(scripted)
    address = f"/admin/articles/article/{imported.pk}/change/"
    first.goto(scripted.home + address)
    second.goto(address)
    first.fill("#id_title", "عنوان الأولى")
    first.click("[name=_save]")
    expect(first.locator("#changelist")).to_be_visible()

    second.fill("#id_title", "عنوان الثاني")
    second.fill("#id_author", "سامر القيسي")
    second.click("[name=_save]")
    expect(second.locator(".meanwhile")).to_contain_text("عنوان الأولى")
    expect(second.locator("#id_title")).to_have_value("عنوان الثاني")
    imported.refresh_from_db()
    assert imported.title == "عنوان الأولى"
    second.click("[name=_save]")
    expect(second.locator("#changelist")).to_be_visible()
    imported.refresh_from_db()
    assert (imported.title, imported.author) == ("عنوان الثاني", "سامر القيسي")
