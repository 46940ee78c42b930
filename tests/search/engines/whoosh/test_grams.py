"""Records: what rescoring reads of an article, whole after every commit and merge."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from articles.arabic.analysis import STEM, SURFACE
from articles.arabic.grams import gram_codes
from articles.search.engines.schema import PART_BREAK
from articles.search.engines.whoosh.columnar.policy import FEW
from articles.search.engines.whoosh.grams import (
    CODE_SHIFT,
    GRAMS,
    MOST_IN_BODY,
    STEMS,
    TITLE,
    Commonness,
    RecordReader,
    Records,
    frequencies,
    record,
    stem_code,
)
from tests.search.engines.shelf import Shelf, article

several_words = st.lists(st.sampled_from(["نفط", "النفط", "بغداد", "في", "2017", "مَدْرَسة"]), max_size=6).map(
    " ".join
)


def counted(text: str) -> dict[int, int]:
    """How often each gram occurs in a text, by its code."""
    codes = [code for word in text.split() for code in gram_codes(SURFACE(word))]
    return {code: codes.count(code) for code in codes}


def read(shelf: Shelf, *keys: int) -> Records:
    """The records of the articles with these keys."""
    snapshot = shelf.snapshot
    documents = [document for key in keys for document in snapshot.documents_with_keys([key])]
    return RecordReader(snapshot).records(np.array(documents, dtype=np.int64))


def stems_of(records: Records, place: int) -> list[int]:
    return records.stems[records.stem_bounds[place] : records.stem_bounds[place + 1]].tolist()


@given(title=several_words, body=several_words)
def test_a_record_counts_every_gram_of_title_and_body(title: str, body: str) -> None:
    held = record(title + PART_BREAK + body)
    grams = held[GRAMS]
    codes = (grams >> CODE_SHIFT).tolist()
    in_title, in_body = (counts.tolist() for counts in frequencies(grams))
    assert codes == sorted({*counted(title), *counted(body)})
    assert {code: n for code, n in zip(codes, in_title, strict=True) if n} == counted(title)
    assert {code: n for code, n in zip(codes, in_body, strict=True) if n} == counted(body)
    assert held[TITLE].tolist() == [len(title.split())]


def test_a_record_holds_the_stems_in_the_order_of_the_words() -> None:
    held = record("أسعار النفط" + PART_BREAK + "ارتفعت الأسعار")
    words = ["أسعار", "النفط", "ارتفعت", "الأسعار"]
    assert held[STEMS].tolist() == [stem_code(STEM(word)) for word in words]


def test_a_gram_that_is_everywhere_is_counted_as_far_as_the_counter_goes() -> None:
    held = record(PART_BREAK + "نفط " * 1000)
    _in_title, in_body = frequencies(held[GRAMS])
    assert in_body.tolist() == [MOST_IN_BODY, MOST_IN_BODY]


def test_records_come_in_the_order_asked_for_from_any_commit(shelf: Shelf) -> None:
    shelf.put(article(1, "نفط"), article(2, "قمح"))
    shelf.put(article(3, "بغداد"))
    records = read(shelf, 3, 1, 2)
    assert [stems_of(records, place) for place in range(3)] == [
        [stem_code(STEM(word))] for word in ("بغداد", "نفط", "قمح")
    ]


def test_records_outlive_the_merging_of_small_commits(shelf: Shelf) -> None:
    words = [letter + "دس" for letter in "بتثجحخرزسشصضطظعغقكلمنه"[: FEW + 3]]
    for key, word in enumerate(words, start=1):
        shelf.put(article(key, "خبر", word))
    assert len(shelf.snapshot.readers) <= FEW
    records = read(shelf, *range(1, FEW + 4))
    assert [stems_of(records, place)[-1] for place in range(FEW + 3)] == [
        stem_code(STEM(word)) for word in words
    ]


def test_an_article_without_words_has_an_empty_record(shelf: Shelf) -> None:
    shelf.put(article(1, "", ""), article(2, "نفط"))
    records = read(shelf, 1, 2)
    assert records.gram_bounds.tolist() == [0, 0, 2]
    assert records.title_words.tolist() == [0, 1]


def test_no_documents_have_no_records(shelf: Shelf) -> None:
    shelf.put(article(1, "نفط"))
    assert len(read(shelf).title_words) == 0


def test_a_rarer_gram_tells_more(shelf: Shelf) -> None:
    shelf.put(article(1, "نفط"), article(2, "نفط"), article(3, "قمح"))
    commonness = RecordReader(shelf.snapshot).commonness()
    common, rare = commonness.idf(np.array([gram_codes("نفط")[0], gram_codes("قمح")[0]]))
    assert 0 < common < rare


def test_commonness_is_taken_from_a_sample_of_the_archive(shelf: Shelf, monkeypatch) -> None:
    monkeypatch.setattr("articles.search.engines.whoosh.grams.SAMPLED", 2)
    shelf.put(*(article(key, "نفط") for key in range(1, 8)))
    assert RecordReader(shelf.snapshot).commonness().documents == 2


def test_an_empty_sample_divides_nothing_by_nothing() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    empty = Records(
        nothing.astype(np.uint32),
        np.zeros(1, np.int64),
        nothing.astype(np.uint16),
        np.zeros(1, np.int64),
        nothing,
    )
    commonness = Commonness(empty.grams, np.diff(empty.gram_bounds))
    assert (commonness.in_title, commonness.in_body) == (1.0, 1.0)
    assert np.isfinite(commonness.idf(np.array([1]))).all()
