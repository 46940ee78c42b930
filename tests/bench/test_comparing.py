"""The comparison of engines: queries that occur, a report that tells what was left out."""

from collections import Counter

import pytest

from articles.arabic.analysis import STEM, terms
from articles.arabic.tokenization import words
from tests.bench import compared
from tests.bench.comparing import others
from tests.bench.engines import plain_whoosh, sqlite_fts5
from tests.bench.engines.analysed import A_CLASS, classes
from tests.bench.engines.asking import Row, measured, spread
from tests.bench.resampling import of_nothing

TEXTS = [sample.body for _number, sample in zip(range(40), of_nothing(), strict=False)]
ANALYSED = [terms(text, STEM) for text in TEXTS]


@pytest.fixture
def queries(db: None) -> dict[str, list[dict]]:
    counts = Counter(stem for text in ANALYSED for stem in set(text))
    pairs = [list(zip(words(text), stems, strict=True)) for text, stems in zip(TEXTS, ANALYSED, strict=True)]
    return classes(pairs, counts, len(TEXTS))


def rows():
    return (Row(number, "a", 20150101, ["خبر"], text) for number, text in enumerate(ANALYSED, start=1))


def test_the_same_queries_are_drawn_every_time_and_phrases_occur(queries) -> None:
    assert {len(each) for each in queries.values()} == {A_CLASS}
    joined = [" ".join(text) for text in ANALYSED]
    assert all(any(" ".join(query["stems"]) in text for text in joined) for query in queries["phrase of 2"])


def test_two_engines_count_the_same_hits(queries, tmp_path) -> None:
    found = []
    for name, engine in (("whoosh", plain_whoosh), ("fts5", sqlite_fts5)):
        (tmp_path / name).mkdir()
        assert engine.build(rows(), tmp_path / name) == len(ANALYSED)
        index = engine.open_index(tmp_path / name)
        told = {
            kind: measured(engine.ask, index, asked) for kind, asked in queries.items() if kind != "wildcard"
        }
        found.append({kind: answers["totals"] for kind, answers in told.items()})
    assert found[0] == found[1]


def test_a_skipped_engine_is_named_with_the_reason() -> None:
    lines = compared.markdown_of_engines({"tantivy": {"skipped": "not installed"}})
    assert "tantivy: skipped, not installed." in lines


def test_medians_and_percentiles_are_those_of_all_times() -> None:
    assert spread([3.0, 1.0, 2.0]) == {"median": 2.0, "p95": 2.0}


def test_slow_engines_are_measured_once() -> None:
    sizes, chosen = [31_000, 100_000, 300_000], ["archive", "plain_whoosh", "xapian_engine"]
    told = [others(size, sizes, chosen) for size in sizes]
    assert told == [["xapian_engine"], ["plain_whoosh", "xapian_engine"], ["xapian_engine"]]
