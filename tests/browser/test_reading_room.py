"""What a person does in the archive, without scripts."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from articles.models.article import Article
from tests.browser.conftest import Reader
from tests.conftest import Archive

MOSUL = "/search/?q=" + quote("الموصل")
PHONE = {"width": 360, "height": 740}


def test_search_narrow_turn_the_page_read_and_come_back(library: Archive, reader: Reader) -> None:
    page = reader.open("/")
    page.get_by_role("searchbox").fill("الموصل")
    page.get_by_role("button", name="ابحث").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("27 مقالًا")
    expect(page.locator("mark").first).to_have_text("الموصل")

    facets = page.get_by_role("navigation", name="تصفية النتائج")
    facets.get_by_role("link", name=re.compile("^وكالة الساحل")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("9 مقالات")
    page.get_by_role("link", name=re.compile("أزل المصدر")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("27 مقالًا")

    page.get_by_role("link", name="التالية").click()
    expect(page.locator(".hits > li")).to_have_count(7)
    results = page.url
    page.locator(".hit h2 a").first.click()
    expect(page.locator(".text mark").first).to_have_text("المَوصِل")
    page.get_by_role("link", name="عودة إلى النتائج").click()
    assert page.url == results


def test_a_phone_folds_the_facets_and_says_how_many_are_active(library: Archive, reader: Reader) -> None:
    reader.page.set_viewport_size(PHONE)
    page = reader.open(MOSUL + "&year=2015")
    summary = page.locator(".facets summary")
    expect(summary).to_contain_text("مرشّح واحد")
    source = page.locator(".facets").get_by_role("link", name=re.compile("^وكالة الساحل"))
    expect(source).to_be_hidden()
    summary.click()
    expect(source).to_be_visible()
    source.click()
    expect(page.locator(".facets summary")).to_contain_text("مرشّحان")


def test_a_wide_screen_shows_the_facets_at_the_start_side(library: Archive, reader: Reader) -> None:
    page = reader.open(MOSUL)
    expect(page.locator(".facets summary")).to_be_hidden()
    facets = page.locator(".facet").first.bounding_box()
    hits = page.locator(".hits").bounding_box()
    assert facets and hits
    assert facets["x"] > hits["x"] + hits["width"]


def test_the_language_changes_and_stays_on_the_page(library: Archive, reader: Reader) -> None:
    page = reader.open("/dates/2015/7/")
    page.get_by_role("button", name="English").click()
    assert page.url.endswith("/dates/2015/7/")
    expect(page.get_by_role("heading", level=1)).to_have_text("July 2015")
    assert page.locator("html").get_attribute("dir") == "ltr"
    page.get_by_role("link", name="Sources").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sources")
    page.get_by_role("button", name="العربية").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("المصادر")


def test_the_keyboard_alone_searches_and_skips_to_the_hits(library: Archive, reader: Reader) -> None:
    page = reader.open("/dates/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="تجاوز إلى المحتوى")).to_be_focused()
    expect(page.get_by_role("link", name="تجاوز إلى المحتوى")).to_be_in_viewport()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("الموصل")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("27 مقالًا")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_paragraph_has_an_address(library: Archive, reader: Reader) -> None:
    article = Article.objects.filter(language="ar").first()
    assert article
    page = reader.open(article.get_absolute_url() + "#p9")
    expect(page.locator("#p9")).to_be_in_viewport()
    page.get_by_role("link", name="الفقرة 2", exact=True).click()
    assert page.url.endswith("#p2")


def test_a_text_in_another_script_runs_its_own_way(library: Archive, reader: Reader) -> None:
    article = Article.objects.get(language="en")
    page = reader.open(article.get_absolute_url())
    assert page.locator("#p1").evaluate("element => getComputedStyle(element).direction") == "ltr"
    assert page.locator(".article-head").evaluate("element => getComputedStyle(element).direction") == "ltr"
    assert page.locator("html").get_attribute("dir") == "rtl"


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_page_is_wider_than_its_window(width: int, library: Archive, reader: Reader) -> None:
    article = Article.objects.filter(language="ar").first()
    assert article
    reader.page.set_viewport_size({"width": width, "height": 740})
    for path in (
        "/",
        MOSUL,
        MOSUL + "&year=2015&source=" + quote("وكالة-الساحل"),
        "/search/?q=" + quote("لاشيءمنهذا" * 9) + "&page=abc",
        article.get_absolute_url() + "?q=" + quote("الموصل") + "#m2",
        article.get_absolute_url() + "#p3",
        article.get_absolute_url() + "cite/?p=2",
        "/sources/",
        "/sources/" + quote("وكالة-الساحل") + "/",
        "/dates/",
        "/dates/2015/",
        "/dates/2015/7/",
        "/collections/",
        "/search/help/",
    ):
        page = reader.open(path)
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow == 0, path


def test_a_missing_page_is_a_page_of_ours(archive: Archive, reader: Reader) -> None:
    page = reader.open("/no/such/page/")
    expect(page.get_by_role("heading", level=1)).to_have_text("الصفحة غير موجودة")
    # The browser itself notes the 404, in its own words.
    assert len(reader.complaints) == 1
    assert "404" in reader.complaints.pop()


def test_the_fonts_are_ours(library: Archive, reader: Reader) -> None:
    page = reader.open(MOSUL)
    page.wait_for_load_state("networkidle")
    fonts = [url.rpartition("/")[2] for url in reader.requests if "/fonts/" in url]
    assert {"noto-naskh-arabic.woff2", "plex-sans-arabic.woff2"} <= set(fonts)
    assert len(fonts) == len(set(fonts))


def test_a_results_page_is_light(library: Archive, browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context()
    page = context.new_page()
    sizes: dict[str, int] = {}
    page.on("requestfinished", lambda request: sizes.update({request.url: len(request.response().body())}))
    page.goto(live_server.url + MOSUL)
    page.wait_for_load_state("networkidle")
    context.close()
    fonts = sum(size for url, size in sizes.items() if "/fonts/" in url)
    assert sum(sizes.values()) - fonts < 100_000
    assert sum(sizes.values()) < 275_000


@pytest.mark.parametrize("scheme, paper", [("light", "rgb(250, 249, 245)"), ("dark", "rgb(23, 22, 19)")])
def test_the_colours_follow_the_system(scheme: str, paper: str, archive: Archive, reader: Reader) -> None:
    reader.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page = reader.open("/")
    assert page.locator("body").evaluate("element => getComputedStyle(element).backgroundColor") == paper
