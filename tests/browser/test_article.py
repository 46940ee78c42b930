"""What a person does with one article: read from mark to mark and from result to result, cite, share, print."""

from urllib.parse import quote

from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from articles.models.article import Article
from tests.browser.conftest import Reader
from tests.conftest import Archive

MOSUL = "?q=" + quote("الموصل")
PARTS_OF_A_CLIPPING = (".clipping-head", ".article-head h1", ".text", ".clipping-foot .digest")
NOT_ON_PAPER = (
    ".masthead",
    ".trail",
    ".marks",
    ".side",
    ".beside",
    ".colophon",
    ".paragraph-number",
    ".step",
)


def some_article() -> Article:
    return Article.objects.get(title="خبر من الموصل رقم 0")


def test_the_keyboard_goes_from_mark_to_mark(library: Archive, reader: Reader) -> None:
    page = reader.open(some_article().get_absolute_url() + MOSUL)
    page.get_by_role("link", name="إلى أولها").press("Enter")
    expect(page.locator("#m1 + .step")).to_contain_text("1 من 18")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#m2 + .step")).to_be_visible()
    expect(page.locator("#m1 + .step")).to_be_hidden()
    expect(page.locator("#m2")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.locator(".step:visible a").first).to_be_focused()
    page.locator(".step:visible").get_by_role("link", name="السابقة").click()
    assert page.url.endswith("#m1")


def test_one_reads_on_over_the_end_of_a_page_of_results(library: Archive, reader: Reader) -> None:
    page = reader.open("/search/" + MOSUL)
    page.locator(".hit h2 a").last.click()
    places = page.get_by_role("navigation", name="بين النتائج")
    expect(places).to_contain_text("20 من 27")
    following = page.locator(".beside a[rel=next] .title").inner_text()
    places.get_by_role("link", name="التالية").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(following)
    expect(places).to_contain_text("21 من 27")
    page.get_by_role("link", name="عودة إلى النتائج").click()
    expect(page.locator(".hits > li")).to_have_count(7)
    page.go_back()
    page.locator(".beside a[rel=prev]").click()
    expect(places).to_contain_text("20 من 27")


def test_an_article_is_cited_and_its_citation_saved(library: Archive, reader: Reader) -> None:
    article = some_article()
    page = reader.open(article.get_absolute_url())
    page.get_by_role("link", name="APA").click()
    citation = page.locator("section[aria-labelledby=apa] .citation")
    expect(citation).to_contain_text(f"{article.author}. (2014, March 9). {article.title}. ")
    citation.click()
    assert page.evaluate("getSelection().toString()") == citation.inner_text()
    section = page.locator("section[aria-labelledby=ris]")
    with page.expect_download() as saving:
        section.get_by_role("link", name="احفظ الملف").click()
    assert saving.value.suggested_filename == f"{article.public_id}.ris"
    assert saving.value.path().read_bytes().decode().startswith("TY  - NEWS\r\n")


def test_a_paragraph_is_chosen_cited_and_shared(library: Archive, reader: Reader) -> None:
    article = some_article()
    page = reader.open(article.get_absolute_url())
    expect(page.get_by_role("link", name="استشهد بهذه الفقرة")).to_have_count(0)
    page.get_by_role("link", name="الفقرة 2", exact=True).click()
    page.get_by_role("link", name="استشهد بهذه الفقرة").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("الاستشهاد بالفقرة 2")
    link = page.get_by_label("الرابط الدائم").input_value()
    assert link == reader.home + article.get_absolute_url() + "#p2"
    page.get_by_label("فقرة بعينها، رقمها").fill("9")
    page.get_by_role("button", name="استشهد بها").click()
    assert page.get_by_label("الرابط الدائم").input_value().endswith("#p9")


def test_with_scripts_one_press_copies_and_nothing_is_complained_of(
    library: Archive, browser: Browser, live_server: LiveServer
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    window = Reader(context, live_server.url)
    page = window.open(some_article().get_absolute_url())
    page.get_by_role("button", name="انسخ").click()
    expect(page.get_by_role("button", name="نُسخ")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == live_server.url + some_article().get_absolute_url()
    assert page.locator("script[type='application/ld+json']").count() == 1
    assert window.complaints == []
    context.close()


def test_an_article_prints_as_a_clipping(library: Archive, reader: Reader) -> None:
    page = reader.open(some_article().get_absolute_url() + MOSUL + "#m1")
    expect(page.locator(".clipping-head")).to_be_hidden()
    page.emulate_media(media="print")
    for selector in PARTS_OF_A_CLIPPING:
        expect(page.locator(selector)).to_be_visible()
    for selector in NOT_ON_PAPER:
        expect(page.locator(selector).locator("visible=true")).to_have_count(0)
    assert page.url.partition("?")[0] in page.locator(".clipping-foot").inner_text()
