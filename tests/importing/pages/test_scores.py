"""The promise of the bench: titles and dates exact on 95 pages of a hundred, texts at 0.95 and better."""

from tests.bench.extraction import Found, Score, ours, score, trafilatura_alone
from tests.importing.pages.samples import newsrooms

PAGES = list(newsrooms())


def test_titles_dates_and_texts_are_as_good_as_promised():
    scored = score("ours", ours, PAGES)
    assert scored.right["title"] >= 0.95 * len(PAGES)
    assert scored.right["published"] >= 0.95 * len(PAGES)
    assert sum(scored.texts) / len(PAGES) >= 0.95


def test_trafilatura_is_measured_on_the_same_pages():
    scored = score("trafilatura", trafilatura_alone, PAGES[:3])
    assert len(scored.texts) == 3
    assert scored.name in scored.line()


def test_a_page_of_which_nothing_came_counts_as_wrong():
    scored = Score("nothing", seconds=1)
    scored.add(PAGES[0], Found())
    assert scored.right == {"title": 0, "author": 0, "published": 0}
    assert scored.texts == [0.0]
