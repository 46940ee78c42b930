import re
from collections.abc import Callable
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.test import Client

from articles.models.article import Article, Status
from tests.conftest import Archive
from tests.views.conftest import Read

MOSUL = "/search/?q=" + quote("الموصل")


@pytest.fixture
def html(client: Client) -> Callable[[str], str]:
    return lambda url: client.get(url).content.decode()


def test_matched_words_are_marked_in_their_own_spelling(archive: Archive, html: Callable[[str], str]) -> None:
    archive.add("خبر", "قُتِل مقاتلون في المَوصِل أمس")
    archive.index()
    assert "<mark>المَوصِل</mark>" in html(MOSUL)


def test_archived_markup_stays_text(archive: Archive, html: Callable[[str], str]) -> None:
    archive.add(
        "<script>alert(1)</script> الموصل", "الموصل <b>غليظ</b>", author='"><script>', source="<i>مصدر</i>"
    )
    archive.index()
    page = html(MOSUL + quote(" <script>"))
    assert "<script>" not in page
    assert page.count("<script") == 1  # ours
    assert "<b>" not in page
    assert "<i>" not in page


def test_the_link_of_a_hit_carries_the_search(library: Archive, read: Read) -> None:
    article = Article.objects.get(author="ليلى الحداد")
    link = next(link for link in read(MOSUL + "&year=2017").links if article.public_id in link)
    assert parse_qs(urlsplit(link).query) == {"q": ["الموصل"], "year": ["2017"]}


def test_how_the_query_was_read_is_said(library: Archive, read: Read) -> None:
    assert "قُرئ البحث هكذا: الموصل" in read(MOSUL).text


def test_a_query_to_mend_answers_and_says_so_in_either_language(
    library: Archive, read: Read, client: Client
) -> None:
    url = "/search/?q=" + quote('"الموصل')
    [message] = client.get(url).context["found"].query.messages
    assert message.text in read(url).text
    client.cookies["django_language"] = "en"
    page = read(url)
    assert message.text not in page.text
    assert "“الموصل” is not closed" in page.text


def test_every_facet_value_leads_to_as_many_articles_as_it_says(
    library: Archive, read: Read, client: Client
) -> None:
    facets = client.get(MOSUL).context["found"].facets
    values = [value for facet in facets for value in facet.values]
    assert len(values) >= 5
    for value in values:
        assert client.get("/search/?" + value.query_string).context["found"].total == value.count


def test_a_filter_is_a_chip_that_takes_it_off(library: Archive, read: Read) -> None:
    page = read(MOSUL + "&source=" + quote("جريدة-الأفق") + "&year=2017")
    assert "المصدر: جريدة الأفق" in page.text
    assert "السنة: 2017" in page.text
    assert "مرشّحان" in page.text
    queries = [parse_qs(urlsplit(link).query) for link in page.links]
    assert {"q": ["الموصل"], "year": ["2017"]} in queries
    assert {"q": ["الموصل"], "source": ["جريدة-الأفق"]} in queries
    assert {"q": ["الموصل"]} in queries  # clear all


def test_months_are_named_in_the_readers_language(library: Archive, read: Read, client: Client) -> None:
    url = MOSUL + "&month=2015-11"
    assert "الشهر: تشرين الثاني / نوفمبر 2015" in read(url).text
    client.cookies["django_language"] = "en"
    assert "Month: November 2015" in read(url).text


def test_new_words_keep_the_filters_the_order_and_the_page_size(
    library: Archive, html: Callable[[str], str]
) -> None:
    page = html(MOSUL + "&year=2017&sort=newest&size=50&page=1")
    kept = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    assert [pair for pair in kept if pair[0] != "next"] == [
        ("year", "2017"),
        ("sort", "newest"),
        ("size", "50"),
    ]


def test_hits_can_be_put_in_order_of_their_dates(library: Archive, read: Read) -> None:
    newest = read(MOSUL + "&sort=newest").text
    oldest = read(MOSUL + "&sort=oldest").text
    assert newest.index("دفاتر المقاتلين") < newest.index("معركة الموصل") < newest.index("شهر في الموصل")
    assert oldest.index("شهر في الموصل") < oldest.index("معركة الموصل") < oldest.index("دفاتر المقاتلين")


def test_dates_say_no_more_than_is_known(library: Archive, read: Read) -> None:
    text = read(MOSUL).text
    assert "جريدة الأفق 14 شباط / فبراير 2017 ليلى الحداد" in text
    assert "وكالة الساحل تشرين الثاني / نوفمبر 2015" in text
    assert "جريدة الأفق 2016" in text
    assert "بلا تاريخ" in text


def test_a_date_that_is_only_the_crawlers_is_called_so(archive: Archive, read: Read) -> None:
    archive.add(
        "الموصل", published_on="2015-07-21", evidence={"published_on": {"place": "crawl", "text": ""}}
    )
    archive.index()
    assert "تاريخ الالتقاط 21 تموز / يوليو 2015" in read(MOSUL).text


def test_pages_hold_every_hit_once(archive: Archive, client: Client, read: Read) -> None:
    for number in range(23):
        archive.add(f"الموصل {number}")
    archive.index()
    seen = []
    for page in (1, 2, 3):
        read(f"{MOSUL}&size=10&page={page}")
        found = client.get(f"{MOSUL}&size=10&page={page}").context["found"]
        seen += [hit.public_id for hit in found.hits]
    assert len(seen) == len(set(seen)) == 23
    links = [parse_qs(urlsplit(link).query) for link in read(f"{MOSUL}&size=10").links]
    assert {"q": ["الموصل"], "page": ["3"], "size": ["10"]} in links


def test_past_the_last_page_the_last_page_is_offered(library: Archive, read: Read) -> None:
    page = read(MOSUL + "&page=7")
    assert "لا صفحة رقمها 7: آخر صفحات هذا البحث 1." in page.text
    assert "?q=" + quote("الموصل") in page.links


def test_too_deep_a_page_asks_to_narrow(library: Archive, read: Read, client: Client) -> None:
    assert "ضيّق البحث" in read(MOSUL + "&page=999999").text


def test_nothing_found_helps_to_find_something(library: Archive, read: Read) -> None:
    page = read("/search/?q=" + quote("زقزقة") + "&year=2017")
    assert "لا مقالات" in page.text
    assert "كيف توسّع البحث" in page.text
    assert "?q=" + quote("زقزقة") in page.links
    assert "/search/help/" in page.links


def test_no_query_shows_every_article(library: Archive, read: Read) -> None:
    assert "4 مقالات" in read("/search/").text


@pytest.mark.parametrize(
    "parameters, said",
    [
        ("page=abc", "رقم الصفحة غير صالح"),
        ("page=0", "رقم الصفحة غير صالح"),
        ("page=-1", "رقم الصفحة غير صالح"),
        ("page=" + "9" * 5000, "رقم الصفحة غير صالح"),
        ("size=7", "عدد النتائج في الصفحة غير متاح"),
        ("size=abc", "عدد النتائج في الصفحة غير متاح"),
        ("year=abc", "السنة تُكتب بأربعة أرقام"),
        ("year=20155", "السنة تُكتب بأربعة أرقام"),
        ("month=2015-13", "الشهر يُكتب هكذا"),
        ("month=2015", "الشهر يُكتب هكذا"),
        ("sort=x", "هذا الترتيب غير معروف"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_left_out_and_said(
    parameters: str, said: str, library: Archive, read: Read
) -> None:
    text = read(f"{MOSUL}&{parameters}").text
    assert said in text
    assert "4 مقالات" in text


@pytest.mark.parametrize(
    "parameters",
    [
        "source=" + quote("لا-مصدر"),
        "collection=x&author=y",
        "year=0000",
        "month=0000-01",
        "year=2016&month=2015-07",
        "source=%00",
        "q=%00",
        "q=%ff%fe",
        "source=" + "x" * 1000,
        "q=" + "x" * 5000,
        "q=-",
        "q=*",
        "q=" + quote("((((("),
        "page=" + quote("٢"),
        "sort=newest&sort=x",
    ],
)
def test_no_parameter_breaks_the_page(parameters: str, library: Archive, read: Read) -> None:
    assert read(f"/search/?{parameters}").text


def test_years_may_be_typed_in_arabic_digits(library: Archive, read: Read) -> None:
    assert "مقال واحد" in read(MOSUL + "&year=" + quote("٢٠١٦")).text


def test_an_article_withdrawn_since_it_was_indexed_is_not_found(library: Archive, read: Read) -> None:
    Article.objects.filter(author="ليلى الحداد").change(status=Status.WITHDRAWN)
    page = read(MOSUL)
    assert "دفاتر المقاتلين" not in page.text
    assert "3 مقالات" in page.text


def test_without_an_index_the_page_says_who_can_mend_it(archive: Archive, read: Read) -> None:
    assert "rebuild_index" in read(MOSUL, status=503).text


def test_a_compact_view_shows_titles_and_facts_alone(library: Archive, html: Callable[[str], str]) -> None:
    full, compact = html(MOSUL), html(MOSUL + "&view=compact")
    assert full.count('class="hit"') == compact.count('class="hit"') > 0
    assert 'class="passages"' in full
    assert 'class="passages"' not in compact
    assert "<mark>الموصل</mark>" in compact
    assert "view=compact&amp;page=" in compact or "view=compact" in compact.split('class="facets"')[1]


def test_nothing_found_says_what_the_archive_holds(library: Archive, read: Read) -> None:
    page = read("/search/?q=" + quote("قسطرلاب")).text
    assert "ما في الأرشيف كله" in page
    assert "من 2015 إلى 2017" in page
    assert "ما في الأرشيف كله" not in read(MOSUL).text
