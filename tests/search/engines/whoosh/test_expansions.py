"""Which words of the index a pattern or a fuzzy word stands for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.search.engines.contract import QueryTooCostly
from articles.search.engines.deadline import Deadline
from articles.search.engines.schema import EXACT, TITLE_EXACT
from articles.search.engines.whoosh import expansions
from articles.search.engines.whoosh.expansions import near_lines, occurrences, words_like, words_near
from articles.search.patterns import is_near, pattern_regex
from tests.search.engines.shelf import Shelf, article, temporary_shelf

NEVER = Deadline(float("inf"))
letters = st.sampled_from("ابتكلن")
words = st.text(letters, min_size=1, max_size=7)


@given(st.lists(words, max_size=30), words, st.integers(1, 2))
def test_all_lines_at_once_are_as_near_as_each_alone(lines: list[str], text: str, edits: int) -> None:
    written = "".join(line + "\n" for line in lines)
    expected = [number for number, line in enumerate(lines) if is_near_but_for_its_first(text, line, edits)]
    assert near_lines(written, text, edits).tolist() == expected


def is_near_but_for_its_first(text: str, word: str, edits: int) -> bool:
    return is_near("ا" + text, "ا" + word, edits)


@given(
    st.binary(max_size=40).map(lambda held: bytes(byte % 3 for byte in held)), st.integers(1, 7), st.data()
)
def test_bytes_are_found_wherever_they_stand(text: bytes, length: int, data: st.DataObject) -> None:
    part = bytes(data.draw(st.lists(st.integers(0, 2), min_size=length, max_size=length)))
    expected = [place for place in range(len(text)) if text.startswith(part, place)]
    assert occurrences(np.frombuffer(text, dtype=np.uint8), part).tolist() == expected


@settings(deadline=None, max_examples=30)
@given(
    st.lists(words, min_size=1, max_size=20),
    st.lists(st.text(st.sampled_from("ابتكلن*?"), min_size=1, max_size=5), min_size=1, max_size=10),
)
def test_a_pattern_stands_for_the_words_that_match_it(held: list[str], patterns: list[str]) -> None:
    with temporary_shelf() as shelf:
        shelf.put(article(1, title="", body=" ".join(held[::2])))
        shelf.put(article(2, title="", body=" ".join(held[1::2])))
        known = set(held)
        for pattern in patterns:
            found = words_like(shelf.snapshot, EXACT, pattern, NEVER)
            assert set(found.words) == {word for word in known if pattern_regex(pattern).fullmatch(word)}
            assert not found.is_cut


def test_the_words_of_titles_are_another_list(shelf: Shelf) -> None:
    shelf.put(article(1, title="كتاب", body="كتب"))
    assert words_like(shelf.snapshot, TITLE_EXACT, "كت*", NEVER).words == ("كتاب",)


def test_of_too_many_words_the_most_frequent_are_taken(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expansions, "MAX_EXPANSIONS", 2)
    shelf.put(article(1, body="كتاب كتب كتابه"), article(2, body="كتب"))
    shelf.put(article(3, body="كتابه"), article(4, body="كتابه كتاتيب"))
    found = words_like(shelf.snapshot, EXACT, "كت*", NEVER)
    assert (found.words, found.is_cut) == (("كتابه", "كتب"), True)


def test_of_too_many_words_to_look_at_it_is_told(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.put(article(1, title="", body="كتاب كتب كتابه حساب"))
    for limit, is_cut in ((3, True), (4, False)):
        monkeypatch.setattr(expansions, "MAX_SCANNED", limit)
        assert words_like(shelf.snapshot, EXACT, "*", NEVER).is_cut is is_cut
    monkeypatch.setattr(expansions, "MAX_SCANNED", 2)
    assert words_like(shelf.snapshot, EXACT, "*تا*", NEVER).is_cut is False
    assert words_like(shelf.snapshot, EXACT, "*ب*", NEVER).is_cut is True


def test_a_fuzzy_word_stands_for_itself_and_what_is_near(shelf: Shelf) -> None:
    shelf.put(article(1, body="العراق العارق الغراق عراق العراقي"), article(2, body="العارق"))
    found = words_near(shelf.snapshot, EXACT, "العراق", 1, NEVER)
    assert found.words == ("العراق", "العارق", "العراقي", "الغراق")


def test_a_fuzzy_word_that_nobody_wrote_still_finds_its_neighbours(shelf: Shelf) -> None:
    shelf.put(article(1, body="الصحافة"))
    assert words_near(shelf.snapshot, EXACT, "الصخافه", 1, NEVER).words == ("الصخافه", "الصحافه")
    assert words_near(shelf.snapshot, EXACT, "غائب", 2, NEVER).words == ("غائب",)


def test_of_too_many_neighbours_the_most_frequent_are_taken(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expansions, "MAX_NEAR", 2)
    shelf.put(article(1, body="كتاب كتاب كتب كتابه"), article(2, body="كتابه"))
    found = words_near(shelf.snapshot, EXACT, "كتاب", 1, NEVER)
    assert (found.words, found.is_cut) == (("كتاب", "كتابه"), True)


def test_looking_through_words_ends_with_the_time(shelf: Shelf) -> None:
    shelf.put(article(1, body="كتاب"))
    with pytest.raises(QueryTooCostly):
        words_like(shelf.snapshot, EXACT, "*تا*", Deadline(0))
    with pytest.raises(QueryTooCostly):
        words_near(shelf.snapshot, EXACT, "كتاب", 1, Deadline(0))
