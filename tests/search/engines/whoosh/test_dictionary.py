import pytest

from articles.search.engines import schema
from articles.search.engines.connection import engine
from articles.search.engines.whoosh import dictionary
from articles.search.engines.whoosh.dictionary import word_list
from articles.search.engines.whoosh.snapshot import Snapshot, live_index
from tests.conftest import Archive


@pytest.fixture
def snapshot(archive: Archive) -> Snapshot:
    """Two segments that share words."""
    for body in ("نفط غاز", "نفط العراق Mosul", "a" * 100):
        archive.add(body=body)
    archive.index()
    archive.add(body="نفط بصرة")
    archive.index()
    return live_index(engine().folder).snapshot()  # type: ignore[attr-defined]


def listed(snapshot: Snapshot, name: str = schema.EXACT) -> dict[str, int]:
    found = word_list(arrays.words(name) for arrays in snapshot.segments.values())
    assert found.words == sorted(found.words)
    return dict(zip(found.words, found.counts.tolist(), strict=True))


def test_the_words_of_all_segments_are_counted_together(snapshot: Snapshot) -> None:
    assert listed(snapshot) == {"نفط": 3, "غاز": 1, "العراق": 1, "mosul": 1, "بصره": 1, "خبر": 4}


def test_counts_are_those_of_whooshs_own_dictionary(snapshot: Snapshot) -> None:
    for word, count in listed(snapshot).items():
        assert snapshot.reader.doc_frequency(schema.EXACT, word) == count


def test_the_most_frequent_words_are_kept_where_there_are_too_many(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dictionary, "MOST_WORDS", 2)
    assert listed(snapshot) == {"خبر": 4, "نفط": 3}


def test_no_segments_have_no_words() -> None:
    assert word_list([]).words == []


@pytest.mark.parametrize("prefix", ["", "ن", "نفط", "mos", "زز", "\U0010ffff"])
@pytest.mark.parametrize(
    "name", [schema.EXACT, schema.TITLE_EXACT, schema.STATUS, schema.FORMS, schema.AUTHOR_NAME]
)
def test_a_prefix_is_a_run_of_the_terms_that_whoosh_finds(snapshot: Snapshot, name: str, prefix: str) -> None:
    for (leaf, _offset), (arrays, _first) in zip(snapshot.readers, snapshot.parts(), strict=True):
        words = arrays.words(name)
        found = list(words.written(words.beginning_with(prefix.encode())))
        assert found == [
            (term.decode(), leaf.doc_frequency(name, term)) for term in leaf.expand_prefix(name, prefix)
        ]
