import pytest
from django.contrib.auth.models import User

from articles.curation import publish, withdraw
from articles.models.article import Article
from articles.search.engines.connection import engine
from articles.search.engines.whoosh import vocabulary, word_lists
from articles.search.engines.whoosh.word_lists import LISTS
from articles.search.indexing import hidden_keys, rebuild
from articles.search.known_words import KnownWords
from articles.search.syntax import FieldName
from articles.search.word_list import Counted
from tests.conftest import Archive


def ask(question):  # type: ignore[no-untyped-def]
    """What a question to the words of the index answers."""
    return engine().words(question, hidden=hidden_keys(), seconds=5)


def completions(prefix: str, field: FieldName | None = None) -> list[tuple[str, int]]:
    def asked(known: KnownWords) -> list[tuple[str, int]]:
        return [
            (known.written(each.word), each.count) for each in known.completions(prefix, field=field, limit=5)
        ]

    found: list[tuple[str, int]] = ask(asked)
    return found


def test_a_word_is_completed_as_it_is_written_most_often(archive: Archive) -> None:
    for body in ("الأميركي الأميركي", "الأميركي", "الاميركي"):
        archive.add(body=body)
    archive.index()
    assert completions("الاميرك") == [("الأميركي", 3)]


def test_the_word_of_most_articles_comes_first_and_behind_its_article_too(archive: Archive) -> None:
    for body in ("العراق", "العراق", "العراق", "عراقي", "العربية"):
        archive.add(body=body)
    archive.index()
    assert completions("عرا") == [("العراق", 3), ("عراقي", 1)]
    assert completions("العر") == [("العراق", 3), ("العربية", 1)]


def test_common_words_are_no_completions(archive: Archive) -> None:
    archive.add(body="الذي التي العراق")
    archive.index()
    assert completions("ال") == [("العراق", 1)]


def test_words_are_completed_in_the_field_they_are_looked_for_in(archive: Archive) -> None:
    archive.add("نفط الخليج", "نار", source="ناشر الأخبار", author="نورا الحداد")
    archive.index()
    assert completions("ن", FieldName.TITLE) == [("نفط", 1)]
    assert completions("نا", FieldName.SOURCE) == [("ناشر", 1)]
    assert completions("نو", FieldName.AUTHOR) == [("نورا", 1)]


def test_only_articles_that_readers_may_see_are_counted(archive: Archive) -> None:
    for status in ("published", "published", "draft", "withdrawn"):
        archive.add(body="زعفران", status=status)
    archive.index()
    assert completions("زعف") == [("زعفران", 2)]


def test_a_word_comes_and_goes_with_its_article(archive: Archive, admin_user: User) -> None:
    article = archive.add(body="زعفران", status="draft")
    archive.index()
    assert completions("زعف") == []
    publish(article, by=admin_user)
    archive.index()
    assert completions("زعف") == [("زعفران", 1)]
    withdraw(article, by=admin_user)
    assert completions("زعف") == [], "withdrawn, and the index has not heard of it yet"
    archive.index()
    assert completions("زعف") == []
    Article.objects.all().delete()
    archive.index()
    assert completions("زعف") == []


def test_a_spelling_that_only_drafts_have_is_not_told(archive: Archive) -> None:
    archive.add(body="القران")
    for _number in range(3):
        archive.add(body="القرآن", status="draft")
    archive.index()
    assert completions("القر") == [("القران", 1)]


def test_of_a_frequent_word_the_share_of_visible_articles_is_told(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocabulary, "EXACTLY_COUNTED", 2)
    for number in range(9):
        archive.add(body="نفط", status="draft" if number % 3 == 0 else "published")
    archive.index()
    assert completions("نف") == [("نفط", 6)]


def test_new_segments_are_known_without_a_new_list_of_all_words(archive: Archive) -> None:
    for number in range(30):
        archive.add(body=f"كلمة{number} نفط")
    archive.index()
    assert completions("نف") == [("نفط", 30)]
    before = set(LISTS.held)
    archive.add(body="نفط نفطويه")
    archive.index()
    assert completions("نف") == [("نفط", 31), ("نفطويه", 1)]
    assert before <= set(LISTS.held), "the list of the 30 articles is still in use"


def test_a_rebuilt_index_forgets_words_that_are_gone(archive: Archive) -> None:
    article = archive.add(body="نفط")
    archive.index()
    assert completions("نف") == [("نفط", 1)]
    article.body = "نفس"
    article.save()
    rebuild()
    assert completions("نف") == [("نفس", 1)]


def test_the_words_a_process_keeps_are_bounded(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_lists, "MOST_LISTED_WORDS", 3)
    archive.add("عنوان الخبر", "كلمات كثيرة في الخبر", author="نورا")
    archive.index()
    assert completions("كل") == [("كلمات", 1)]
    assert completions("نو", FieldName.AUTHOR) == [("نورا", 1)]
    assert len(LISTS.held) == 1


def test_titles_are_found_by_the_beginning_of_any_word_the_newest_first(archive: Archive) -> None:
    old = archive.add("سقوط الموصل", published_on="2014-06-10")
    new = archive.add("معركة الموصل تبدأ", published_on="2016-10-17")
    archive.add("الموصل", status="draft")
    archive.add("خبر آخر", "الموصل")
    archive.index()
    assert ask(lambda known: known.titled([], "المو", limit=5)) == [new.pk, old.pk]
    assert ask(lambda known: known.titled(["معركه"], "المو", limit=5)) == [new.pk]
    assert ask(lambda known: known.titled(["الموصل"], "", limit=1)) == [new.pk]
    assert ask(lambda known: known.titled(["زرافه"], "", limit=5)) == []


def test_sources_and_authors_are_found_by_any_word_of_their_names(archive: Archive) -> None:
    source = archive.add("خبر", source="صحيفة الأفق", author="نورا الحداد").source
    archive.add("خبر", source="صحيفة الأفق", author="سامي الحداد")
    archive.add("خبر", source="مجلة السر", author="الحداد المخفي", status="draft")
    archive.index()
    assert source is not None
    assert ask(lambda known: known.named(FieldName.SOURCE, [], "الاف", limit=5)) == [Counted(source.slug, 2)]
    assert ask(lambda known: known.named(FieldName.SOURCE, ["صحيفه"], "", limit=5)) == [
        Counted(source.slug, 2)
    ]
    assert ask(lambda known: known.named(FieldName.SOURCE, [], "السر", limit=5)) == []
    assert ask(lambda known: known.named(FieldName.AUTHOR, [], "الح", limit=5)) == [
        Counted("سامي الحداد", 1),
        Counted("نورا الحداد", 1),
    ]


def test_when_time_is_up_no_more_is_told(archive: Archive) -> None:
    archive.add(body="العراق")
    archive.index()
    assert (
        engine().words(lambda known: known.completions("ال", limit=5), hidden=frozenset(), seconds=-1) == []
    )


@pytest.mark.parametrize("prefix", ["", "ا", "\ud800", "زز", "x" * 300, "\x1f", "%"])
def test_any_prefix_may_be_completed(prefix: str, archive: Archive) -> None:
    archive.add(body="العراق")
    archive.index()
    assert len(completions(prefix)) <= 2
