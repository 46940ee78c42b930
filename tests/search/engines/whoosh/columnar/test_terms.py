"""The terms of a field: found, and found by how they begin."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.engines.whoosh.columnar import terms as module
from articles.search.engines.whoosh.columnar.terms import NO_TERMS, FieldTerms, after_all, as_lines

some_terms = st.sets(st.binary(max_size=4) | st.text("ابت𐤀\n", max_size=3).map(str.encode), max_size=40)


def of(terms: set[bytes]) -> FieldTerms:
    ordered = sorted(terms)
    text, starts = as_lines(ordered)
    return FieldTerms(text, np.append(starts, len(text)), np.arange(len(ordered) + 1) * 2)


@given(held=some_terms, wanted=st.binary(max_size=4), sampled=st.sampled_from([1, 3, 256]))
def test_terms_are_found_where_they_stand(held: set[bytes], wanted: bytes, sampled: int) -> None:
    ordered = sorted(held)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SAMPLED", sampled)
        found = of(held)
        assert list(found) == ordered
        assert [found.find(term) for term in ordered] == list(range(len(ordered)))
        assert found.find(wanted) == (ordered.index(wanted) if wanted in held else None)
        assert found.first_from(wanted) == sum(term < wanted for term in ordered)
        run = found.beginning_with(wanted)
        assert [found[number] for number in run] == [term for term in ordered if term.startswith(wanted)]
        assert found.part(run.start, run.stop) == ordered[run.start : run.stop]


@given(st.binary(max_size=3), st.binary(max_size=3))
def test_what_comes_after_a_prefix_begins_otherwise(prefix: bytes, rest: bytes) -> None:
    after = after_all(prefix)
    assert not after or prefix + rest < after
    assert not after.startswith(prefix) or not prefix


def test_a_run_of_words_is_read_as_lines() -> None:
    words = of({word.encode() for word in ("نفط", "نفطي", "غاز")})
    run = words.beginning_with("نفط".encode())
    assert words.lines(run).split() == ["نفط", "نفطي"]
    assert list(words.written(run)) == [("نفط", 2), ("نفطي", 2)]


def test_a_field_without_terms_holds_none() -> None:
    assert (len(NO_TERMS), NO_TERMS.find(b"a"), list(NO_TERMS.beginning_with(b""))) == (0, None, [])
    assert NO_TERMS.lines(range(0)) == ""
