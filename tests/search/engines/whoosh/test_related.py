"""Related articles share words that tell: several of them, rare ones, and only published articles."""

import pytest

from articles.search.engines.schema import TEXT
from articles.search.engines.whoosh import related as module
from articles.search.engines.whoosh.related import telling_terms
from tests.search.engines.shelf import Shelf, article

STORY = "حاجز الخازر جنود الموصل تفتيش نازحون"


@pytest.fixture(autouse=True)
def filler(shelf: Shelf) -> None:
    """Enough other articles that a word of three of them is rare."""
    shelf.put(
        *(article(key, body=f"سوق المدينة {chr(0x627 + key)}{chr(0x628 + key)}") for key in range(1, 40))
    )


def related(shelf: Shelf, text: str, exclude: int = 0, story: int = 0, count: int = 5) -> tuple[int, ...]:
    found = shelf.backend.related(text, hidden={exclude}, story=story, count=count)
    return tuple(relative.key for relative in found)


def test_articles_that_share_most_come_first(shelf: Shelf) -> None:
    shelf.put(article(100, body=STORY), article(101, body="حاجز الخازر جنود في مكان بعيد"))
    shelf.put(article(102, body=STORY + " اليوم"), article(103, body="حاجز في الطريق"))
    assert related(shelf, STORY, exclude=100) == (102, 101)


def test_an_article_is_not_related_to_itself(shelf: Shelf) -> None:
    shelf.put(article(101, body=STORY), article(102, body=STORY))
    assert related(shelf, STORY, exclude=101) == (102,)


def test_drafts_are_never_related(shelf: Shelf) -> None:
    shelf.put(article(101, body=STORY, status="draft"), article(102, body=STORY))
    assert related(shelf, STORY) == (102,)


def test_a_story_is_told_once_and_the_copies_of_the_article_itself_not_at_all(shelf: Shelf) -> None:
    shelf.put(
        article(101, body=STORY, story=7), article(102, body=STORY, story=8), article(103, body=STORY, story=8),
        article(104, body=STORY),
    )  # fmt: skip
    assert related(shelf, STORY, exclude=100, story=7) == (104, 103)
    assert related(shelf, STORY) == (104, 103, 101)


def test_no_more_are_given_than_asked_for(shelf: Shelf) -> None:
    shelf.put(*(article(key, body=STORY) for key in (101, 102, 103)))
    assert related(shelf, STORY, count=2) == (103, 102)  # equals: the later one first


def test_the_shared_words_are_told_as_the_text_writes_them(shelf: Shelf) -> None:
    shelf.put(article(101, body="جندي عند حاجز الخازر يبحث عن نازح"), article(102, body=STORY))
    (found,) = shelf.backend.related(STORY, hidden={102}, story=0, count=5)
    assert set(found.words) == {"حاجز", "الخازر", "جنود", "نازحون"}


@pytest.mark.parametrize("text", ["", "في من على", "سوق المدينة", "كلمة لا يعرفها أحد"])
def test_a_text_that_tells_nothing_has_no_relatives(shelf: Shelf, text: str) -> None:
    assert related(shelf, text) == ()


def test_telling_words_are_frequent_in_the_text_and_rare_in_the_archive(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put(article(101, body="نفط قمح"), article(102, body="نفط قمح"), article(103, body="قمح"))
    assert telling_terms(shelf.snapshot, "نفط نفط قمح سوق", TEXT) == ["نفط", "قمح"]
    monkeypatch.setattr(module, "TELLING_WORDS", 1)
    assert telling_terms(shelf.snapshot, "نفط نفط قمح سوق", TEXT) == ["نفط"]
