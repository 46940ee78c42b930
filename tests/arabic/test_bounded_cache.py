from articles.arabic.bounded_cache import LONGEST_KEPT_KEY, BoundedCache


def test_a_value_is_worked_out_once():
    asked = []
    lengths = BoundedCache(lambda key: asked.append(key) or len(key), limit=10)
    assert [lengths["abc"], lengths["abc"]] == [3, 3]
    assert asked == ["abc"]


def test_it_never_holds_more_than_its_limit():
    lengths = BoundedCache(len, limit=3)
    for number in range(100):
        assert lengths[str(number)] == len(str(number))
        assert len(lengths) <= 3


def test_a_long_key_is_answered_but_not_kept():
    lengths = BoundedCache(len, limit=3)
    assert lengths["x" * (LONGEST_KEPT_KEY + 1)] == LONGEST_KEPT_KEY + 1
    assert not lengths
