"""The numbers are those of the published articles now, whatever the index has seen of them."""

import pytest

from articles.models.article import Article, Status
from articles.search import holdings as module
from articles.search.holdings import Stocktaking
from articles.search.request import FacetName
from tests.conftest import Archive

SOURCE, AUTHOR, COLLECTION = FacetName.SOURCE, FacetName.AUTHOR, FacetName.COLLECTION


@pytest.fixture
def stocked(archive: Archive) -> Archive:
    archive.add("أ", source="الأفق", author="ليلى", published_on="2015-07-21", collections=["ملف"])
    archive.add("ب", source="الأفق", author="سامر", published_on="2015-07", collections=["ملف", "ملف آخر"])
    archive.add("ج", source="الساحل", author="ليلى", published_on="2016")
    archive.add("د", source="الساحل", author="ليلى", status="draft")
    archive.index()
    return archive


def test_the_index_counts_what_it_has_seen(stocked: Archive) -> None:
    held = Stocktaking().holdings(facets=(SOURCE, AUTHOR), over_time=COLLECTION)
    assert held is not None
    assert held.total == 3
    assert held.facets == {SOURCE: {"الأفق": 2, "الساحل": 1}, AUTHOR: {"ليلى": 2, "سامر": 1}}
    assert held.timelines == {"ملف": {"2015-07": 2}, "ملف-آخر": {"2015-07": 1}}


def test_what_has_changed_since_counts_as_it_is_now(stocked: Archive) -> None:
    archive = stocked
    archive.add("ه", source="الساحل", author="ليلى", published_on="2015-07-22", collections=["ملف"])
    Article.objects.filter(title="أ").change(author="هدى", published_on=None, published_precision="unknown")
    Article.objects.filter(title="ب").change(status=Status.WITHDRAWN)
    Article.objects.filter(title="د").change(status=Status.PUBLISHED)
    Article.objects.get(title="ج").delete()
    held = Stocktaking().holdings(facets=(SOURCE, AUTHOR, COLLECTION), over_time=SOURCE)
    assert held is not None
    assert held.total == 3
    assert held.timeline == {"": 2, "2015-07": 1}
    assert held.facets == {
        SOURCE: {"الساحل": 2, "الأفق": 1},
        AUTHOR: {"ليلى": 2, "هدى": 1},
        COLLECTION: {"ملف": 2},
    }
    assert held.timelines == {"الأفق": {"": 1}, "الساحل": {"": 1, "2015-07": 1}}
    archive.index()
    assert Stocktaking().holdings(facets=(SOURCE, AUTHOR, COLLECTION), over_time=SOURCE) == held


def test_a_filter_holds_for_what_the_index_has_not_seen(stocked: Archive) -> None:
    stocked.add("ه", source="الساحل", author="ليلى", collections=["ملف"])
    held = Stocktaking().holdings({AUTHOR: ("ليلى", "هدى"), COLLECTION: ("ملف",)})
    assert held is not None
    assert (held.total, held.timeline) == (2, {"": 1, "2015-07": 1})


def test_pages_of_keys_neither_repeat_nor_omit(stocked: Archive) -> None:
    added = [stocked.add(f"خبر {number}", author="ليلى") for number in range(3)]
    stock = Stocktaking()
    held = stock.holdings({AUTHOR: ("ليلى",)})
    assert held is not None
    keys = stock.keys({AUTHOR: ("ليلى",)}, held.total)
    pages = [key for start in range(0, len(keys), 2) for key in keys[start : start + 2]]
    assert len(keys) == 5
    assert pages[:3] == [article.pk for article in reversed(added)]
    assert set(pages) == set(Article.objects.visible().filter(author="ليلى").values_list("pk", flat=True))
    assert keys[4] == pages[4]


def test_a_small_archive_is_counted_without_an_index(archive: Archive) -> None:
    archive.add("أ", source="الأفق", published_on="2015")
    held = Stocktaking().holdings(facets=(SOURCE,))
    assert held is not None
    assert (held.total, held.facets, held.timeline) == (1, {SOURCE: {"الأفق": 1}}, {"2015": 1})


def test_a_large_archive_is_not_counted_without_an_index(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_READ", 1)
    archive.add("أ")
    archive.add("ب")
    assert Stocktaking().holdings() is None
