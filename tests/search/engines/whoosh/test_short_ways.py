"""A short way and a long way to the same answer agree: few documents or many, listed or tabled, asked once or again."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.arabic.analysis import LITERAL, STEM
from articles.search.engines.contract import Form, Found, Question
from articles.search.engines.deadline import Deadline
from articles.search.engines.whoosh import (
    collapsing,
    evaluation,
    few_hits,
    finding,
    matches,
    ordering,
    postings,
    ranking,
)
from articles.search.engines.whoosh.columnar.contents import INDEX_NAME
from articles.search.engines.whoosh.postings import Postings, Scored
from articles.search.engines.whoosh.snapshot import SETTLED, _latest_commit
from articles.search.engines.whoosh.word_forms import stems_of_common_forms
from articles.search.request import Copies, FacetName, Sort
from articles.search.syntax import Everything, Level, Word
from tests.search.engines.shelf import Shelf, article, temporary_shelf
from tests.search.engines.whoosh import archives

SHORT: dict[Any, dict[str, int]] = {
    postings: {"TABLE_WORTH": 0},
    matches: {"LOOKUP_COST": 0, "QUICK": 1000},
    evaluation: {"FEW": 1000, "SPREAD": 1000, "SOON_SCORED": 1000},
    few_hits: {"FEW": 1000},
    ordering: {"FEW": 1000},
    collapsing: {"FEW": 1000},
}
LONG: dict[Any, dict[str, int]] = {
    postings: {"TABLE_WORTH": 1000},
    matches: {"LOOKUP_COST": 1000, "QUICK": 0},
    evaluation: {"FEW": 0, "SPREAD": 0, "SOON_SCORED": 0},
    few_hits: {"FEW": -1},
    ordering: {"FEW": 0},
    collapsing: {"FEW": 0},
}

documents = st.sets(st.integers(0, 79)).map(sorted)


@contextmanager
def going(way: dict[Any, dict[str, int]]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module, numbers in way.items():
            for name, number in numbers.items():
                patch.setattr(module, name, number)
        yield


def answer(found: Found) -> tuple[Any, ...]:
    counts = {facet: dict(held.values) for facet, held in found.facets.items()}
    others = {hit: keys for hit, keys in found.others.items() if keys}
    behind = found.next and (found.next.published, found.next.key)
    return found.keys, found.total, found.repeated, behind, counts, others, dict(found.timeline)


@settings(deadline=None, max_examples=80)
@given(
    commits=archives.commits,
    tree=archives.trees,
    sort=st.sampled_from([Sort.NEWEST, Sort.OLDEST, Sort.RELEVANCE]),
    copies=st.sampled_from(Copies),
    data=st.data(),
)
def test_every_way_finds_the_same(
    commits: list[Any], tree: Any, sort: Sort, copies: Copies, data: Any
) -> None:
    asked: dict[str, Any] = {
        "sort": sort, "copies": copies, "count": data.draw(st.integers(1, 12)),
        "facets": tuple(FacetName), "timeline": True,
    }  # fmt: skip
    with temporary_shelf() as shelf:
        for commit in commits:
            shelf.put(*archives.articles_of(commit))
        if not any(commits):
            return
        told = []
        for way in (SHORT, LONG):
            for cache in (shelf.snapshot.kept, shelf.snapshot.postings):
                cache.held.clear()
            with going(way):
                told += [shelf.find(tree, **asked), shelf.find(tree, **asked)]
        for found in told[1:]:
            assert answer(found) == answer(told[0])
            assert found.scores == pytest.approx(told[0].scores, rel=1e-5)


@given(documents, documents, st.sampled_from([Postings, Scored]), st.sampled_from([1, 300, 70_000]))
def test_a_list_and_its_table_tell_the_same(
    listed: list[int], asked: list[int], kind: type[Postings], most: int
) -> None:
    frequencies = np.linspace(1, most, len(listed)).astype(np.float32)
    if kind is Postings:
        frequencies = np.floor(frequencies)
    told = dict(zip(listed, frequencies.tolist(), strict=True))
    wanted = np.array(asked, dtype=np.int64)
    for way in (SHORT, LONG):
        with going(way):
            held = kind(np.array(listed, dtype=np.int64), frequencies)
            before = held.nbytes
            assert held.of(wanted).tolist() == [told.get(document, 0) for document in asked]
            assert held.holds(wanted).tolist() == [document in told for document in asked]
            assert held.nbytes == before, "what a cache counted stays true"


def test_what_a_table_takes_is_counted_before_it_is_made() -> None:
    held = Scored(np.arange(1000), np.ones(1000, dtype=np.float32))
    counted = held.nbytes
    table = held.table(1000)
    assert table is not None
    assert counted >= held.documents.nbytes + held.frequencies.nbytes + table.nbytes


# The newest state


def test_a_commit_is_seen_however_long_ago_the_one_before_was(shelf: Shelf) -> None:
    shelf.put(article(1))
    settled = time.time_ns() - 2 * SETTLED
    os.utime(shelf.generation, ns=(settled, settled))
    before = shelf.snapshot
    assert shelf.snapshot is before
    shelf.put(article(2))
    assert shelf.keys(Everything()) == {1, 2}


def test_a_switch_to_an_older_folder_is_seen(shelf: Shelf) -> None:
    shelf.put(article(1))
    settled = time.time_ns() - 2 * SETTLED
    os.utime(shelf.generation, ns=(settled, settled))
    assert shelf.keys(Everything()) == {1}
    shelf.backend.delete_index()
    os.utime(shelf.generation, ns=(settled, settled))
    assert shelf.keys(Everything()) == set()


def test_the_newest_commit_is_told_while_a_writer_replaces_it(tmp_path: Path) -> None:
    stopped = threading.Event()

    def commit() -> None:
        for number in count(1):
            (tmp_path / f"_{INDEX_NAME}_{number}.toc").touch()
            (tmp_path / f"_{INDEX_NAME}_{number - 1}.toc").unlink()
            if stopped.is_set():
                return

    (tmp_path / f"_{INDEX_NAME}_0.toc").touch()
    writer = threading.Thread(target=commit)
    writer.start()
    told = [_latest_commit(tmp_path) for _look in range(1500)]
    stopped.set()
    writer.join()
    assert min(told) >= (0, 0), "a state without a number might be taken for another one"
    assert told == sorted(told)


# Hits that are kept


def test_hits_are_found_anew_when_others_are_hidden_or_filtered(shelf: Shelf) -> None:
    shelf.put(*(article(key, body="النفط", source=f"s{key % 2}") for key in range(1, 6)))
    part = Word("نفط", Level.STEM)
    assert shelf.find(part).total == 5
    assert shelf.keys(part, hidden={2}) == {1, 3, 4, 5}
    assert shelf.keys(part, filters={FacetName.SOURCE: ("s1",)}) == {1, 3, 5}
    assert shelf.keys(part, excluded={FacetName.SOURCE: ("s1",)}) == {2, 4}
    assert shelf.keys(part) == {1, 2, 3, 4, 5}


def test_pages_of_hits_that_were_kept_are_those_of_the_first_time(shelf: Shelf) -> None:
    shelf.put(*(article(key, body="النفط " * key) for key in range(1, 8)))
    part = Word("نفط", Level.STEM)
    whole = shelf.find(part, count=10).keys
    pages = [shelf.find(part, start=start, count=3) for start in (0, 3, 6, 9)]
    assert [page.keys for page in pages] == [whole[:3], whole[3:6], whole[6:], ()]
    assert [page.next and page.next.key for page in pages] == [whole[2], whole[5], None, None]
    assert {page.total for page in pages} == {7}


def test_scores_that_time_did_not_suffice_for_are_not_kept(shelf: Shelf) -> None:
    shelf.put(*(article(key, body="النفط") for key in range(1, 4)))
    question = Question(Word("نفط", Level.STEM))
    hurried = finding.find(shelf.snapshot, question, Deadline(ranking.SECONDS_NEEDED / 2, wait=60))
    assert few_hits.kept(shelf.snapshot, question) is None
    found = finding.find(shelf.snapshot, question, Deadline(60))
    assert few_hits.kept(shelf.snapshot, question) is not None
    assert all(one > other for one, other in zip(found.scores, hurried.scores, strict=True))


# Forms


def test_forms_are_counted_anew_when_other_articles_are_hidden(shelf: Shelf) -> None:
    shelf.put(article(1, body="النفط"), article(2, body="النفط"))
    part = Word("نفط", Level.STEM)
    told = [shelf.backend.forms(part, count=9, hidden=hidden) for hidden in (set(), {2}, {2}, set())]
    assert [form.count for [form] in told] == [2, 1, 1, 2]
    assert told[0] == [Form("النفط", "النفط", 2)]


@settings(deadline=None, max_examples=30)
@given(commits=archives.commits, count=st.integers(1, 20))
def test_the_index_has_the_stems_that_the_rules_make(commits: list[Any], count: int) -> None:
    with temporary_shelf() as shelf:
        for commit in commits:
            shelf.put(*archives.articles_of(commit))
        if not any(commits):
            return
        stems = stems_of_common_forms(shelf.snapshot, count)
        assert stems == {word: STEM.apply_rules(word) for word in stems}
        assert all(LITERAL(word) == word for word in stems)
