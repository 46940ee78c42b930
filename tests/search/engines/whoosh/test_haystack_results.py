"""What SearchQuerySet's results hold: values as declared, what matched marked, and what is like them."""

import pickle
from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime
from typing import Any

import pytest
from haystack.exceptions import SearchBackendError
from haystack.inputs import Raw
from haystack.models import SearchResult
from haystack.query import SQ, SearchQuerySet

from articles.models.collection import Collection
from articles.models.source import Source
from articles.search.engines.whoosh.backend import ArchiveBackend
from articles.search.engines.whoosh.marking import marked_passages, text_matcher
from articles.search.engines.whoosh.query_strings import parsed
from tests.search.engines.notes import NoteIndex, note
from tests.search.engines.shelf import article

Backend = Callable[..., ArchiveBackend]


def found(query: SearchQuerySet) -> list[int]:
    return sorted(int(result.pk) for result in query)


# Results


def test_values_come_back_as_their_fields_declare_them(notes: Any) -> None:
    notes(
        note(
            1, "نص", heading="عنوان", year="2017", section="قسم", pages=25, rating=3.6, price="24.99",
            written_on=date(2009, 11, 21), written_at=datetime(2009, 11, 21, 21, 31), is_open=True, tags=[3, 5, 1],
        )
    )  # fmt: skip
    [result] = SearchQuerySet()
    assert (result.text, result.heading, result.year, result.section) == ("نص", "عنوان", "2017", "قسم")
    assert (result.pages, result.rating, result.price, result.is_open) == (25, 3.6, "24.99", True)
    assert result.written_at == datetime(2009, 11, 21, 21, 31)
    assert result.written_on == datetime(2009, 11, 21)  # as Haystack's own backends give a date
    assert result.tags == ["3", "5", "1"]
    assert (result.id, result.pk, result.app_label, result.model_name) == (
        "articles.collection.1",
        "1",
        "articles",
        "collection",
    )


def test_a_value_that_was_not_given_is_none(notes: Any) -> None:
    notes("نص")
    [result] = SearchQuerySet()
    assert (result.heading, result.pages, result.is_open) == (None, None, None)


def test_any_class_may_stand_for_results(notes: Any) -> None:
    class Row(SearchResult):
        pass

    notes("نص")
    assert type(SearchQuerySet().result_class(Row)[0]) is Row
    assert type(SearchQuerySet().result_class(None)[0]) is SearchResult


@pytest.mark.django_db
def test_results_lead_to_their_rows(archive: Any) -> None:
    wanted = archive.add(title="نفط")
    archive.index()
    [result] = SearchQuerySet().filter(content="نفط").load_all()
    assert result.object == wanted
    assert result.model is type(wanted)


@pytest.mark.django_db
def test_a_text_that_is_not_stored_is_marked_from_its_row(archive: Any) -> None:
    archive.add(title="سعرُ النفط", body="قال: النِّفط <b>غالٍ</b>.")
    archive.index()
    [result] = SearchQuerySet().filter(content="نفط").highlight()
    assert result.highlighted == {"text": ["سعرُ <em>النفط</em>\nقال: <em>النِّفط</em> &lt;b&gt;غالٍ&lt;/b&gt;."]}


@pytest.mark.django_db
def test_a_row_that_is_gone_is_marked_nowhere(archive: Any) -> None:
    gone = archive.add(title="نفط")
    archive.index()
    type(gone).objects.all().delete()
    [result] = SearchQuerySet().filter(content="نفط").highlight()
    assert result.highlighted == {"text": [""]}


def test_a_long_text_is_shown_in_passages_around_what_matched(notes: Any) -> None:
    notes("كلام " * 200 + "هنا النفط وحده. " + "كلام " * 200)
    [result] = SearchQuerySet().filter(content="نفط").highlight()
    [passage] = result.highlighted["text"]
    assert "<em>النفط</em>" in passage
    assert passage.startswith("… ")
    assert passage.endswith(" …")
    assert len(passage) < 300


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        (SQ(content__exact="رئيس الوزراء"), "<em>رئيس</em> <em>الوزراء</em> ومجلس الوزراء"),
        (SQ(content__startswith="المقا"), "رئيس الوزراء ومجلس الوزراء"),
        (SQ(content__startswith="الوز"), "رئيس <em>الوزراء</em> ومجلس <em>الوزراء</em>"),
        (SQ(content=Raw("رئ?س")), "<em>رئيس</em> الوزراء ومجلس الوزراء"),
        (SQ(content__fuzzy="رئيص"), "<em>رئيس</em> الوزراء ومجلس الوزراء"),
        (~SQ(content="قمح"), "رئيس الوزراء ومجلس الوزراء"),
        (SQ(content=Raw("رئيس ANDNOT قمح")), "<em>رئيس</em> الوزراء ومجلس الوزراء"),
    ],
)
def test_what_is_marked_is_what_matched(articles: Any, query: SQ, marked: str) -> None:
    text = "رئيس الوزراء ومجلس الوزراء"
    backend = articles(article(1, title=text), article(2, title="خبر آخر"))
    tree = parsed(backend.parser, SearchQuerySet().filter(query).query.build_query())
    assert marked_passages(text, text_matcher(tree, "text", backend.snapshot().reader)) == [marked]


# More like this


def test_what_shares_the_telling_words_is_more_like_this(articles: Any) -> None:
    telling = "حاجز الخازر جنود الموصل تفتيش"
    rows = [article(key, body=f"كلام آخر {chr(0x627 + key)}") for key in range(1, 40)]
    rows += [
        article(100, body=telling),
        article(101, body=telling),
        article(102, body=telling, status="draft"),
    ]
    articles(*rows)
    like = SearchQuerySet().more_like_this(rows[39])
    assert found(like) == [101, 102]
    assert like.count() == 2
    assert found(SearchQuerySet().filter(status="published").more_like_this(rows[39])) == [101]
    assert [int(result.pk) for result in like[1:2]] == [102]


def test_nothing_is_like_a_text_of_common_words(articles: Any) -> None:
    articles(article(1, body="و في"), article(2, body="و في"))
    assert found(SearchQuerySet().more_like_this(article(1, body="و في"))) == []


# The interface itself


def test_queries_can_be_copied_and_kept(notes: Any) -> None:
    notes("نفط", "قمح")
    query = SearchQuerySet().filter(content="نفط").order_by("pages").facet("tags")
    assert found(deepcopy(query)) == found(pickle.loads(pickle.dumps(query))) == [1]
    list(query)
    assert [result.pk for result in pickle.loads(pickle.dumps(query))] == ["1"]
    assert pickle.loads(pickle.dumps(query[0])).pk == "1"


def test_models_are_told_apart(backend_of: Backend) -> None:
    class SourceIndex(NoteIndex):
        def get_model(self) -> type[Source]:
            return Source

    backend = backend_of(NoteIndex(), SourceIndex())
    row: Any = Source(pk=1, name="الأفق")
    row.values = {"text": "نفط"}
    backend.update(NoteIndex(), [note(1, "نفط"), note(2, "نفط")])
    backend.update(SourceIndex(), [row])
    query = SearchQuerySet().filter(content="نفط")
    assert query.count() == 3
    assert query.models(Collection).count() == 2
    assert [result.model for result in query.models(Source)] == [Source]
    assert query.models(Source, Collection).count() == 3


def test_a_document_of_a_model_that_is_no_longer_indexed_is_neither_shown_nor_counted(
    backend_of: Backend,
) -> None:
    class SourceIndex(NoteIndex):
        def get_model(self) -> type[Source]:
            return Source

    backend_of(NoteIndex()).update(NoteIndex(), [note(1)])
    backend_of(SourceIndex())
    assert (SearchQuerySet().count(), list(SearchQuerySet())) == (0, [])


def test_a_query_string_that_cannot_be_read_is_refused(notes: Any) -> None:
    backend = notes("نفط")
    with pytest.raises(SearchBackendError, match="cannot be read"):
        backend.search("NOT AND نفط")
