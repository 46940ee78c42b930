from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client

from articles.models.article import Article
from tests.conftest import Archive
from tests.factories import make_capture
from tests.views.conftest import Read

DIGEST = "9f2c" + "0" * 56 + "b41e"


@pytest.fixture
def notebooks(library: Archive) -> Article:
    return Article.objects.get(author="ليلى الحداد")


def test_an_article_shows_what_is_known_of_it(notebooks: Article, read: Read) -> None:
    text = read(notebooks.get_absolute_url()).text
    for known in (
        "جريدة الأفق",
        "سياسة",
        "دفاتر المقاتلين الأجانب في الموصل",
        "ليلى الحداد",
        "الموصل، العراق",
    ):
        assert known in text
    assert "الثلاثاء 14 شباط / فبراير 2017" in text
    assert "17 جمادى الأولى 1438 هـ" in text
    assert "ملفات الموصل" in text


def test_paragraphs_have_numbers_that_are_their_addresses(notebooks: Article, read: Read) -> None:
    page = read(notebooks.get_absolute_url())
    assert {"p1", "p2"} <= page.ids
    assert {"#p1", "#p2"} <= set(page.links)


def test_the_words_one_came_with_are_marked(notebooks: Article, client: Client) -> None:
    html = client.get(notebooks.get_absolute_url() + "?q=" + quote("مقاتل")).content.decode()
    assert "<mark>المقاتلين</mark>" in html
    assert '<mark id="m1">مقاتل</mark>' in html
    assert "كلمة واحدة مظلّلة في المتن" in html
    assert '<a href="#m1">إلى أولها</a>' in html


def test_one_goes_from_mark_to_mark_and_knows_how_many_there_are(notebooks: Article, read: Read) -> None:
    page = read(notebooks.get_absolute_url() + "?q=" + quote("الوثائق"))
    assert "كلمتان مظلّلتان في المتن" in page.text
    assert "1 من 2 التالية" in page.text
    assert "2 من 2 السابقة" in page.text
    assert {"m1", "m2"} <= page.ids
    assert page.links.count("#m1") == 2
    assert page.links.count("#m2") == 1


def test_a_mark_in_the_title_alone_is_told_and_needs_no_way_to_it(notebooks: Article, read: Read) -> None:
    page = read(notebooks.get_absolute_url() + "?q=" + quote("دفاتر"))
    assert "كلمة واحدة مظلّلة في العنوان" in page.text
    assert "إلى أولها" not in page.text


def test_of_very_many_marks_the_first_are_numbered(archive: Archive, read: Read) -> None:
    article = archive.add("خبر", "نفط " * 400)
    page = read(article.get_absolute_url() + "?q=" + quote("نفط"))
    assert {"m1", "m300"} <= page.ids
    assert "m301" not in page.ids
    assert "300 من 400 السابقة" in page.text


def test_without_a_query_nothing_is_marked(notebooks: Article, client: Client) -> None:
    assert "<mark" not in client.get(notebooks.get_absolute_url()).content.decode()


def test_the_way_back_is_the_search_one_came_from(notebooks: Article, read: Read) -> None:
    page = read(notebooks.get_absolute_url() + "?q=" + quote("الموصل") + "&year=2017&page=2")
    assert "/search/?q=" + quote("الموصل") + "&year=2017&page=2" in page.links
    assert "عودة إلى النتائج" in page.text
    assert "عودة إلى النتائج" not in read(notebooks.get_absolute_url()).text


def test_a_derived_title_is_called_so(archive: Archive, read: Read) -> None:
    article = archive.add("جملة أولى", "جملة أولى. وثانية.", title_is_derived=True)
    assert "لم تحمل الصفحة عنواناً" in read(article.get_absolute_url()).text


def test_a_capture_is_told_in_plain_words(archive: Archive, read: Read) -> None:
    article = archive.add("خبر")
    make_capture(
        article, sha256=DIGEST, size=6012, media_type="text/plain", charset="windows-1256",
        origin="/home/operator/in/news.zip!2015/a.json", locator="item 12", url="https://alufuq.example/1",
    )  # fmt: skip
    page = read(article.get_absolute_url())
    for shown in ("sha256 9f2c0000…b41e", DIGEST, "6,012 بايت", "text/plain; windows-1256", "item 12"):
        assert shown in page.text
    assert "news.zip!2015/a.json" in page.text
    assert "operator" not in page.text
    assert "https://alufuq.example/1" in page.links


def test_an_address_that_a_browser_should_not_open_is_no_link(archive: Archive, read: Read) -> None:
    article = archive.add("خبر", related_links=[{"title": "رابط", "url": "javascript:alert(2)"}])
    make_capture(article, url="javascript:alert(1)")
    page = read(article.get_absolute_url())
    assert "javascript:alert(1)" in page.text
    assert not [link for link in page.links if link.startswith("javascript")]


def test_an_article_typed_in_by_hand_has_no_capture(archive: Archive, read: Read) -> None:
    assert "أُدخل هذا المقال يدوياً" in read(archive.add("خبر").get_absolute_url()).text


def test_kept_links_say_which_are_in_the_archive(archive: Archive, read: Read) -> None:
    kept = archive.add("حجم الدمار في المكتبة")
    archive.add("خبر مسودة", status="draft")
    article = archive.add(
        "خبر",
        related_links=[
            {"title": "حجم الدمار في المكتبة", "url": ""},
            {"title": "لقاء مع أمين المكتبة", "url": "https://alufuq.example/2"},
            {"title": "خبر مسودة", "url": ""},
        ],
    )
    page = read(article.get_absolute_url())
    assert "حجم الدمار في المكتبة في الأرشيف" in page.text
    assert "لقاء مع أمين المكتبة ليس في الأرشيف" in page.text
    assert "خبر مسودة ليس في الأرشيف" in page.text
    assert kept.get_absolute_url() in page.links
    assert "https://alufuq.example/2" in page.links


def test_related_articles_are_offered(archive: Archive, read: Read) -> None:
    body = "المخطوطات المحروقة في مكتبة الجامعة يرممها متطوعون"
    near = archive.add("ترميم المخطوطات", body)
    article = archive.add("متطوعون يرممون المخطوطات", body + " بأيديهم")
    for number in range(5):
        archive.add(f"نفط {number}", "أسعار النفط ترتفع في الأسواق")
    archive.index()
    page = read(article.get_absolute_url())
    assert "مقالات قريبة" in page.text
    assert near.get_absolute_url() in page.links


def test_an_article_without_an_index_can_still_be_read(archive: Archive, read: Read) -> None:
    assert "نص المقال" in read(archive.add("خبر", "نص المقال").get_absolute_url() + "?q=x").text


def test_an_article_without_text_says_so(archive: Archive, read: Read) -> None:
    assert "لا نص محفوظاً" in read(archive.add("خبر").get_absolute_url()).text


def test_archived_text_stays_text(archive: Archive, read: Read, client: Client) -> None:
    article = archive.add(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        author="<b>",
        section="<i>",
        dateline="<u>",
    )
    read(article.get_absolute_url())
    html = client.get(article.get_absolute_url()).content.decode()
    assert not [tag for tag in ("<script>", "</script><", "<img", "<b>", "<i>", "<u>") if tag in html]


def test_the_language_of_an_article_is_its_own(archive: Archive, client: Client) -> None:
    article = archive.add("An English headline", "Text.", language="en")
    html = client.get(article.get_absolute_url()).content.decode()
    assert '<h1 lang="en">' in html
    assert '<div class="text" lang="en">' in html


@pytest.mark.parametrize("public_id", ["nosuchid00", "x" * 500, "%00", "..%2f", quote("مقال")])
def test_an_unknown_address_is_not_found(public_id: str, archive: Archive, client: Client) -> None:
    assert client.get(f"/a/{public_id}/").status_code == 404


def test_an_article_takes_as_many_queries_whatever_hangs_on_it(
    archive: Archive, queries: Callable[[str], int]
) -> None:
    plain = archive.add("خبر", "نص عن الموصل", source="الأفق", related_links=[{"title": "أ"}])
    full = archive.add(
        "خبر ثان",
        "نص عن الموصل",
        source="الأفق",
        collections=[f"ملف {number}" for number in range(9)],
        related_links=[{"title": f"خبر {number}"} for number in range(9)],
    )
    for number in range(9):
        archive.add(f"خبر {number}", "نص عن الموصل", source=f"مصدر {number}")
        make_capture(full)
    archive.index()
    assert queries(full.get_absolute_url()) == queries(plain.get_absolute_url()) <= 7
