"""The search as a reader has it, on a real index: what is found, marked, counted and said."""

from datetime import date

import pytest

from articles.models.article import Article
from articles.search import indexing
from articles.search.reading import marked_article, related_articles
from articles.search.request import FacetName, SearchRequest, Sort
from articles.search.results import Hit, SearchPage
from articles.search.searching import find_keys, search

pytestmark = pytest.mark.django_db


def titles(page: SearchPage) -> list[str]:
    return [hit.title_text for hit in page.hits]


def marked(hit: Hit) -> list[str]:
    found = [piece.text for piece in hit.title if piece.matched]
    return found + [piece.text for passage in hit.passages for piece in passage.pieces if piece.matched]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("احدى", "إحدى"),
        ("الامريكية", "الأمريكية"),
        ("قتل", "قٌتل"),
        ("المقاتلون", "مقاتليه"),
        ("2014", "٢٠١٤"),
        ("٢٠١٤", "2014"),
        ("2014", "عام2014"),
        ("محمد", "مُحَمَّد"),
        ("كتاب", "كتـــاب"),
        ("علی", "على"),
        ("الله", "ﷲ"),
        ("brussels", "Brussels"),
    ],
)
def test_a_word_is_found_and_marked_however_it_is_typed(typed, printed, archive) -> None:
    archive.add(title="خبر أول", body=f"بداية الكلام ثم {printed} ثم بقيته.")
    archive.add(title="خبر ثان", body="لا شيء من ذلك هنا.")
    archive.index()
    page = search(SearchRequest(text=typed))
    assert titles(page) == ["خبر أول"]
    assert "".join(marked(page.hits[0])) in printed


def test_words_of_a_query_may_stand_in_title_and_body_apart(archive) -> None:
    archive.add(title="وثائق سرية", body="عُثر عليها في الموصل.")
    archive.index()
    assert search(SearchRequest(text="وثائق الموصل")).total == 1


def test_a_phrase_finds_its_words_in_a_row_only_and_never_across_title_and_body(archive) -> None:
    archive.add(title="في صف", body="قال إن تنظيم الدولة انسحب.")
    archive.add(title="متفرق", body="تنظيم الحفل كان برعاية الدولة.")
    archive.add(title="آخره تنظيم", body="الدولة أولاً.")
    archive.index()
    assert titles(search(SearchRequest(text="«تنظيم الدولة»"))) == ["في صف"]


def test_the_spelling_asked_for_comes_before_other_forms_of_the_word(archive) -> None:
    for body in ("مكتب صغير في المدينة", "مكتبها صغير في المدينة", "مكتبات كثيرة في المدينة"):
        archive.add(title="خبر", body=body)
    archive.index()
    first = search(SearchRequest(text="مكتبها")).hits[0]
    assert marked(first) == ["مكتبها"]


def test_a_title_that_says_it_comes_before_a_body_that_does(archive) -> None:
    archive.add(title="طقس اليوم", body="الخبر الثاني عن النفط والخبر الثالث عن القمح")
    archive.add(title="النفط يرتفع", body="الخبر الثاني عن الماء والخبر الثالث عن القمح")
    archive.index()
    assert titles(search(SearchRequest(text="النفط"))) == ["النفط يرتفع", "طقس اليوم"]


def test_only_published_articles_are_found_and_counted(archive) -> None:
    archive.add(title="نفط منشور", source="الأفق")
    archive.add(title="نفط مسودة", source="الساحل", status="draft")
    archive.add(title="نفط محجوب", source="المدار", status="withdrawn")
    archive.index()
    page = search(SearchRequest(text="نفط"))
    assert titles(page) == ["نفط منشور"]
    assert page.total == 1
    assert [
        value.label for facet in page.facets for value in facet.values if facet.name is FacetName.SOURCE
    ] == ["الأفق"]


def test_a_withdrawn_article_is_gone_before_the_index_knows(archive) -> None:
    archive.add(title="نفط أول", source="الأفق")
    archive.add(title="نفط ثان", source="الأفق")
    archive.index()
    Article.objects.filter(title="نفط ثان").change(status="withdrawn")
    page = search(SearchRequest(text="نفط"))
    assert (titles(page), page.total) == (["نفط أول"], 1)
    assert [value.count for value in page.facets[0].values] == [1]


def test_a_deleted_article_is_gone_before_the_index_knows_and_after(archive) -> None:
    archive.add(title="نفط أول")
    gone = archive.add(title="نفط ثان")
    archive.index()
    gone.delete()
    assert search(SearchRequest(text="نفط")).total == 1
    archive.index()
    assert search(SearchRequest(text="نفط")).total == 1


def test_the_count_of_every_facet_value_is_what_its_click_shows(archive) -> None:
    for number in range(24):
        archive.add(
            title=f"نفط {number}",
            source=("الأفق", "الساحل", "المدار")[number % 3],
            author=("ليلى الحداد", "سامر, القيسي", "")[number % 3 - number % 2],
            published_on=date(2014 + number % 3, 1 + number % 5, 1 + number),
            collections=(["ملف الطاقة"], ["ملف الطاقة", "أرشيف"], [])[number % 3],
        )
    archive.index()
    for filters in (
        {},
        {FacetName.YEAR: ("2015",)},
        {FacetName.YEAR: ("2015", "2016"), FacetName.MONTH: ("2015-02",)},
    ):
        request = SearchRequest(text="نفط", filters=filters)
        for facet in search(request).facets:
            for value in facet.values:
                if not value.selected:
                    clicked = search(request.with_only(facet.name, value.value))
                    assert clicked.total == value.count, (filters, facet.name, value.value)


def test_every_page_of_every_size_shows_each_hit_once(archive) -> None:
    for number in range(23):
        archive.add(title=f"نفط {number}", published_on=date(2015, 1, 1 + number % 7))
    archive.index()
    for sort in Sort:
        for size in (1, 3, 10, 20, 50):
            pages = [
                titles(search(SearchRequest(text="نفط", sort=sort, page=page, page_size=size)))
                for page in range(1, 23 // size + 2)
            ]
            shown = [title for page in pages for title in page]
            assert sorted(shown) == sorted(f"نفط {number}" for number in range(23))
            assert all(len(page) == size for page in pages[: 23 // size])


def test_sorted_by_date_articles_without_a_date_come_last_either_way(archive) -> None:
    archive.add(title="قديم", body="نفط", published_on=date(2014, 1, 1))
    archive.add(title="بلا تاريخ", body="نفط", published_on=None)
    archive.add(title="جديد", body="نفط", published_on=date(2016, 1, 1))
    archive.index()
    assert titles(search(SearchRequest(text="نفط", sort=Sort.NEWEST))) == ["جديد", "قديم", "بلا تاريخ"]
    assert titles(search(SearchRequest(text="نفط", sort=Sort.OLDEST))) == ["قديم", "جديد", "بلا تاريخ"]


def test_a_date_range_finds_what_lies_wholly_in_it(archive) -> None:
    archive.add(title="يوم", published_on=date(2015, 7, 21))
    archive.add(title="شهر", published_on="2015-07")
    archive.add(title="سنة", published_on="2015")
    archive.index()
    assert sorted(titles(search(SearchRequest(text="التاريخ:2015")))) == ["سنة", "شهر", "يوم"]
    assert sorted(titles(search(SearchRequest(text="التاريخ:2015-07")))) == ["شهر", "يوم"]
    assert titles(search(SearchRequest(text="التاريخ:2015-07-15..2015-12"))) == ["يوم"]


def test_the_fields_of_a_query_look_where_they_say(archive) -> None:
    archive.add(title="عن النفط", body="نص", source="جريدة الأفق", author="ليلى الحداد")
    archive.add(title="خبر", body="عن النفط وليلى والأفق", source="وكالة الساحل", author="سامر القيسي")
    archive.index()
    for query in ("العنوان:النفط", "المصدر:الافق", "الكاتب:ليلى", "source:الأفق author:الحداد"):
        assert titles(search(SearchRequest(text=query))) == ["عن النفط"], query


def test_an_empty_search_browses_everything_newest_first_among_equals(archive) -> None:
    archive.add(title="قديم", published_on=date(2014, 1, 1))
    archive.add(title="جديد", published_on=date(2016, 1, 1))
    archive.index()
    assert titles(search(SearchRequest())) == ["جديد", "قديم"]


def test_a_wildcard_that_stands_for_too_many_words_says_so(archive) -> None:
    archive.add(
        title="خبر",
        body=" ".join(
            f"كتاب{chr(0x0621 + number % 20)}{chr(0x062A + number // 20)}" for number in range(400)
        ),
    )
    archive.index()
    page = search(SearchRequest(text="كتا*"))
    assert page.total == 1
    assert [message.code for message in page.query.messages] == ["wildcard_capped"]


def test_beyond_ten_thousand_hits_the_reader_is_asked_to_narrow(archive) -> None:
    archive.add(title="نفط")
    archive.index()
    page = search(SearchRequest(text="نفط", page=501))
    assert page.problem is not None
    assert page.problem.code == "too_deep"


def test_without_an_index_the_page_says_what_to_do(archive) -> None:
    page = search(SearchRequest(text="نفط"))
    assert page.problem is not None
    assert page.problem.code == "index_missing"
    assert "rebuild_index" in page.problem.text


def test_an_index_made_by_other_rules_is_not_used(archive, index_folder) -> None:
    archive.add(title="نفط")
    archive.index()
    (index_folder / "current" / "rules.json").write_text('{"analysis": "other"}')
    report = indexing.index_stale()
    assert "rebuild_index" in report.problem or report.waiting == 0
    Article.objects.all().change(title="نفط آخر")
    assert "rebuild_index" in indexing.index_stale().problem
    indexing.bring_up_to_date()
    assert titles(search(SearchRequest(text="نفط"))) == ["نفط آخر"]


def test_the_admins_search_finds_drafts_too(archive) -> None:
    draft = archive.add(title="نفط", status="draft")
    archive.index()
    assert find_keys("نفط").tolist() == [draft.pk]


def test_related_articles_share_telling_words_and_are_published(archive) -> None:
    one = archive.add(title="وثائق الموصل", body="عثرت القوات على وثائق سرية للمقاتلين الأجانب في الموصل")
    two = archive.add(title="مقاتلون أجانب", body="وثائق الموصل السرية تكشف أسماء المقاتلين الأجانب")
    archive.add(title="مسودة", body="وثائق الموصل السرية والمقاتلون الأجانب", status="draft")
    for number in range(30):
        archive.add(title=f"طقس {number}", body="غيوم وأمطار متفرقة على السواحل")
    archive.index()
    assert [related.article for related in related_articles(one)] == [two]


def test_an_article_read_from_a_search_has_its_words_marked(archive) -> None:
    article = archive.add(title="النفط", body="عن النفط.\n\nفقرة ثانية بلا ذكره.")
    shown = marked_article(article, SearchRequest("نفط"))
    assert shown.marks == 2
    assert len(shown.paragraphs) == 2
    assert [piece.text for piece in shown.title if piece.matched] == ["النفط"]
    assert marked_article(article, SearchRequest()).marks == 0


def test_a_page_of_hits_costs_a_fixed_number_of_queries(archive, django_assert_num_queries) -> None:
    for number in range(40):
        archive.add(title=f"نفط {number}", source=f"صحيفة {number % 9}", collections=[f"ملف {number % 3}"])
    archive.index()
    search(SearchRequest(text="نفط"))  # other names are read once
    for size in (10, 20):
        # Whether other names have changed, keys to hide, the hits, names of sources, names of collections.
        with django_assert_num_queries(5):
            search(SearchRequest(text="نفط", page_size=size))
