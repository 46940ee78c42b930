"""The query strings that SearchQuerySet's filters become, and how they are read."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from haystack.inputs import AutoQuery, Exact
from haystack.query import SQ, SearchQuerySet
from whoosh.query import Phrase, Prefix, Term, Wildcard

from articles.search.engines.whoosh.backend import ArchiveBackend
from articles.search.engines.whoosh.query_strings import cleaned, parsed
from articles.search_indexes import ArticleIndex
from tests.search.engines.notes import NoteIndex

Backend = Callable[..., ArchiveBackend]


@pytest.mark.parametrize(
    ("query", "written"),
    [
        (SQ(content="نفط"), "(نفط)"),
        (SQ(content="سعر نفط"), "(سعر AND نفط)"),
        (SQ(content="نفط AND (قمح)"), "(نفط AND and AND '(قمح)')"),
        (SQ(content__exact="سعر النفط"), '("سعر النفط")'),
        (SQ(content=Exact("سعر النفط")), '("سعر النفط")'),
        (SQ(content=AutoQuery('-قمح "سعر النفط"')), '(NOT قمح "سعر النفط")'),
        (SQ(heading="سعر. نفط"), "heading:('سعر.' AND نفط)"),
        (SQ(heading__startswith="سعر. نف"), "heading:(سعر* AND نف*)"),
        (SQ(heading__endswith="فط"), "heading:(*فط)"),
        (SQ(heading__contains="فط"), "heading:(*فط*)"),
        (SQ(heading__fuzzy="برميل"), "heading:(برميل~2/3)"),
        (SQ(section_exact="القدس, (العربي)"), 'section_exact:("القدس, (العربي)")'),
        (SQ(section_exact__in=["القدس العربي", "الحياة"]), 'section_exact:("القدس العربي" OR "الحياة")'),
        (SQ(section_exact__startswith="القدس, ("), "section_exact:(القدس,??*)"),
        (SQ(section_exact__gte="القدس العربي"), "section_exact:(['القدس العربي' to])"),
        (SQ(section_exact__lt="Boston"), "section_exact:({to 'Boston'})"),
        (SQ(pages__range=(3, 5)), "pages:([3 to 5])"),
        (SQ(pages__in=(3, 5)), "pages:(3 OR 5)"),
        (SQ(pages__in=()), "(NOT *:*)"),
        (SQ(pages__gt=3), "pages:({3 to})"),
        (SQ(rating__lte=2.5), "rating:([to 2.5])"),
        (SQ(is_open=True), "is_open:(true)"),
        (SQ(is_open__in=[True, False]), "is_open:(true OR false)"),
        (SQ(written_on=date(2015, 7, 21)), "written_on:(20150721000000)"),
        (SQ(written_on__gte=date(2015, 7, 21)), "written_on:([20150721000000 to])"),
        (SQ(written_at__in=[datetime(2015, 7, 21, 9, 5)]), "written_at:(20150721090500)"),
        (~SQ(content="نفط"), "NOT ((نفط))"),
    ],
)
def test_filters_are_written_so(backend_of: Backend, query: SQ, written: str) -> None:
    backend_of(NoteIndex())
    assert SearchQuerySet().filter(query).query.build_query() == written


def test_a_moment_is_written_in_utc(backend_of: Backend) -> None:
    backend_of(NoteIndex())
    baghdad = datetime(2015, 7, 21, 1, 30, tzinfo=timezone(timedelta(hours=3)))
    written = SearchQuerySet().filter(written_at=baghdad).query.build_query()
    assert written == SearchQuerySet().filter(written_at=baghdad.astimezone(UTC)).query.build_query()
    assert written == "written_at:(20150720223000)"


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("النفط", "النفط"),
        ("«النفط»،", "«النفط»،"),
        ("ماذا؟", "ماذا؟"),
        ("“النفط”", "“النفط”"),
        ("don't", "don't"),
        ("AND", "and"),
        ("and", "and"),
        ("bAND", "bAND"),
        ("قال:", "'قال:'"),
        ("2.5", "'2.5'"),
        ("نف*", "'نف*'"),
        ("don't.", "'don’t.'"),
    ],
)
def test_a_word_goes_between_quotes_only_where_it_would_mean_more(word: str, written: str) -> None:
    assert cleaned(word) == written


def test_what_is_no_text_is_not_cleaned() -> None:
    assert SearchQuerySet().query.clean(7) == 7


@pytest.mark.parametrize(
    ("query_string", "leaf"),
    [
        ("مقاتلون", Term("text", "مقاتل")),
        ('"المقاتلون الأجانب"', Phrase("exact", ["المقاتلون", "الاجانب"])),
        ('title:"المقاتلون الأجانب"', Phrase("title_exact", ["المقاتلون", "الاجانب"])),
        ('author:"منى, كريم"', Phrase("author", ["منى, كريم"])),
        ("المقات*", Prefix("exact", "المقات")),
        ("title:أ?بار", Wildcard("title_exact", "ا?بار")),
        ("author_name:من*", Prefix("author_name", "من")),
        ("'قال:'", Term("text", "قال")),
        ('"سطر\nآخر"', Phrase("exact", ["سطر", "اخر"])),
        ("ماذا؟", Term("text", "ماذا")),
        ("unheard:نفط", None),
    ],
)
def test_query_strings_are_read_so(backend_of: Backend, query_string: str, leaf: Any) -> None:
    backend = backend_of(ArticleIndex())
    tree = parsed(backend.parser, query_string)
    read = [found for found in tree.leaves()]
    if leaf is None:
        assert {found.fieldname for found in read} == {"text"}
    else:
        assert read == [leaf]
