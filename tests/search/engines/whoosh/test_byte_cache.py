"""The bounded cache of what was used last."""

import numpy as np

from articles.search.engines.whoosh.byte_cache import ByteCache, room


def array(size: int) -> np.ndarray:
    return np.zeros(size, dtype=np.uint8)


def test_what_was_used_longest_ago_is_let_go() -> None:
    cache: ByteCache[str, np.ndarray] = ByteCache(40, 100)
    for name in "abcd":
        cache.put(name, array(10))
    assert cache.get("a") is not None
    cache.put("e", array(10))
    assert list(cache.held) == ["c", "d", "a", "e"]
    assert cache.nbytes == 40


def test_many_small_values_are_bounded_by_their_number() -> None:
    cache: ByteCache[int, np.ndarray] = ByteCache(40, 3)
    for number in range(10):
        cache.put(number, array(0))
    assert list(cache.held) == [7, 8, 9]


def test_a_value_larger_than_the_cache_is_not_kept() -> None:
    cache: ByteCache[str, np.ndarray] = ByteCache(40, 3)
    cache.put("a", array(30))
    cache.put("b", array(41))
    assert (list(cache.held), cache.nbytes) == (["a"], 30)


def test_a_value_put_again_is_counted_once() -> None:
    cache: ByteCache[str, np.ndarray] = ByteCache(40, 3)
    for size in (10, 20, 30):
        cache.put("a", array(size))
    assert cache.nbytes == 30


def test_there_is_more_room_from_half_a_million_documents_on_up_to_four_times() -> None:
    assert [room(64, documents) for documents in (0, 100_000, 500_000)] == [64, 64, 64]
    assert [room(64, documents) for documents in (1_000_000, 2_000_000, 10_000_000)] == [128, 256, 256]
