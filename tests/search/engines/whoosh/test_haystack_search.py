"""SearchQuerySet on our engine: every filter, facet, order and option that Haystack documents."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from haystack import connections
from haystack.exceptions import SearchBackendError
from haystack.inputs import AutoQuery, Clean, Exact, Not, Raw
from haystack.query import SQ, SearchQuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.search.engines.whoosh.backend import ArchiveBackend
from tests.search.engines.notes import NoteIndex, note
from tests.search.engines.shelf import article

Backend = Callable[..., ArchiveBackend]


def found(query: SearchQuerySet) -> list[int]:
    return sorted(int(result.pk) for result in query)


# Words


def test_all_words_are_wanted(notes: Any) -> None:
    notes("سعر النفط", "سعر القمح", "نفط")
    assert found(SearchQuerySet().filter(content="سعر نفط")) == [1]
    assert found(SearchQuerySet().filter(content="سعر").filter(content="نفط")) == [1]


def test_filters_are_joined_and_negated_as_they_are_written(notes: Any) -> None:
    notes("سعر النفط", "سعر القمح", "نفط")
    assert found(SearchQuerySet().filter(SQ(content="نفط") | SQ(content="قمح"))) == [1, 2, 3]
    assert found(SearchQuerySet().filter(SQ(content="سعر") & ~SQ(content="قمح"))) == [1]
    assert found(SearchQuerySet().exclude(content="سعر")) == [3]
    assert found(SearchQuerySet().filter(content="سعر") | SearchQuerySet().filter(content="نفط")) == [1, 2, 3]
    assert found(SearchQuerySet().filter(content="سعر") & SearchQuerySet().filter(content="نفط")) == [1]


def test_no_filter_finds_everything_and_a_blank_one_nothing(notes: Any) -> None:
    notes("سعر", "نفط")
    assert found(SearchQuerySet()) == found(SearchQuerySet().auto_query(" ")) == [1, 2]
    assert found(SearchQuerySet().filter(content=" ")) == []
    assert connections["default"].get_backend().search("") == {"results": [], "hits": 0}


def test_an_auto_query_knows_phrases_and_unwanted_words(notes: Any) -> None:
    notes("رئيس الوزراء العراقي", "رئيس مجلس الوزراء", "رئيس الوزراء السوري")
    assert found(SearchQuerySet().auto_query('"رئيس الوزراء"')) == [1, 3]
    assert found(SearchQuerySet().auto_query('"رئيس الوزراء" -السوري')) == [1]
    assert found(SearchQuerySet().auto_query("رئيس -مجلس")) == [1, 3]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        (Exact("رئيس الوزراء"), [1]),
        (Clean("رئيس (مجلس)"), [2]),
        (Not("مجلس"), [1]),
        (Raw("رئيس AND NOT مجلس"), [1]),
        (Raw("رئيس OR قمح"), [1, 2]),
        (Raw("رئي*"), [1, 2]),
        (AutoQuery("رئيس"), [1, 2]),
    ],
)
def test_haystacks_kinds_of_input_work(notes: Any, asked: Any, numbers: list[int]) -> None:
    notes("رئيس الوزراء", "رئيس مجلس الوزراء")
    assert found(SearchQuerySet().filter(content=asked)) == numbers


def test_phrases_and_patterns_are_not_stemmed_where_normalised_words_are_indexed(articles: Any) -> None:
    articles(article(1, body="المقاتلون في المدينة"), article(2, body="مقاتل في المدينة"))
    assert found(SearchQuerySet().filter(content="مقاتلين")) == [1, 2]
    assert found(SearchQuerySet().filter(content__exact="المقاتلون في")) == [1]
    assert found(SearchQuerySet().filter(content__startswith="المقات")) == [1]
    assert found(SearchQuerySet().filter(content__endswith="تلون")) == [1]
    assert found(SearchQuerySet().filter(content__contains="قاتل")) == [1, 2]
    assert found(SearchQuerySet().filter(title__exact="المقاتلون في")) == []


def test_no_phrase_runs_from_a_title_into_a_body(articles: Any) -> None:
    articles(article(1, title="اجتماع رئيس", body="الوزراء"))
    assert found(SearchQuerySet().filter(content=Exact("رئيس الوزراء"))) == []


def test_a_fuzzy_word_may_differ_by_two_letters(notes: Any) -> None:
    notes("haystack", "haystuck", "needle")
    assert found(SearchQuerySet().filter(content__fuzzy="haystock")) == [1, 2]


def test_a_star_alone_is_every_document_even_one_without_words(notes: Any) -> None:
    notes("نفط", "، .")
    assert found(SearchQuerySet().filter(content=Raw("*"))) == [1, 2]
    assert found(SearchQuerySet().filter(content=Raw("* AND نفط"))) == [1]
    assert found(SearchQuerySet().filter(content=Raw("*:* NOT نفط"))) == [2]


def test_what_is_no_word_asks_for_nothing(notes: Any) -> None:
    notes("نفط", "قمح")
    assert found(SearchQuerySet().filter(content="نفط ، .")) == [1]
    assert found(SearchQuerySet().filter(content="،")) == []
    assert found(SearchQuerySet().filter(content="نفط").exclude(content="،")) == [1]


def test_a_boosted_word_brings_its_documents_up(notes: Any) -> None:
    notes("نفط قمح قمح", "نفط شعير شعير")
    query = SearchQuerySet().filter(content=Raw("نفط AND (قمح OR شعير^9)"))
    assert [int(result.pk) for result in query] == [2, 1]


# Values


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({"pages": 50}, [2]),
        ({"pages__exact": 50}, [2]),
        ({"pages__in": [5, 500]}, [1, 3]),
        ({"pages__in": []}, []),
        ({"pages__gt": 50}, [3]),
        ({"pages__gte": 50}, [2, 3]),
        ({"pages__lt": 50}, [1]),
        ({"pages__lte": 50}, [1, 2]),
        ({"pages__range": [5, 50]}, [1, 2]),
        ({"rating__gt": 2}, [2, 3]),
        ({"rating": 2.5}, [2]),
        ({"is_open": True}, [1, 3]),
        ({"is_open": False}, [2]),
        ({"written_on": date(2015, 7, 21)}, [1]),
        ({"written_on__gte": date(2015, 7, 22)}, [2]),
        ({"written_on__range": [date(2015, 1, 1), date(2015, 12, 31)]}, [1]),
        ({"written_at__lt": datetime(2016, 1, 2, 3, 5)}, [3]),
        ({"written_at__in": [datetime(2016, 1, 2, 3, 4)]}, [3]),
        ({"section_exact": "القدس, العربي"}, [1]),
        ({"section_exact__exact": 'صحيفة "الأفق"'}, [3]),
        ({"section_exact__in": ["الحياة", 'صحيفة "الأفق"']}, [2, 3]),
        ({"section_exact": "القدس"}, []),
        ({"section_exact__startswith": "القدس, ال"}, [1]),
        ({"section_exact__contains": '"'}, [1, 2, 3]),  # one character that cannot be written: any
        ({"section_exact__gte": "القدس"}, [1, 3]),
        ({"section": "الافق"}, [3]),
        ({"tags": "ا"}, [1, 2]),
        ({"tags__in": ["ب", "ج"]}, [2]),
        ({"django_id__in": [1, 3]}, [1, 3]),
        ({"id": "articles.collection.2"}, [2]),
        ({"pages": "many"}, []),
    ],
)
def test_values_are_found_by_every_kind_of_filter(filters: dict[str, Any], numbers: list[int]) -> None:
    assert found(SearchQuerySet().filter(**filters)) == numbers
    if numbers:
        assert found(SearchQuerySet().exclude(**filters)) == sorted({1, 2, 3} - set(numbers))


@pytest.mark.usefixtures("library")
def test_narrowing_does_not_rank(notes: Any) -> None:
    query = SearchQuerySet().filter(content="نص").narrow('section_exact:"القدس, العربي"')
    assert found(query) == [1]
    assert found(SearchQuerySet().narrow(SQ(pages__gt=5))) == [2, 3]
    assert found(SearchQuerySet().narrow("pages:[6 TO]").narrow("is_open:true")) == [3]


def test_a_moment_with_a_time_zone_is_the_same_moment_in_every_zone(notes: Any) -> None:
    baghdad = timezone(timedelta(hours=3))
    notes(note(1, written_at=datetime(2015, 7, 21, 1, 30, tzinfo=baghdad)))
    assert found(SearchQuerySet().filter(written_at=datetime(2015, 7, 20, 22, 30, tzinfo=UTC))) == [1]
    assert found(SearchQuerySet().filter(written_at__lt=datetime(2015, 7, 21, 0, 0, tzinfo=UTC))) == [1]


def test_beginnings_of_words_complete_them(notes: Any) -> None:
    notes(
        note(1, beginnings="المُقاتلون الأجانب", pieces="المُقاتلون"),
        note(2, beginnings="القتال", pieces="القتال"),
    )
    assert found(SearchQuerySet().autocomplete(beginnings="المق")) == [1]
    assert found(SearchQuerySet().autocomplete(beginnings="المق الاج")) == [1]
    assert found(SearchQuerySet().autocomplete(beginnings="قات")) == []
    assert found(SearchQuerySet().autocomplete(pieces="قات")) == [1]


# Order and pages


def test_the_best_come_first_and_equals_in_the_order_they_were_written(notes: Any) -> None:
    notes("نفط وكلام كثير بعده", "نفط", "نفط")
    assert [result.pk for result in SearchQuerySet().filter(content="نفط")] == ["2", "3", "1"]
    assert [result.pk for result in SearchQuerySet()] == ["1", "2", "3"]


def test_documents_without_a_value_come_last_in_both_directions(notes: Any) -> None:
    notes(note(1), note(2, pages=7), note(3, pages=5), note(4))
    assert [result.pk for result in SearchQuerySet().order_by("pages")] == ["3", "2", "1", "4"]
    assert [result.pk for result in SearchQuerySet().order_by("-pages")] == ["2", "3", "1", "4"]


@pytest.mark.parametrize(
    "field",
    [
        "pages",
        "rating",
        "written_on",
        "section_exact",
        "is_open",
        "heading",
        "year",
        "id",
        "django_id",
        "price",
    ],
)
def test_any_field_that_keeps_its_values_can_be_sorted_by(notes: Any, field: str) -> None:
    values = {"pages": 3, "rating": 0.5, "written_on": date(2015, 1, 1), "section": "ب", "heading": "ب", "year": "2",
              "is_open": True, "price": "2.50"}  # fmt: skip
    more = {"pages": 4, "rating": 0.75, "written_on": date(2015, 1, 2), "section": "ت", "heading": "ت", "year": "3",
            "is_open": True, "price": "3.50"}  # fmt: skip
    notes(note(1, section_exact="ب", **values), note(2, section_exact="ت", **more))
    assert SearchQuerySet().order_by(field)[0].pk == "1"
    wanted = "1" if field == "is_open" else "2"
    assert SearchQuerySet().order_by(f"-{field}")[0].pk == wanted


def test_a_field_that_cannot_be_sorted_by_is_named(articles: Any) -> None:
    backend = articles(article(1))
    with pytest.raises(SearchBackendError, match="'title'"):
        backend.search("*", sort_by=["title"])
    with pytest.raises(SearchBackendError, match="no field 'colour'"):
        backend.search("*", sort_by=["-colour"])


def test_the_latest_is_the_last_by_its_field(articles: Any) -> None:
    articles(
        article(1, published_on="2015"), article(2, published_on="2016"), article(3, published_on="2014")
    )
    assert SearchQuerySet().latest("published").pk == "2"


def test_counts_and_slices_agree(notes: Any) -> None:
    notes(*["نفط"] * 23)
    query = SearchQuerySet().filter(content="نفط")
    assert query.count() == len(query) == len(list(query)) == 23
    assert [result.pk for result in query[20:30]] == ["21", "22", "23"]
    assert query[7].pk == "8"
    assert query[3:3] == query[40:50] == []
    assert [pk for (pk,) in SearchQuerySet().values_list("pk")[2:4]] == ["3", "4"]
    assert SearchQuerySet().values("pk", "text")[0] == {"pk": "1", "text": "نفط"}


def test_an_offset_without_an_end_gives_all_the_rest(notes: Any) -> None:
    backend = notes(*["نفط"] * 30)
    assert len(backend.search("*", start_offset=5)["results"]) == 25
    assert backend.search("*", start_offset=0, end_offset=0)["results"] == []


# Whatever is typed


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(
        st.one_of(st.sampled_from(" \"'«»()[]{}*?~^:.-+!&|\\/<>؟،ANDORTنفط"), st.characters()), max_size=30
    )
)
def test_nothing_that_is_typed_breaks_a_search(backend_of: Backend, typed: str) -> None:
    backend = backend_of(NoteIndex())
    backend.silently_fail = False
    if backend.folder.current() is None:
        backend.update(NoteIndex(), [note(1, "نفط")])
    for query in (
        SearchQuerySet().filter(content=typed),
        SearchQuerySet().auto_query(typed),
        SearchQuerySet().filter(section_exact=typed),
        SearchQuerySet().filter(content__exact=typed),
        SearchQuerySet().filter(section_exact__in=[typed]),
        SearchQuerySet().filter(section_exact__startswith=typed),
        SearchQuerySet().filter(content__range=[typed, typed]),
        SearchQuerySet().autocomplete(beginnings=typed + "ا"),
    ):
        assert query.count() == len(list(query))


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(
        st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), min_size=1, max_size=20
    )
)
def test_a_whole_value_is_found_whatever_it_holds(backend_of: Backend, value: str) -> None:
    backend = backend_of(NoteIndex())
    backend.update(
        NoteIndex(), [note(1, section_exact=value, tags=[value, "ب"]), note(2, section_exact=value + "ا")]
    )
    assert found(SearchQuerySet().filter(section_exact__exact=value)) == [1]
    assert found(SearchQuerySet().filter(section_exact=value)) == [1]
    assert found(SearchQuerySet().filter(section_exact__in=[value])) == [1]
