"""The fourteen traps of Haystack's stock Whoosh backend, each with the sentence that falls into it.

docs/haystack.md tells of each in the same order.
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from haystack.exceptions import SearchBackendError
from haystack.query import SearchQuerySet
from whoosh.reading import SegmentReader

from articles.models.article import Article
from articles.search import indexing
from articles.search.engines.contract import EngineProblem, IndexBusy
from articles.search.engines.whoosh.backend import ArchiveBackend
from articles.search.engines.whoosh.generations import IndexFolder
from tests.search.engines.notes import NoteIndex, note

Backend = Callable[..., ArchiveBackend]


def found(query: SearchQuerySet) -> list[int]:
    return [int(result.pk) for result in query]


# 1. Pages


def test_1_the_last_short_page_begins_where_the_one_before_ends(backend_of: Backend) -> None:
    backend_of(NoteIndex()).update(NoteIndex(), [note(key) for key in range(1, 14)])
    assert [int(result.pk) for result in SearchQuerySet()[10:13]] == [11, 12, 13]


def test_1_pages_of_every_size_hold_every_row_once(backend_of: Backend) -> None:
    backend_of(NoteIndex()).update(NoteIndex(), [note(key) for key in range(1, 14)])
    for size in range(1, 15):
        pages = [SearchQuerySet()[start : start + size] for start in range(0, 13, size)]
        assert [int(result.pk) for page in pages for result in page] == list(range(1, 14))


# 2. Words


@pytest.mark.parametrize("asked", ["بصدقك", "كتب", "كَتَبَ", "بصدّقك"])
def test_2_a_word_is_not_split_at_its_vowel_marks(backend_of: Backend, asked: str) -> None:
    backend_of(NoteIndex()).update(NoteIndex(), [note(1, "بصدّقك كَتَبَ"), note(2, "ب ص د ق ك ت")])
    assert found(SearchQuerySet().filter(content=asked)) == [1]


# 3. Highlighting


def test_3_highlighting_marks_whole_words_of_the_original(backend_of: Backend) -> None:
    backend_of(NoteIndex()).update(NoteIndex(), [note(1, "قال المُقاتِلون: text OR")])
    [result] = SearchQuerySet().filter(content="مقاتلون").filter(content__startswith="قا").highlight()
    assert result.highlighted == {"text": ["<em>قال</em> <em>المُقاتِلون</em>: text OR"]}


def test_3_the_words_of_the_query_language_are_not_marked(backend_of: Backend) -> None:
    backend_of(NoteIndex()).update(NoteIndex(), [note(1, "text not and or 1 نفط", heading="نفط")])
    [result] = SearchQuerySet().filter(text="نفط", heading="نفط").exclude(text="قمح").highlight()
    assert result.highlighted["text"] == ["text not and or 1 <em>نفط</em>"]


# 4. Queries of one letter


def test_4_one_letter_is_a_query(backend_of: Backend) -> None:
    backend_of(NoteIndex()).update(NoteIndex(), [note(1, "الحرف و وحده"), note(2, "غيره")])
    assert found(SearchQuerySet().auto_query("و")) == [1]
    assert found(SearchQuerySet().auto_query("w")) == []


# 5. Stored values


@pytest.mark.parametrize("text", ["2017", "[1, 2]", "true", "null", "1e5", "2009-05-09T16:14:00", '{"a": 1}'])
def test_5_a_stored_string_stays_a_string(backend_of: Backend, text: str) -> None:
    backend_of(NoteIndex()).update(NoteIndex(), [note(1, heading=text, year=text)])
    [result] = SearchQuerySet()
    assert (result.heading, result.year) == (text, text)


# 6. Several values


def test_6_values_with_commas_stay_whole(backend_of: Backend) -> None:
    tags = ["القدس, العربي", "الشرق الأوسط، لندن", "a,b"]
    backend_of(NoteIndex()).update(NoteIndex(), [note(1, tags=tags), note(2, tags=[])])
    assert [result.tags for result in SearchQuerySet()] == [tags, []]
    assert found(SearchQuerySet().filter(tags="القدس, العربي")) == [1]
    assert SearchQuerySet().facet("tags").facet_counts()["fields"]["tags"] == [
        (tag, 1) for tag in sorted(tags)
    ]


# 7. Narrowing to models


def test_7_a_search_opens_no_file_again(backend_of: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    backend_of(NoteIndex()).update(NoteIndex(), [note(1)])
    assert found(SearchQuerySet()) == [1]

    def refuse(*args: object, **options: object) -> None:
        pytest.fail("a segment was opened again")

    monkeypatch.setattr(SegmentReader, "__init__", refuse)
    assert found(SearchQuerySet().models(NoteIndex().get_model()).filter(content="نص")) == [1]


def test_7_documents_of_models_that_are_not_asked_for_are_not_counted(backend_of: Backend) -> None:
    backend_of(NoteIndex()).update(NoteIndex(), [note(1)])
    with pytest.warns(UserWarning, match="not registered"):
        assert SearchQuerySet().models(Article).count() == 0


# 8. Order


def test_8_fields_may_be_sorted_in_opposite_directions(backend_of: Backend) -> None:
    rows = [note(1, pages=5, section="ب"), note(2, pages=7, section="ا"), note(3, pages=7, section="ب")]
    backend_of(NoteIndex()).update(NoteIndex(), rows)
    assert found(SearchQuerySet().order_by("-pages", "section_exact")) == [2, 3, 1]
    assert found(SearchQuerySet().order_by("section_exact", "-pages")) == [2, 3, 1]
    assert found(SearchQuerySet().order_by("pages", "-section_exact")) == [1, 3, 2]


# 9. Cleaning


@pytest.mark.parametrize(
    "typed",
    [
        "«نفط»", "نفط،", "نفط؟", "نفط؛", "“نفط”", "نفط.", "نفط:", "(نفط)", "نفط!", "[نفط", "نفط…", "'نفط'", "نفط~",
        "نفط^2", "text:نفط", "AND نفط", "نفط OR", "نفط*؟", "-", "نفط ، .", "\\نفط", "نفط\"", "؟نفط", "NOT",
    ],
)  # fmt: skip
def test_9_whatever_is_typed_is_harmless(backend_of: Backend, typed: str) -> None:
    text = "سعر نفط and or not text 2"
    backend_of(NoteIndex()).update(NoteIndex(), [note(1, text)])
    wanted = [1] if any(letter.isalpha() for letter in typed) else []
    assert found(SearchQuerySet().filter(content=typed)) == wanted


@pytest.mark.parametrize("word", ["النفط", "«النفط»،", "مُحَمَّد", "٢٠١٧", "Reuters", "don't", "ماذا؟"])
def test_9_an_ordinary_word_is_not_put_in_quotes(word: str) -> None:
    assert SearchQuerySet().filter(content=word).query.build_query() == f"({word})"


# 10. Facets


def test_10_a_query_facet_counts_what_its_query_finds(backend_of: Backend) -> None:
    backend_of(NoteIndex()).update(NoteIndex(), [note(1, pages=5), note(2, pages=50), note(3, pages=60)])
    query = SearchQuerySet().query_facet("pages", "[10 TO 99]").query_facet("text", "نص")
    assert query.facet_counts()["queries"] == {"pages:[10 TO 99]": 2, "text:نص": 3}


def test_10_a_date_facet_counts_by_period(backend_of: Backend) -> None:
    days = [date(2015, 1, 31), date(2015, 2, 28), date(2015, 3, 31), date(2016, 1, 1)]
    backend_of(NoteIndex()).update(
        NoteIndex(), [note(key, written_on=day) for key, day in enumerate(days, 1)]
    )
    query = SearchQuerySet().date_facet("written_on", date(2015, 1, 31), date(2015, 4, 1), "month")
    assert query.facet_counts()["dates"]["written_on"] == [
        ((datetime(2015, 1, 31), datetime(2015, 2, 28)), 1),
        ((datetime(2015, 2, 28), datetime(2015, 3, 31)), 1),
        ((datetime(2015, 3, 31), datetime(2015, 4, 30)), 1),
        (None, 1),
    ]


# 11. Writing


def test_11_an_update_takes_a_generator_and_is_on_disk_when_it_returns(backend_of: Backend) -> None:
    backend = backend_of(NoteIndex())
    backend.update(NoteIndex(), (note(key) for key in range(1, 4)))
    assert ArchiveBackend("default", PATH=str(backend.folder.path)).document_count() == 3


def test_11_nothing_to_update_leaves_no_lock_behind(backend_of: Backend) -> None:
    backend = backend_of(NoteIndex())
    backend.update(NoteIndex(), [])
    with backend.folder.writing(0):  # raises IndexBusy where the lock is held
        assert backend.folder.current() is None


def test_11_an_update_that_cannot_be_written_says_so(
    backend_of: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = backend_of(NoteIndex())
    backend.silently_fail = False
    monkeypatch.setattr("articles.search.engines.whoosh.backend.SECONDS_TO_WAIT", 0)
    with IndexFolder(backend.folder.path).writing(0):
        for write in (
            lambda: backend.update(NoteIndex(), [note(1)]),
            lambda: backend.remove("articles.collection.1"),
            lambda: backend.clear([NoteIndex().get_model()]),
        ):
            with pytest.raises(IndexBusy):
                write()


# 12. Spelling


def spelling(backend: ArchiveBackend, typed: str) -> str | None:
    return backend.search(typed)["spelling_suggestion"]


def test_12_a_spelling_is_looked_for_only_when_asked_for_and_where_little_is_found(
    backend_of: Backend,
) -> None:
    backend = backend_of(NoteIndex())
    backend.update(NoteIndex(), [note(key, "سعر البرميل") for key in range(1, 9)])
    assert spelling(backend, "البرمبل") is None
    backend.include_spelling = True
    assert spelling(backend, "البرمبل") == "برميل"
    assert spelling(backend, "سعر") is None


def test_12_words_without_a_better_spelling_stay_in_the_suggestion(backend_of: Backend) -> None:
    backend = backend_of(NoteIndex())
    backend.include_spelling = True
    backend.update(NoteIndex(), [note(1, "oil price")])
    assert spelling(backend, "oil prise zzzzzz") == "oil price zzzzzz"


# 13. Markup


def test_13_a_marked_text_is_escaped(backend_of: Backend) -> None:
    backend_of(NoteIndex()).update(NoteIndex(), [note(1, "<script>نفط</script> & <b>")])
    [result] = SearchQuerySet().filter(content="النفط").highlight()
    assert result.highlighted["text"] == ["&lt;script&gt;<em>نفط</em>&lt;/script&gt; &amp; &lt;b&gt;"]


def test_13_no_page_uses_haystacks_own_highlighter() -> None:
    templates = list(Path(settings.BASE_DIR, "templates").rglob("*.html"))
    assert templates
    assert [path for path in templates if "{% load highlight" in path.read_text("utf-8")] == []


# 14. Rebuilding


@pytest.mark.django_db
def test_14_the_old_index_answers_until_the_new_one_is_whole(
    archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "BATCH", 1)
    for _time in range(3):
        archive.add()
    archive.index()
    seen: list[int] = []
    indexing.rebuild(progress=lambda _count: seen.append(SearchQuerySet().count()))
    assert seen == [3, 3, 3]
    assert SearchQuerySet().count() == 3


@pytest.mark.django_db
def test_14_a_rebuild_that_fails_leaves_the_old_index(archive) -> None:
    archive.add()
    archive.index()

    def fail(_count: int) -> None:
        raise EngineProblem("the disk is full")

    with pytest.raises(EngineProblem):
        indexing.rebuild(progress=fail)
    assert SearchQuerySet().count() == 1


# What cannot be done is refused, never left out of an answer.


@pytest.mark.parametrize("option", ["within", "dwithin", "distance_point", "stats"])
def test_what_the_engine_cannot_do_is_refused(backend_of: Backend, option: str) -> None:
    with pytest.raises(SearchBackendError, match=option):
        backend_of(NoteIndex()).search("*", **{option: {"field": "place"}})
