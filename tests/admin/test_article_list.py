"""The list of articles: finding them, narrowing the list, publishing and withdrawing in numbers."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from articles.admin.filters import MOST_NAMED
from articles.jobs.running import do_waiting
from articles.models import many_keys
from articles.models.article import Article
from articles.models.many_keys import AmongKeys
from articles.search.request import SearchRequest
from articles.search.searching import search
from tests.admin.conftest import Desk, said
from tests.conftest import Archive
from tests.factories import make_capture, make_item, make_run, make_story


def readers_find(text: str) -> int:
    return search(SearchRequest(text=text)).total


# Finding


@pytest.mark.parametrize("status", ["draft", "published", "withdrawn"])
def test_the_search_finds_articles_of_every_status(desk: Desk, archive: Archive, status: str) -> None:
    archive.add("سدّ الموصل", status=status)
    archive.add("أسعار النفط")
    archive.index()
    assert desk.titles(q="المَوصل") == ["سدّ الموصل"]


def test_the_search_speaks_the_query_language_of_the_site(desk: Desk, archive: Archive) -> None:
    archive.add("سدّ الموصل", author="ليلى الحداد", published_on="2014-06-10", status="draft")
    archive.add("متحف الموصل", author="سامر القيسي", published_on="2015-02-26", status="draft")
    archive.index()
    assert desk.titles(q="الموصل -متحف") == ["سدّ الموصل"]
    assert desk.titles(q="الكاتب:سامر") == ["متحف الموصل"]
    assert desk.titles(q="التاريخ:2014") == ["سدّ الموصل"]


def test_how_a_query_was_read_is_said_above_the_list(desk: Desk, archive: Archive) -> None:
    archive.add("سدّ الموصل")
    archive.index()
    page = desk.get("/admin/articles/article/", q="الموصل (سد")
    assert any("غير مغلق" in message for message in said(page))


def test_an_article_that_the_index_has_not_seen_is_found_by_its_title(desk: Desk, archive: Archive) -> None:
    archive.add("سدّ الموصل")
    archive.index()
    archive.add("متحف الموصل", status="draft")
    assert sorted(desk.titles(q="الموصل")) == ["سدّ الموصل", "متحف الموصل"]


def test_an_article_is_found_by_the_id_in_its_address(desk: Desk, archive: Archive) -> None:
    article = archive.add("سدّ الموصل")
    archive.add("متحف الموصل")
    archive.index()
    assert desk.titles(q=article.public_id) == ["سدّ الموصل"]


def test_without_an_index_the_search_looks_at_titles_and_says_so(desk: Desk, archive: Archive) -> None:
    archive.add("سد الموصل")
    page = desk.get("/admin/articles/article/", q="الموصل")
    assert [article.title for article in page.context["cl"].result_list] == ["سد الموصل"]
    assert "العناوين وحدها" in " ".join(said(page))


@pytest.mark.parametrize("query", ["((((", '"', "-", "*", "العنوان:", "' OR 1=1 --", "\x00", "ا" * 5000])
def test_no_query_breaks_the_list(desk: Desk, archive: Archive, query: str) -> None:
    archive.add()
    archive.index()
    assert desk.listed(q=query) is not None


# Narrowing


@pytest.mark.parametrize(
    "narrowed, left",
    [
        ({"status__exact": "draft"}, ["مسودة"]),
        ({"waiting": "yes"}, ["تنتظر"]),
        ({"published_on__isempty": "1"}, ["بلا تاريخ"]),
        ({"author__isempty": "1"}, ["بلا كاتب"]),
        ({"title_is_derived__exact": "1"}, ["مستخرج"]),
        ({"language": "other"}, ["English"]),
        ({"language": "en"}, ["English"]),
        ({"surety": "0.5"}, ["مشكوك"]),
        ({"corrected": "yes"}, ["مصحح"]),
        ({"since": "٢٠١٧"}, ["شباط"]),
        ({"since": "شباط 2017", "until": "جمادى الأولى 1438هـ"}, ["شباط"]),
        ({"source_named": "الساحل"}, ["وكالة"]),
        ({"source__id__exact": "none"}, ["بلا مصدر"]),
        ({"published_on__year": "2017", "published_on__month": "2"}, ["شباط"]),
    ],
)
def test_a_filter_leaves_what_it_names(
    desk: Desk, archive: Archive, narrowed: dict[str, str], left: list[str]
) -> None:
    usual: dict[str, Any] = {"author": "ليلى", "published_on": "2015-07-21", "source": "الأفق"}
    archive.add("عادي", **usual)
    archive.add("مسودة", **usual, status="draft")
    archive.add("بلا تاريخ", author="ليلى", source="الأفق")
    archive.add("بلا كاتب", published_on="2015-07-21", source="الأفق")
    archive.add("مستخرج", **usual, title_is_derived=True)
    archive.add("English", **usual, language="en")
    archive.add("شباط", author="ليلى", published_on="2017-02", source="الأفق")
    archive.add("مشكوك", **usual, evidence={"author": {"place": "dateline", "text": "", "confidence": 0.3}})
    archive.add("مصحح", **usual, evidence={"author": {"place": "curator", "text": ""}})
    archive.add("وكالة", **(usual | {"source": "وكالة الساحل"}))
    archive.add("بلا مصدر", **(usual | {"source": None}))
    archive.index()
    archive.add("تنتظر", **usual)
    assert desk.titles(**narrowed) == left


def test_the_list_is_narrowed_to_a_source_and_to_a_collection(desk: Desk, archive: Archive) -> None:
    kept = archive.add("هنا", source="الأفق", collections=["ملف", "ملف آخر"])
    archive.add("هناك", source="الساحل", collections=["ملف آخر"])
    assert kept.source
    collection = kept.collections.get(name="ملف")
    assert desk.titles(source__id__exact=kept.source.pk) == ["هنا"]
    assert desk.titles(collection=collection.pk) == ["هنا"]


@pytest.mark.parametrize(
    "nonsense",
    [
        "collection=x",
        "collection=" + "9" * 30,
        "waiting=no",
        "language=xx",
        "status__exact=hidden",
        "source__id__exact=x",
        "source__id__exact=" + "9" * 30,
        "published_on__year=9999",
        "published_on__year=0",
        "published_on__year=2015&published_on__month=13",
        "published_on__month=7",
        "o=99",
        "p=99",
    ],
)
def test_no_filter_typed_into_the_address_breaks_the_list(
    desk: Desk, archive: Archive, nonsense: str
) -> None:
    archive.add(published_on="2015-07-21")
    assert desk.client.get(f"/admin/articles/article/?{nonsense}").status_code in (200, 302, 400)


def test_articles_are_found_by_their_part_in_a_story(desk: Desk, archive: Archive) -> None:
    first, second, new, fourth = (archive.add(title) for title in ("أول", "نسخة", "جديد", "نسخته"))
    archive.add("وحيد")
    make_story(first, second, state="confirmed")
    make_story(new, fourth)
    assert sorted(desk.titles(story="lead")) == ["أول", "جديد"]
    assert sorted(desk.titles(story="copy")) == ["نسخة", "نسخته"]
    assert sorted(desk.titles(story="waiting")) == ["جديد", "نسخته"]
    assert len(desk.titles(story="any")) == 4


def test_articles_are_found_by_a_run_that_met_them(desk: Desk, archive: Archive) -> None:
    run = make_run()
    make_item(run, article=archive.add("منه"))
    make_item(run, outcome="failed")
    archive.add("من غيره")
    assert desk.titles(run=run.pk) == ["منه"]


def test_a_collection_is_found_by_a_part_of_its_name(desk: Desk, archive: Archive) -> None:
    archive.add("فيها", collections=["ملفات المَوصل"])
    archive.add("في غيرها", collections=["ملفات حلب"])
    assert desk.titles(collection_named="الموصل") == ["فيها"]


def test_five_hundred_sources_are_not_five_hundred_links(desk: Desk, archive: Archive) -> None:
    for number in range(30):
        archive.add(source=f"مصدر {number}")
    archive.add(source="مصدر 7")
    page = desk.get("/admin/articles/article/").content.decode()
    assert page.count("?source__id__exact=") == MOST_NAMED + 1  # and «without a source»
    assert page.index("مصدر 7<") < page.index("مصدر 0<")


def test_a_date_that_cannot_be_read_finds_nothing_and_says_so(desk: Desk, archive: Archive) -> None:
    archive.add(published_on="2015-07-21")
    page = desk.get("/admin/articles/article/", since="متى شاء")
    assert page.context["cl"].result_count == 0
    assert "متى شاء" in said(page)[0]


def test_what_is_chosen_stands_above_the_list_with_its_number_and_a_way_back(
    desk: Desk, archive: Archive
) -> None:
    for number in range(5):
        archive.add(f"الموصل {number}", status=("draft", "published")[number % 2], published_on="2015-07-21")
    archive.add("النفط", status="draft", published_on="2014-06-10")
    archive.index()
    chosen = {"q": "الموصل", "status__exact": "draft", "published_on__year": 2015}
    chips = desk.listed(**chosen).chips
    assert [(chip.label, chip.count) for chip in chips] == [("الموصل", 5), ("مسودة", 4), ("2015", 5)]
    without = desk.client.get(f"/admin/articles/article/{chips[0].without}").context["cl"]
    assert [chip.label for chip in without.chips] == ["مسودة", "2015"]


def test_a_search_with_more_hits_than_a_database_takes_parameters_is_exact(
    desk: Desk, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many_keys, "MANY", 10)
    for number in range(60):
        archive.add(f"سدّ الموصل {number}", status="draft" if number % 2 else "published")
    archive.index()
    assert desk.listed(q="الموصل").result_count == 60
    assert desk.listed(q="الموصل", status__exact="draft").result_count == 30


def test_keys_by_the_hundred_thousand_are_asked_for_in_one_query(
    archive: Archive, django_assert_num_queries: Any
) -> None:
    kept = archive.add()
    archive.add()
    with django_assert_num_queries(1):
        found = list(Article.objects.filter(AmongKeys([kept.pk, *range(10_000, 110_000)])))
    assert found == [kept]


def test_above_the_list_the_dates_go_from_years_to_days_and_back(desk: Desk, archive: Archive) -> None:
    for day in ("2014-06-10", "2015-07-21", "2015-07-22", "2015-12-01", None):
        archive.add(published_on=day)

    def choices(**chosen: int) -> list[str]:
        return [choice["title"] for choice in desk.listed(**chosen).date_links()["choices"]]

    year, month, day = {"published_on__year": 2015}, {"published_on__month": 7}, {"published_on__day": 21}
    assert choices() == ["2014", "2015"]
    assert choices(**year) == ["يوليو 2015", "ديسمبر 2015"]
    assert len(choices(**year, **month)) == 2
    assert len(choices(**year, **month, **day)) == 1
    back = desk.listed(**year, **month).date_links()["back"]
    assert back == {"title": "2015", "link": "?published_on__year=2015"}


def test_each_date_link_leads_to_the_articles_of_that_date(desk: Desk, archive: Archive) -> None:
    archive.add("حزيران", published_on="2014-06-10")
    archive.add("تموز", published_on="2015-07-21")
    link = desk.listed().date_links()["choices"][1]["link"]
    page = desk.client.get(f"/admin/articles/article/{link}")
    assert [article.title for article in page.context["cl"].result_list] == ["تموز"]


def test_the_pages_hold_every_article_once_newest_first(desk: Desk, archive: Archive) -> None:
    for number in range(120):
        archive.add(f"خبر {number}", published_on="2015-07-21" if number % 3 else "2016-01-01")
    listed = [article.pk for page in (1, 2, 3) for article in desk.listed(p=page).result_list]
    assert listed == list(Article.objects.newest_first().values_list("pk", flat=True))


def test_a_crawlers_date_is_said_to_be_one(desk: Desk, archive: Archive) -> None:
    archive.add(published_on="2015-07-21", evidence={"published_on": {"place": "crawl", "text": ""}})
    assert "يوم الالتقاط" in desk.get("/admin/articles/article/").content.decode()


def test_titles_are_shown_as_text(desk: Desk, archive: Archive) -> None:
    archive.add("<script>alert(1)</script>")
    page = desk.get("/admin/articles/article/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


# Doing


def test_publishing_from_the_list_shows_the_articles_to_readers_at_once(desk: Desk, archive: Archive) -> None:
    archive.add("أسعار النفط")
    archive.index()
    drafts = [archive.add(f"سدّ الموصل {number}", status="draft") for number in range(3)]
    page = desk.act("publish", drafts)
    assert readers_find("الموصل") == 3
    assert Article.objects.needing_index().count() == 0
    assert "3" in said(page)[0]


def test_withdrawing_from_the_list_takes_the_articles_from_readers(desk: Desk, archive: Archive) -> None:
    article = archive.add("سدّ الموصل")
    archive.index()
    assert readers_find("الموصل") == 1
    desk.act("withdraw", [article], reason="مكرر")
    assert readers_find("الموصل") == 0
    assert LogEntry.objects.get().get_change_message().endswith("مكرر")


def test_withdrawing_while_the_index_is_busy_hides_the_articles_and_leaves_the_mark(
    desk: Desk, archive: Archive, busy_index: None
) -> None:
    article = archive.add("سدّ الموصل")
    desk.act("withdraw", [article])
    article.refresh_from_db()
    assert article.status == "withdrawn"
    assert article.stale_since


def test_an_action_on_everything_found_stays_with_what_was_found(desk: Desk, archive: Archive) -> None:
    found = [archive.add(f"سدّ الموصل {number}", status="draft") for number in range(60)]
    archive.add("أسعار النفط", status="draft")
    archive.index()
    data = {"action": "publish", "select_across": "1", "_selected_action": [found[0].pk]}
    desk.confirm(desk.post("/admin/articles/article/?q=الموصل", data))
    do_waiting()
    assert Article.objects.visible().count() == 60


def test_what_was_so_before_is_told_apart_from_what_changed(desk: Desk, archive: Archive) -> None:
    articles = [archive.add(), archive.add(status="draft")]
    assert said(desk.act("publish", articles)) == ["نُشر مقال واحد. لم يتغيّر مقال واحد: كانت حالته كذلك."]


def test_nothing_can_be_deleted_from_the_list(desk: Desk, archive: Archive) -> None:
    article = archive.add(status="draft")
    assert "delete_selected" not in desk.get("/admin/articles/article/").content.decode()
    desk.act("delete_selected", [article])
    assert Article.objects.count() == 1


def test_who_may_only_look_gets_no_actions(looker: Desk, archive: Archive) -> None:
    archive.add()
    assert looker.client.get("/admin/articles/article/").status_code == 403


QUERIES = {
    (): 14,
    ("q",): 18,
    ("status__exact",): 14,
    ("surety", "language"): 15,
    ("source_named",): 14,
    ("collection", "run", "story"): 16,
    ("q", "since", "until", "waiting"): 24,
}
CHOSEN = {
    **{"q": "خبر", "status__exact": "published", "surety": "0.9", "language": "ar", "source_named": "مصدر"},
    **{"collection": "1", "run": "1", "story": "any", "since": "2014", "until": "2017", "waiting": "yes"},
}


@pytest.mark.parametrize("narrowed", QUERIES, ids="+".join)
def test_the_list_asks_the_same_number_of_queries_however_long_it_is(
    desk: Desk, archive: Archive, django_assert_num_queries: Any, narrowed: tuple[str, ...]
) -> None:
    for count in (55, 5):  # more than a page before and after
        for number in range(count):
            archive.add(
                f"خبر {number}", source=f"مصدر {number}", collections=[f"ملف {number}"], published_on="2015"
            )
        archive.index()
        archive.add("خبر ينتظر")
        desk.listed(q="خبر")  # other names are read once
        ContentType.objects.clear_cache()
        with django_assert_num_queries(QUERIES[narrowed]):
            desk.listed(**{name: CHOSEN[name] for name in narrowed})


def test_a_page_found_by_its_keys_is_the_page_that_sorting_whole_rows_gives(
    desk: Desk, archive: Archive
) -> None:
    for number in range(70):
        archive.add(f"خبر {number % 10}")
    by_title = [article.pk for page in (1, 2) for article in desk.listed(o="1", p=page).result_list]
    assert by_title == list(Article.objects.order_by("title", "-pk").values_list("pk", flat=True))


def test_captures_of_what_is_listed_are_not_read(
    desk: Desk, archive: Archive, django_assert_max_num_queries: Any
) -> None:
    for _number in range(5):
        make_capture(archive.add())
    with django_assert_max_num_queries(QUERIES[()]):
        desk.listed()
