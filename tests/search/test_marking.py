"""What is marked in an article: of a text that the index holds the index tells the forms."""

import pytest

from articles.models.article import Article
from articles.search import indexing
from articles.search.engines.connection import engine
from articles.search.marking import Matchers
from articles.search.syntax import Level, Word
from tests.conftest import Archive

pytestmark = pytest.mark.django_db


def test_words_that_the_index_has_not_seen_yet_are_marked(archive: Archive) -> None:
    archive.add("خبر", body="قرأ الكتاب")
    indexing.index_stale()
    changed = Article.objects.get()
    changed.body = "قرأ كتابين وكتابها"
    changed.touch()
    changed.save()
    matchers = Matchers(Word("كتاب", Level.STEM))
    found = matchers.of(Article.objects.get()).article(changed.title, changed.body).body
    assert [changed.body[match.start : match.end] for match in found] == ["كتابين", "وكتابها"]
    indexing.index_stale()
    assert {spelling.literal for spelling in engine().spellings(["كتاب"])} == {"كتابين", "وكتابها"}
    matchers = Matchers(Word("كتاب", Level.STEM))
    assert matchers.of(Article.objects.get()).article(changed.title, changed.body).body == found


def test_without_an_index_what_matches_is_worked_out(archive: Archive) -> None:
    held = archive.add("الكتاب", stale_since=None)
    found = Matchers(Word("كتاب", Level.STEM)).of(held).article(held.title, held.body)
    assert len(found.title) == 1
